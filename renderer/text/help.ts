export const help = {
  title: '使用说明',
  errors: '错误说明',
  diagnostics: '诊断信息',
  contents: '目录',
  search: '查找',
  searchHint: '词句或拼音首字母',
  results: (count: number) => `找到 ${count} 处`,
  resultsMany: (shown: number) => `找到很多，列出最相近的 ${shown} 处`,
  noResults: (text: string) => `没有找到“${text}”`,
  noResultsNext: '换一个更短的词，或从左边的目录里找。',
  inErrors: '错误说明',
  note: '注意',
  seeAlso: '另见',
} as const;

export const errorWords = {
  intro:
    '程序的每一条提示都列在这里：是什么、为什么、怎么办。出现提示时点“原因和办法”，就会打开对应的一条。',
  cause: '原因',
  next: '怎么办',
  code: '代码',
  link: '原因和办法',
  linkOf: (text: string) => `${text}原因和办法`,
  mayHaveArrived: '中心可能已经收到，在程序查清之前不要重新录入。',
  groups: {
    program: '程序',
    data: '本机数据与备份',
    signIn: '登录',
    key: '网银盾',
    channel: '与中心的连接',
    order: '确认与受理',
    roster: '同步与查询',
    entry: '录入',
    file: '文件与导入',
    cell: '批量文件的内容',
  },
} as const;
