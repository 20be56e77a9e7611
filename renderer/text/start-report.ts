/** What the program found and did by itself at its start, in one line. */
export const startReport = {
  title: '启动时清理',
  intro: '上次退出时没有办完的业务，程序已清理：',
  applied: (batches: number) => `已受理 ${batches} 批`,
  resent: (batches: number) => `其中重新发送 ${batches} 批`,
  rejected: (batches: number) => `${batches} 批中心未受理，记录已回待确认队列或原来的批次`,
  unsigned: (batches: number) => `${batches} 批没有签名、没有发出，记录已回待确认队列或原来的批次`,
  voided: (batches: number) => `${batches} 批没有生效，记录已回待确认队列或原来的批次`,
  unclear: (batches: number) => `${batches} 批尚未得到回执，正在查询`,
  unclearResent: (batches: number) => `${batches} 批已重新发送，尚未得到回执，正在查询`,
  offline: (batches: number) => `${batches} 批尚未得到回执，联机后自动查询`,
  waiting: (batches: number) => `${batches} 批等到办理时间自动发送`,
  drafts: (count: number) => `待确认队列 ${count} 条草稿都在`,
  read: '知道了',
  see: '查看经过',
} as const;
