export const common = {
  product: '住房公积金单位网上业务',
  details: '详情',
  yes: '是',
  no: '否',
  close: '关闭',
  yuan: '元',
  understood: '知道了',
} as const;

export const fundTypeWords = { '10': '一般住房公积金', '11': '住房公积金补贴' } as const;
