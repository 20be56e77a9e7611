/** Covered ID numbers of the queries. */
export const idNumberWords = {
  reveal: '显示',
  revealOf: (name: string) => `显示${name}的证件号码`,
  revealPage: '显示本页',
  cover: '遮盖',
  recorded: '显示证件号码会记入操作记录。',
} as const;
