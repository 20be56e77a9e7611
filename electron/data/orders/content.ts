import type { OrderBody } from '../../../shared/wire/orders.ts';
import { orderBodySchema } from '../../../shared/wire/orders.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import type { EntryOf } from '../../../shared/rules/entry.ts';
import type { CheckedDraft, ItemContent, OrderLine } from '../ports.ts';

export interface OrderTerms {
  readonly kind: EntryKind;
  readonly origin: 'single' | 'batch';
  readonly businessMonth: number;
}

/** `entry`: what the centre knows the draft's entry by. */
export function lineOf({ draft, checked }: CheckedDraft, entry: string): OrderLine {
  return { draftId: draft.id, entry, totalFen: draft.totalFen, item: itemOf(checked) };
}

/** The body of a WL1001 to WL1004, its items in the order of the lines, numbered from 1. */
export function makeOrderBody(
  { kind, origin, businessMonth }: OrderTerms,
  lines: readonly OrderLine[],
): OrderBody {
  const items = lines.map(({ item, entry }, index) => ({ seq: index + 1, ...item, entry }));
  const totals = { count: items.length, fen: sumOf(lines) };
  return orderBodySchema.parse({ kind, origin, businessMonth, totals, items });
}

export function itemOf({ kind, entry }: CheckedDraft['checked']): ItemContent {
  switch (kind) {
    case 'registration':
      return registrationItem(entry);
    case 'reduction':
      return { ...personOf(entry), reason: entry.reason };
    case 'missedBackPay':
      return missedItem(entry);
    case 'shortfallBackPay':
      return shortfallItem(entry);
  }
}

function registrationItem(entry: EntryOf<'registration'>): ItemContent {
  const { fundType, name, idType, idNumber, base } = entry;
  const { unitRatio, personalRatio, unitFen, personalFen } = entry;
  const amounts = { base, unitRatio, personalRatio, unitFen, personalFen };
  return { fundType, name, idType, idNumber, ...amounts };
}

function missedItem(entry: EntryOf<'missedBackPay'>): ItemContent {
  const { from, to, typedBase: wage, unitRatio, personalRatio } = entry;
  return { ...personOf(entry), from, to, wage, unitRatio, personalRatio };
}

function shortfallItem(entry: EntryOf<'shortfallBackPay'>): ItemContent {
  const { from, to, typedPaidBase: paidWage, typedDueBase: dueWage, paidRatio, dueRatio } = entry;
  return { ...personOf(entry), from, to, paidWage, dueWage, paidRatio, dueRatio };
}

function personOf(entry: EntryOf<Exclude<EntryKind, 'registration'>>) {
  const { fundType, personalAccount, name, idNumber, unitFen, personalFen } = entry;
  return { fundType, personalAccount, name, idNumber, unitFen, personalFen };
}

/** Sum of 月缴存额 or 补缴金额 in fen; throws when it leaves the safe integers. */
export function sumOf(lines: readonly { readonly totalFen: number }[]): number {
  const total = lines.reduce((sum, line) => sum + line.totalFen, 0);
  if (!Number.isSafeInteger(total)) throw new RangeError('the total is not a safe integer');
  return total;
}
