import type { MonthLine, MonthView } from '../../shared/ipc/month-close.ts';
import { kindWords } from './kinds.ts';

/** 单位网上对账. */
export const monthClose = {
  title: '单位网上对账',
  month: '业务年月',
  compare: '对账',
  comparing: '正在对账',
  sheet: '对账单',
  sheetFileOf: (month: number) => `对账单-${month}`,
  sheetAfter: '对账一致以后才有对账单',
  offline: '外联平台没有连接，只能查看上次对账。',
  asOf: (stamp: string, ago: string) => `中心数字截至 ${stamp}（${ago}）`,
  never: '这个月还没有对过账',
  neverNext: '启动外联平台后点“对账”，程序会先同步职工信息，再与中心签名的数字逐项核对。',
  ours: '本机',
  centre: '中心',
  difference: '差额',
  item: '项目',
  heads: '人数',
  money: '月缴存额（元）',
  rows: {
    last: '上月',
    registered: '＋ 职工登记',
    reduced: '－ 职工减少',
    counter: '＋ 中心柜面变动',
    now: '＝ 本月',
    missedBackPay: '漏缴补缴',
    shortfallBackPay: '少缴补缴',
  },
  payments: '本月补缴（笔，补缴金额）',
  members: '职工名单',
  membersEqual: '逐人相符',
  membersDiffer: '不相符',
  verdicts: {
    equal: '一致',
    explained: '一致',
    differs: '不一致',
  } satisfies Record<MonthView['verdict'], string>,
  equal: '人数、金额和每一位职工都与中心相符。',
  /** Of what agrees, what was not ordered here. */
  explainedBy: (elsewhere: number, counter: number): string =>
    `其中 ${[
      ...(elsewhere > 0 ? [`${elsewhere} 笔由本单位其他电脑办理`] : []),
      ...(counter > 0 ? [`${counter} 笔是中心柜面的变动`] : []),
    ].join('，')}`,
  explained: (elsewhere: number, counter: number): string =>
    `人数和金额与中心相符。${monthClose.explainedBy(elsewhere, counter)}，请核对下面的名单。`,
  /** `more`: places beyond those named. */
  differs: (cells: readonly string[], more: number) =>
    cells.length === 0
      ? '名单与中心不同。'
      : `${cells.join('；')}${more > 0 ? `；另有 ${more} 项数字不同` : ''}。`,
  differsNext: (count: number) =>
    count === 0
      ? '没有找到具体职工，请与中心联系。'
      : `名单中有 ${count} 处不同，请逐条核实；确属中心记录有误的，请与中心联系。`,
  cell: (fund: string, row: string, of: string, ours: string, centre: string) =>
    `${fund}${row}${of}：本机 ${ours}，中心 ${centre}`,
  membersCell: (fund: string) => `${fund}职工名单不同`,
  unevenCell: (fund: string, side: string) => `${fund}${side}的上月、增减与本月不相等`,
  headsOf: '人数',
  moneyOf: '金额',
  moved: '中心的上月数与上次对账时的本月数不同。',
  undecided: (count: number) => `另有 ${count} 笔中心尚未办结，没有计入。`,
  newer: (count: number) => `此后又有 ${count} 笔办结，请再对账一次。`,
  running: '这个月还没有结束，数字还会变动。',
  lines: '名单',
  exportTitle: '对账名单',
  verdict: '对账结果',
  linesKept: (shown: number, all: number) => `只列出前 ${shown} 处，共 ${all} 处`,
  standing: '情况',
  standings: {
    onlyCentre: '中心有，本机没有',
    onlyHere: '本机有，中心没有',
    differs: '两边不同',
    elsewhere: '其他电脑办理',
    counter: '中心柜面变动',
  } satisfies Record<MonthLine['standing'], string>,
  about: '业务',
  abouts: {
    ...kindWords,
    counter: '柜面变动',
    member: '本月名单',
    lastMember: '上月名单',
  } satisfies Record<MonthLine['about'], string>,
  name: '姓名',
  account: '个人客户号',
  fund: '资金性质',
  nothing: '无',
  look: '查看',
  lookOrder: (name: string) => `${name}的业务经过`,
  lookPerson: (name: string) => `${name}的缴存明细`,
  stopped: (money: string) => `转为停缴，原月缴存额 ${money}`,
  active: (money: string) => `转为正常，月缴存额 ${money}`,
  turned: (what: string, before: string, after: string) => `${what} ${before} → ${after}`,
  side: {
    businessMonth: '业务年月',
    base: '缴存基数',
    unitFen: '单位月缴存额',
    personalFen: '个人月缴存额',
    paidFen: '补缴金额',
    monthly: '月缴存额',
  },
  sheetTitle: '住房公积金单位对账单',
  figureAt: '中心数字截至',
  figureMark: '中心数字摘要',
  paperHeads: '人数（补缴为笔数）',
  paperMoney: '月缴存额（补缴为补缴金额，元）',
  content: '内容',
  sheetStatement: '经核对，本单位记录与中心签名的数字一致。',
  listedBehind: (shown: number, all: number) =>
    shown < all ? `，名单附后，列出前 ${shown} 笔。` : '，名单附后。',
  checker: '复核：',
} as const;
