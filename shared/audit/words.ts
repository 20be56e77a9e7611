import type { AuditDetail } from '../ipc/audit.ts';
import { CENTRE_UTC_OFFSET_MS } from '../rules/dates.ts';
import { formatFen, toFen } from '../rules/money.ts';

/** What the clerk reads of 操作记录, in the window and in the table that is exported. */

/** Every event, by the name it is stored under. */
export const auditEventWords: Readonly<Record<string, string>> = {
  signIn: '登录',
  signInOffline: '离线登录',
  signInRefused: '登录未通过',
  sessionOpened: '与中心建立会话',
  signOut: '退出登录',
  sync: '同步职工信息',
  parameters: '取得中心参数',
  draftAdded: '录入',
  draftEdited: '修改录入',
  draftRemoved: '删除录入',
  draftRestored: '恢复删除的录入',
  draftsReviewed: '重新核对队列',
  counterAdded: '转待柜面',
  counterRemoved: '从待柜面划去',
  batchImported: '导入批量文件',
  batchEdited: '修改批量记录',
  batchRowsRemoved: '删除批量记录',
  batchRowsRestored: '恢复批量记录',
  batchRenamed: '批次改名',
  batchSent: '批量发送',
  batchReturned: '批量退回',
  orderConfirmed: '确认',
  orderKept: '确认，等待办理时间',
  orderTakenBack: '取消等待',
  orderGivenBack: '等待的业务退回队列',
  orderSigned: '网银盾签名',
  orderSent: '发送',
  orderRemade: '换新流水重新提交',
  orderReturned: '没有签名，退回队列',
  orderWaitsOn: '没有签名，继续等待',
  orderVoided: '作废流水',
  receipt: '收到回执',
  results: '收到办理结果',
  idRevealed: '显示证件号码',
  monthCompared: '单位网上对账',
  stopped: '停止发送',
  resumed: '恢复发送',
  backup: '备份',
  restored: '从备份恢复',
  output: '导出或打印',
};

const kindWords: Readonly<Record<string, string>> = {
  registration: '职工登记',
  reduction: '职工减少',
  missedBackPay: '漏缴补缴',
  shortfallBackPay: '少缴补缴',
};

const fundWords: Readonly<Record<string, string>> = {
  '10': '一般住房公积金',
  '11': '住房公积金补贴',
};

const stateWords: Readonly<Record<string, string>> = { applied: '已受理', rejected: '未受理' };
const modeWords: Readonly<Record<string, string>> = {
  full: '全部',
  delta: '变动部分',
  unchanged: '没有变动',
};
const verdictWords: Readonly<Record<string, string>> = {
  equal: '一致',
  explained: '一致，有需留意的变动',
  differs: '不一致',
};
const faultWords: Readonly<Record<string, string>> = {
  LEDGER_REGRESSED: '中心的回执编号早于本机',
  LEDGER_FORKED: '中心的回执与本机不一致',
};

const sourceWords: Readonly<Record<string, string>> = { demo: '演练中心', centre: '中心' };
const placeWords: Readonly<Record<string, string>> = {
  true: '存到其他位置',
  false: '存到本机的备份文件夹',
};

const listWords: Readonly<Record<string, string>> = {
  roster: '职工缴存明细查询',
  order: '业务明细',
};

/** Marks of 64 digits are told apart by their first ones; the whole stands in the export. */
const MARK_CHARACTERS = 16;
const mark = (value: string) => value.slice(0, MARK_CHARACTERS);
const said = (words: Readonly<Record<string, string>>) => (value: string) => words[value] ?? value;
const plain = (value: string) => value;
/** To the minute, in the centre's time. */
const minute = (value: string) =>
  new Date(Date.parse(value) + CENTRE_UTC_OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ');
const yuan = (value: string) => `${formatFen(toFen(Number(value)))} 元`;

/** Parts of a detail in the order in which they are told; what is not named here is told as stored. */
const parts: Readonly<Record<string, readonly [label: string, read: (value: string) => string]>> = {
  what: ['', plain],
  kind: ['', said(kindWords)],
  state: ['', said(stateWords)],
  mode: ['', said(modeWords)],
  fault: ['', said(faultWords)],
  verdict: ['', said(verdictWords)],
  rno: ['回执号 ', plain],
  attempt: ['第', (value) => `${value}次`],
  rows: ['记录数 ', plain],
  count: ['数目 ', plain],
  fen: ['金额 ', yuan],
  lost: ['不再符合 ', plain],
  regained: ['恢复符合 ', plain],
  said: ['中心指出 ', plain],
  version: ['版本 ', plain],
  parameterVersion: ['参数版本 ', plain],
  businessMonth: ['业务年月 ', plain],
  fundType: ['', said(fundWords)],
  source: ['来源 ', said(sourceWords)],
  elsewhere: ['', said(placeWords)],
  name: ['备份文件 ', plain],
  at: ['备份时间 ', minute],
  auditSeq: ['备份时操作记录到第', (value) => `${value}条`],
  orders: ['补回业务 ', (value) => `${value}批`],
  receipts: ['补回回执 ', (value) => `${value}张`],
  seq: ['第', (value) => `${value}行`],
  cursor: ['结果序号 ', plain],
  list: ['', said(listWords)],
  accounts: ['个人客户号 ', plain],
  items: ['序号 ', plain],
  code: ['代码 ', plain],
  sn: ['流水 ', plain],
  oid: ['业务编号 ', plain],
  id: ['记录编号 ', plain],
  certificate: ['证书 ', mark],
  token: ['网银盾 ', plain],
  digest: ['摘要 ', mark],
};

export function auditTitle(event: string): string {
  return auditEventWords[event] ?? event;
}

/** What the row says beyond its event, in one line. */
export function auditText(detail: AuditDetail): string {
  const known = Object.entries(parts).flatMap(([key, [label, read]]) => {
    const value = detail[key];
    return value === undefined || value === '' ? [] : [label + read(String(value))];
  });
  const other = Object.entries(detail).flatMap(([key, value]) =>
    key in parts ? [] : [`${key} ${String(value)}`],
  );
  return [...known, ...other].join('，');
}
