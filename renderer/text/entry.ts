/** 录入: the form of the four entries. */
export const fieldWords = {
  name: '姓名',
  idNumber: '身份证号码',
  base: '月均工资（元）',
  ratio: '单位缴存比例（%）',
  subsidyRatio: '补贴比例（%）',
  backPayRatio: '缴存比例（%）',
  personalAccount: '个人客户号',
  reason: '减少原因',
  from: '起始年月',
  to: '截止年月',
  paidBase: '已缴月均工资（元）',
  dueBase: '应缴月均工资（元）',
  paidRatio: '已缴缴存比例（%）',
  dueRatio: '应缴缴存比例（%）',
} as const;

/** A field's name within a sentence: without its unit. */
export function shortLabel(label: string): string {
  return label.replace(/（.*）$/, '');
}

export const entry = {
  fundType: '资金性质',
  ratioRange: (min: number, max: number) => `${min} 至 ${max} 的整数`,
  monthHint: '例如 202608',
  accountHint: '12 位客户号，或姓名、拼音首字母、部分证件号码',
  reasonHint: '录入代码或名称，或用上下键选择',
  candidates: '可选项',
  searching: '正在查找',
  found: (total: number) => (total === 1 ? '回车选定' : `符合 ${total} 条，用上下键选择，回车选定`),
  narrow: (shown: number, total: number) => `只列出前 ${shown} 条，共 ${total} 条，继续录入可缩小`,
  noneFound: '本机没有符合的职工。核对后仍没有的，先同步职工信息。',
  /** The limits of one of several policy years; the parts are those of `BOUNDS_PARTS`. */
  boundsOf: '$1 $2 至 $3 元',
  base: '缴存基数',
  monthlyShort: '月缴存额',
  unpaid: (months: string) => `未缴年月 ${months}`,
  enter: '录入',
  clear: '清除',
  editing: (name: string) => `修改 ${name}`,
  save: '保存修改',
  abandon: '放弃修改',
  entered: (name: string) => `已录入 ${name}。`,
  saved: (name: string) => `已保存 ${name} 的修改。`,
  toCounter: '转待柜面',
  counterMoved: (name: string) => `${name} 已转待柜面。`,
  counter: '此记录须到柜面办理，可转入待柜面清单。',
  policyMissing: '还没有中心参数，联机登录后才能计算。',
  notEntered: '没有录入，请按各栏下的提示修改。',
  notSaved: '没有保存，请按各栏下的提示修改。',
  toMissedBackPay: '去漏缴补缴',
} as const;

export const amounts = {
  unitMonthly: '单位月缴存额',
  personalMonthly: '个人月缴存额',
  monthly: '月缴存额',
  difference: '每月差额',
  months: '月数',
  monthCount: (count: number, parts: number) =>
    parts > 1 ? `${count} 个月，跨 ${parts} 个缴存年度` : `${count} 个月`,
  total: '补缴金额',
  steps: (first: string, last: string) => `${first} → ${last}`,
  why: '为什么是这个数',
  whyTitle: '计算过程',
  whyEmpty: '录入完整后显示计算过程。',
  whyNoBounds: (months: string) =>
    `${months}的缴存基数标准不在中心下发的范围内，网上不能计算，这些年月须到柜面办理；其余年月可分开录入。`,
  whyNoPolicy: (months: string) => `没有${months}的缴存基数标准，不能计算，请先同步中心参数。`,
  whyWrong: (fields: string) => `${fields}有错误，改正后随即显示金额和计算过程。`,
  whyWrongAndEmpty: (fields: string) => `${fields}有错误，改正并录入完整后显示金额和计算过程。`,
  copy: '复制',
  copied: '已复制',
} as const;

/** Where a rule about bounds begins to name them; what stands before it are the months. */
export const BOUNDS = /^.*?(?=最低缴存基数)/;
/** Its months and both limits. */
export const BOUNDS_PARTS = /^(.*?)最低缴存基数(.+?)元，最高缴存基数(.+?)元$/;
