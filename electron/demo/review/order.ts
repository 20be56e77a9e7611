import type { WireCodeName } from '../../../shared/wire/codes.ts';
import type { ItemIssue, OrderBody } from '../../../shared/wire/orders.ts';
import type { AdmittedSigned } from '../centre/admission.ts';
import type { Centre } from '../centre/centre.ts';
import { currentParameters, findUnit } from '../centre/parameters.ts';
import { isOpen } from './calendar.ts';
import { type Bench, openBench } from './judgement.ts';
import { findRepeatedEntries } from './entries-once.ts';
import { judgeMissedBackPay } from './missed-back-pay.ts';
import { sumFen, yuanText } from './money.ts';
import { judgeReduction } from './reduction.ts';
import { judgeRegistration } from './registration.ts';
import { judgeShortfallBackPay } from './shortfall-back-pay.ts';

/** What the centre decides on an order. Items only where it is refused for what they say. */
export interface Verdict {
  readonly code: WireCodeName;
  readonly items: readonly ItemIssue[];
}

const accepted: Verdict = { code: '000000', items: [] };

/** Totals, then the parameter version, then the window, then every rule of every item. */
export function reviewOrder(
  centre: Centre,
  { request, nowMs }: AdmittedSigned,
  order: OrderBody,
): Verdict {
  const unit = findUnit(centre, request.unit);
  if (!unit) throw new Error(`a session of unknown unit ${request.unit}`);
  const parameters = currentParameters(centre, unit, nowMs);
  const totals = findTotalsIssues(order);
  if (totals.length > 0) return { code: 'WLB402', items: totals };
  if (request.prm !== parameters.version) return { code: 'WLB403', items: [] };
  if (!isOpen(nowMs, centre.filing)) return { code: 'WLB404', items: [] };
  const items = [
    ...findMonthIssues(order, parameters.businessMonth),
    ...findRepeatedEntries(centre.db, unit.account, order),
    ...judgeOrder(openBench(centre, unit, nowMs), order),
  ];
  return items.length > 0 ? { code: 'WLB401', items: limitItems(items) } : accepted;
}

/** A receipt travels inside an answer: what it says of the rows must leave room in a message. */
const ITEM_ISSUES_BYTES_MAX = 4 * 1024 * 1024;

/** The first of each row before any second one, as far as they fit; in the order of the rows. */
export function limitItems(items: readonly ItemIssue[]): ItemIssue[] {
  const seen = new Set<number>();
  const first = items.filter(({ seq }) => !seen.has(seq) && seen.add(seq));
  const isFirst = new Set(first);
  let bytes = 0;
  const kept = new Set<ItemIssue>();
  for (const item of [...first, ...items.filter((each) => !isFirst.has(each))]) {
    bytes += Buffer.byteLength(JSON.stringify(item));
    if (bytes > ITEM_ISSUES_BYTES_MAX) break;
    kept.add(item);
  }
  return items.filter((item) => kept.has(item));
}

function judgeOrder(bench: Bench, order: OrderBody): ItemIssue[] {
  switch (order.kind) {
    case 'registration':
      return judgeRegistration(bench, order);
    case 'reduction':
      return judgeReduction(bench, order);
    case 'missedBackPay':
      return judgeMissedBackPay(bench, order);
    case 'shortfallBackPay':
      return judgeShortfallBackPay(bench, order);
  }
}

/** Head count, sum, and sequence numbers 1, 2, 3 … */
function findTotalsIssues({ totals, items }: OrderBody): ItemIssue[] {
  const issues: ItemIssue[] = [];
  const raise = (seq: number, field: string, msg: string) => {
    issues.push({ seq, field, code: 'TOTALS_MISMATCH', msg });
  };
  const parts = items.flatMap(({ unitFen, personalFen }) => [unitFen, personalFen]);
  const sum = sumFen(parts);
  if (totals.count !== items.length) {
    raise(1, 'totals.count', `合计人数${totals.count}人，明细${items.length}人`);
  }
  if (BigInt(totals.fen) !== sum) {
    raise(1, 'totals.fen', `合计金额${yuanText(totals.fen)}元，明细相加${yuanText(sum)}元`);
  }
  for (const [index, { seq }] of items.entries()) {
    if (seq !== index + 1) raise(seq, 'seq', `第${index + 1}条的序号为${seq}`);
  }
  return issues;
}

function findMonthIssues(order: OrderBody, businessMonth: number): ItemIssue[] {
  if (order.businessMonth === businessMonth) return [];
  const msg = `业务年月${order.businessMonth}不是当前的${businessMonth}`;
  return [{ seq: 1, field: 'businessMonth', code: 'PARAMETERS_CHANGED', msg }];
}
