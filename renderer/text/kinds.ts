/** The four entries as the manual names them (四(一)). */
export const kindWords = {
  registration: '职工登记',
  reduction: '职工减少',
  missedBackPay: '漏缴补缴',
  shortfallBackPay: '少缴补缴',
} as const;

/** A back-payment counts by entry: one person may have several. */
const counted = {
  registration: '人',
  reduction: '人',
  missedBackPay: '笔',
  shortfallBackPay: '笔',
} as const;

/** What the total of a kind is a total of. */
export const totalWords = {
  registration: '月缴存额',
  reduction: '月缴存额',
  missedBackPay: '补缴金额',
  shortfallBackPay: '补缴金额',
} as const;

/** `4 人`, `2 笔` */
export function countOf(kind: keyof typeof counted, count: number): string {
  return `${count} ${counted[kind]}`;
}

/** `4 人`; of back-payments `4 笔，3 人` (manual 八(一), 九(一): 总人数). */
export function headCountOf(kind: keyof typeof counted, count: number, people: number): string {
  return counted[kind] === '人' ? countOf(kind, count) : `${countOf(kind, count)}，${people} 人`;
}
