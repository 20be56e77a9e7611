import { batchTitles } from '../../shared/batch/template-mark.ts';
import { countOf, totalWords } from './kinds.ts';
import type { kindWords } from './kinds.ts';
import { countText } from './numbers.ts';

type Kind = keyof typeof kindWords;

/** The four batch entries as the manual names them (四(一)). */
export const batchKindWords = batchTitles;

/** `1,200 人` */
export function manyOf(kind: Kind, count: number): string {
  return countOf(kind, count).replace(/^\d+/, countText(count));
}

const rows = (count: number) => `${countText(count)} 行`;

export const batch = {
  batches: '批次',
  sent: '已发送',
  sentCount: (count: number) => `已发送 ${count} 批`,
  tab: (name: string, count: number) => `${name} ${rows(count)}`,
  bad: (count: number) => `有问题 ${countText(count)}`,
  failedRows: (count: number) => `失败 ${countText(count)}`,
  fund: '资金性质',
  import: '从Excel导入',
  importAnother: '导入另一个文件',
  again: '重新导入',
  policyMissing: '还没有中心参数，联机登录后才能导入和核对。',

  start: '三步完成',
  steps: [
    { title: '下载模板', text: '保存到本机。也可以用工资软件导出的表格，表头名称相符即可。' },
    { title: '填写', text: '每行一条，按模板里的填表说明。保存后关闭文件。' },
    { title: '导入', text: '程序一次列出全部问题，可以在这里改，也可以在 Excel 里改。' },
  ],
  toTemplates: '去下载模板',
  formats: (most: number) => `可以导入 .xlsx、.xlsm、.xls 和 .csv，每批最多 ${rows(most)}。`,

  choosing: '请在打开的窗口里选择文件',
  choosingNext: '选定后开始读取和核对。',
  importing: '正在导入',
  phases: { reading: '读取', checking: '核对' },
  read: (count: number) => `已读取 ${rows(count)}`,
  checked: (count: number) => `已核对 ${rows(count)}`,
  elsewhere: (name: string) => `正在导入${name}`,
  goOn: '。可以先做别的，导入完成后在这里显示。',
  cancel: '取消',
  imported: (name: string, count: number) => `已导入 ${name}，${rows(count)}。`,
  replaced: (name: string) => `已用新文件替换“${name}”`,

  file: '文件',
  sheet: '工作表',
  importedAt: '导入时间',
  rename: '改名',
  renameLabel: '批次名称',
  save: '保存',
  marked: '导出标注错误的副本',
  markedBusy: '正在导出',
  markedSaved: (path: string) => `已保存到 ${path}。`,
  markedNext: {
    marked: '在副本里改好、保存并关闭后重新导入，“错误原因”一列会自动忽略。',
    report: '原文件无法直接标注，保存的是错误清单。请改正原文件后重新导入，不要导入清单。',
  },
  discard: '放弃整批',
  discarded: (name: string) => `已放弃“${name}”`,
  removed: (count: number) => `已删除 ${rows(count)}`,
  restored: (count: number) => `已恢复 ${rows(count)}`,
  undo: '撤销',
  retry: '重新保存',
  recheck: '重新核对',
  rechecking: '正在核对',
  recheckingNext: '核对完才能发送。',

  filters: '显示',
  show: {
    all: '全部',
    good: '可发送',
    issues: '有问题',
    notices: '有提示',
    differences: '核对不一致',
    removed: '已删除',
  },
  shown: (count: number) => `显示 ${rows(count)}`,
  counter: (count: number) => `其中待柜面 ${countText(count)}`,
  search: '查找',
  searchHint: '姓名、号码等任意内容',
  onlyCode: (text: string) => `只看：${text}`,
  clearCode: '看全部',
  remove: '删除行',
  restore: '恢复行',
  selectAll: '全选',
  selectRow: (row: number) => `选择第 ${row} 行`,
  selected: (count: number) => `已选 ${countText(count)}`,

  grid: '导入的内容',
  row: '行',
  state: '状态',
  stateWords: {
    good: '可发送',
    bad: '有问题',
    counter: '待柜面',
    notice: '有提示',
    differs: '不一致',
    checking: '核对中',
    ordered: '等待答复',
    settled: '已发送',
    removed: '已删除',
  },
  fundShort: { '10': '一般', '11': '补贴' },
  check: '核对结果',
  same: '一致',
  computed: '按规则计算',
  monthly: '月缴存额',
  edited: '已在这里修改',
  noMatchTitle: '没有符合的行',
  noMatchNext: '换一个显示条件，或清空查找。',
  allGone: '这一批没有未发送的行',
  allGoneNext: '删除的行在“已删除”里，可以恢复。',

  rowPlace: (row: number) => `第 ${row} 行`,
  emptyValue: '空',
  value: (text: string) => `“${text}”`,
  noteHint: '双击或直接输入修改单元格，回车到下一行，Tab 到下一列，Esc 放弃。',
  notePending: '正在核对',
  noteFine: '没有问题',
  noteLocked: '这一行已经提交，不能修改。',
  noteRemoved: '这一行已删除，恢复后才能修改。',
  inRoster: (name: string, idNumber: string) =>
    idNumber === '' ? `中心登记：${name}` : `中心登记：${name} ${idNumber}`,

  issues: '问题清单',
  issueCount: (count: number) => `${countText(count)} 条`,
  toGrid: '看表格',
  toIssues: (count: number) => `问题清单 ${countText(count)}`,
  severities: { error: '错误', counter: '待柜面', notice: '提示' },
  severityCount: (word: string, count: number) => `${word} ${countText(count)}`,
  allCodes: '全部问题',
  codeCount: (text: string, count: number) => `${text} ${countText(count)}`,
  codeLabel: '按问题筛选',
  noIssues: '没有问题',
  noIssuesNext: '核对人数和金额后，可以批量发送。',
  noIssuesShown: '没有此类问题',
  noIssuesShownNext: '上面勾选其他类别再看。',
  fileNotices: (count: number) => `关于文件的提示 ${count} 条`,
  fix: '怎么办',

  total: '可发送',
  sum: (kind: Kind) => `${totalWords[kind]}合计`,
  send: '批量发送',
  holdsBad: (bad: string) => `${bad}有问题，整批不能发送。`,
} as const;

/** 批量发送: questions, stages, and what came of it. */
export const sending = {
  title: (kind: Kind) => `${batchKindWords[kind]}发送`,
  issuesTitle: '还有未改好的行',
  issues: (bad: string) => `这一批有 ${bad}不能发送，按规定整批不发送。`,
  issuesNext: '改正或删除这些行以后，再整批发送。',
  good: (good: string, rest: string) => `只发送无误的 ${good}，其余 ${rest}保留`,
  goodNext: '保留的仍在这一批里，改好后可以再次发送。',
  noneGood: '没有可以发送的行。',
  toIssues: '去改正',
  differencesTitle: '核对结果不一致',
  differences: (count: string) => `${count}的姓名或证件号码与中心登记的不一致，请务必先核查清楚。`,
  differencesRule:
    '中心登记有误的，先到柜面办理信息修改。直接选“是”的，仍以中心登记的个人客户号所对应的信息为准。',
  differencesMore: (count: string) => `另有 ${count}，在“核对不一致”里看。`,
  differencesQuestion: '是否继续？',
  question: (counted: string, isAll: boolean) =>
    `确认发送这一批${isAll ? '的全部' : '中无误的'} ${counted}吗？发送后不能修改或删除。`,
  kept: (rest: string) => `其余 ${rest}保留在这一批里。`,
  name: '批次',
  succeeded: '批量发送成功',
  resultsIn: {
    registration: '由中心审核，一般第二个工作日前有结果。结果自动取回，显示在“已发送”里。',
    other: '中心正在处理，约十分钟后有结果。结果自动取回，显示在“已发送”里。',
  },
  mayClose: '现在关闭程序也不会丢失，下次登录后继续取回。',
  rejectedNext: '没有一条生效，这些行回到这一批里。按写明的原因改好后再发送。',
  voidedNext: '中心没有这批业务，这些行回到这一批里，可以再次发送。',
  absent: '这批业务没有发出，这些行仍在这一批里，核对后可以再次发送。',
  waitKeeps: '发送前可以随时取消等待，这些行回到这一批里。',
  seeSent: '看已发送',
} as const;

/** 已发送: orders made of batches and what became of each row. */
export const sentBatches = {
  list: '已发送的批次',
  empty: '还没有发送过',
  emptyNext: '批量发送以后，每批的处理情况显示在这里。',
  name: '批次',
  unknownName: '—',
  count: '共',
  sum: (kind: Kind) => totalWords[kind],
  processing: '处理中',
  sentAt: '发送时间',
  progress: {
    draft: '等到办理时间发送',
    signed: '等待发送',
    sent: '等待中心答复',
    processing: '中心处理中',
    done: '已处理完',
    rejected: '未受理',
    void: '没有生效',
  },
  items: '处理结果',
  listOf: (kind: string) => `${kind}已发送`,
  itemsOf: (name: string) => `“${name}”的处理结果`,
  itemsEmptyTitle: '这里显示一批的处理结果',
  itemsEmptyNext: '点上面一批的笔数或“全部”。',
  noneOf: '这一批没有此状态的记录',
  noneOfNext: '点“全部”看整批。',
  failedNote: (count: string) =>
    `${count}失败，没有生效。按原因核对后，把这些记录改好重新导入，或在单笔录入里办理。`,
  account: '个人客户号',
  months: '起止年月',
  reductionReason: '减少原因',
  choice: { all: '全部', failed: '失败', succeeded: '成功', pending: '处理中' },
  choiceCount: (word: string, count: number) => `${word} ${countText(count)}`,
  itemState: { pending: '处理中', processing: '处理中', succeeded: '成功', failed: '失败' },
} as const;

export const batchTodos = {
  open: '批量业务',
  openLine: (parts: string) => `未发送：${parts}`,
  openPart: (kind: Kind, batches: number, count: number) =>
    `${batchKindWords[kind]} ${batches} 批 ${manyOf(kind, count)}`,
  results: '批量结果',
  resultsLine: (parts: string) => `有新结果：${parts}`,
  resultsPart: (kind: Kind, succeeded: number, failed: number) =>
    `${batchKindWords[kind]} 成功 ${countText(succeeded)}${failed > 0 ? `、失败 ${countText(failed)}` : ''}`,
} as const;
