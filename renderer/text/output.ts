/** 导出 Excel: the button, what is in the head, how far it is, what came of it. */
export const output = {
  export: '导出 Excel',
  exporting: (title: string, done: string, of: string) => `正在导出${title}：${done} / ${of} 行`,
  choosing: (title: string) => `正在导出${title}`,
  cancel: '取消导出',
  cancelled: (title: string) => `已取消导出${title}，没有写出文件`,
  exported: (title: string, rows: string, path: string) => `${title}已导出 ${rows} 行：${path}`,
  close: '关闭',
  tooMany: (rows: string) => `多于 ${rows} 行，请缩小查询的范围后再导出。`,
  unit: (name: string, account: string) => `单位：${name}（${account}）`,
  conditions: (text: string) => `查询条件：${text}`,
  all: '全部',
  and: '，',
  condition: (label: string, value: string) => `${label} ${value}`,
  exportedAt: (when: string, rows: string) => `导出时间：${when}，共 ${rows} 行`,
  dataAsOf: (when: string) => `数据截至：${when}`,
  sum: (label: string, yuan: string) => `${label}合计：${yuan} 元`,
} as const;
