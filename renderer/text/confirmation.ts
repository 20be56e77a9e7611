import { kindWords, totalWords } from './kinds.ts';

type Kind = keyof typeof kindWords;

const effective = '已生效';
const corrected = '如需更正，只能再次申报调整。';

/** 确认: the question, the stages, and what came of it. */
export const confirmation = {
  title: (kind: Kind) => `${kindWords[kind]}确认`,
  question: (counted: string, isAll: boolean) =>
    `确认提交待确认队列${isAll ? '的全部' : '中符合条件的'} ${counted}吗？确认后不能修改或删除。`,
  atOnce: '确认后即时生效。',
  count: (kind: Kind) => (kind === 'registration' || kind === 'reduction' ? '人数' : '笔数'),
  sum: (kind: Kind) => `${totalWords[kind]}合计`,
  yuan: (text: string) => `${text} 元`,
  month: '业务年月',
  excluded: (count: string) => `不再符合条件的 ${count}不在其中。`,
  stages: { sign: '网银盾签名', send: '发送', wait: '等待中心答复' },
  signing: '正在签名，请不要拔出网银盾。',
  working: '已签名，正在与中心联系，请稍候。',
  waitTitle: '等到办理时间自动发送',
  waitQuestion: (when: string) => `这批记录等到 ${when} 自动签名并发送。`,
  waitNeeds:
    '届时须做到：程序开着并已登录，网银盾插着并已输口令，外联平台已启动。缺一项就一直等，并说明原因。',
  waitKeeps: '发送前可以随时取消等待，记录回到待确认队列。',
  storing: '正在保存',
  kept: '已留待自动发送',
  keptNext: (when: string) => `${when} 自动发送，结果在“今日”里看。现在还没有提交给中心。`,
  opening: '发送时间',
  applied: {
    registration: '中心已受理',
    reduction: effective,
    missedBackPay: effective,
    shortfallBackPay: effective,
  },
  appliedNext: {
    registration: '中心一般在第二个工作日前审核完毕，在“职工登记信息查询”里看结果。',
    reduction: `中心已办理，这些职工已停缴。同步职工信息后本机才会更新。${corrected}`,
    missedBackPay: `中心已办理，补缴已生效。${corrected}`,
    shortfallBackPay: `中心已办理，补缴已生效。${corrected}`,
  },
  accepted: (what: string) => `受理${what}`,
  acceptedSum: (kind: Kind) => `受理${totalWords[kind]}`,
  serialNumber: '业务流水号',
  receipt: '回执号',
  receiptMark: '回执摘要',
  differs: '受理的数目或金额与提交的不一致，请逐条核对。',
  rejected: '中心未受理',
  rejectedNext: '没有一条生效，记录仍在待确认队列。按写明的原因处理后再确认。',
  rejectedRows: '未受理的记录',
  waiting: '已发送，等待中心答复',
  waitingNext: '还不知道中心是否受理。程序会自动查询，请不要重新录入。',
  signed: '已签名，待发送',
  signedNext: '连上中心后程序会自动发送，请不要重新录入。',
  voided: '没有生效',
  voidedNext: '中心没有这批业务，记录仍在待确认队列，可以再次确认。',
  failed: '没有提交',
  unclear: '结果还不清楚',
  absent: '这批业务没有发出，记录仍在待确认队列，核对后可以再次确认。',
  reason: '原因',
  seeResults: '查看登记信息',
  sync: '去同步',
} as const;
