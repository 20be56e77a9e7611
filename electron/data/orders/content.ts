import type {
  MissedBackPayItem,
  OrderBody,
  ReductionItem,
  RegistrationItem,
  ShortfallBackPayItem,
} from '../../../shared/wire/orders.ts';
import { orderBodySchema } from '../../../shared/wire/orders.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import type { EntryOf } from '../../../shared/rules/entry.ts';
import type { Draft } from '../../../shared/ipc/entries.ts';
import type { CheckedDraft } from '../ports.ts';

export interface OrderTerms {
  readonly kind: EntryKind;
  readonly origin: 'single' | 'batch';
  readonly businessMonth: number;
}

/** The body of a WL1001 to WL1004, its items in the order of the drafts, numbered from 1. */
export function makeOrderBody(
  { kind, origin, businessMonth }: OrderTerms,
  checked: readonly CheckedDraft[],
): OrderBody {
  const fen = sumOf(checked.map(({ draft }) => draft));
  const items = checked.map((each, index) => {
    if (each.checked.kind !== kind) throw new Error(`draft ${each.draft.id} is no ${kind}`);
    return { ...itemOf(index + 1, each.checked), entry: each.draft.id };
  });
  const totals = { count: items.length, fen };
  return orderBodySchema.parse({ kind, origin, businessMonth, totals, items });
}

function itemOf(seq: number, { kind, entry }: CheckedDraft['checked']) {
  switch (kind) {
    case 'registration':
      return registrationItem(seq, entry);
    case 'reduction':
      return reductionItem(seq, entry);
    case 'missedBackPay':
      return missedItem(seq, entry);
    case 'shortfallBackPay':
      return shortfallItem(seq, entry);
  }
}

function registrationItem(seq: number, entry: EntryOf<'registration'>): RegistrationItem {
  const { fundType, name, idType, idNumber, base } = entry;
  const { unitRatio, personalRatio, unitFen, personalFen } = entry;
  const amounts = { base, unitRatio, personalRatio, unitFen, personalFen };
  return { seq, fundType, name, idType, idNumber, ...amounts };
}

function reductionItem(seq: number, entry: EntryOf<'reduction'>): ReductionItem {
  return { ...personOf(seq, entry), reason: entry.reason };
}

function missedItem(seq: number, entry: EntryOf<'missedBackPay'>): MissedBackPayItem {
  const { from, to, typedBase: wage, unitRatio, personalRatio } = entry;
  return { ...personOf(seq, entry), from, to, wage, unitRatio, personalRatio };
}

function shortfallItem(seq: number, entry: EntryOf<'shortfallBackPay'>): ShortfallBackPayItem {
  const { from, to, typedPaidBase: paidWage, typedDueBase: dueWage, paidRatio, dueRatio } = entry;
  return { ...personOf(seq, entry), from, to, paidWage, dueWage, paidRatio, dueRatio };
}

function personOf(seq: number, entry: EntryOf<Exclude<EntryKind, 'registration'>>) {
  const { fundType, personalAccount, name, idNumber, unitFen, personalFen } = entry;
  return { seq, fundType, personalAccount, name, idNumber, unitFen, personalFen };
}

/** Sum of 月缴存额 or 补缴金额 in fen; throws when it leaves the safe integers. */
export function sumOf(drafts: readonly Draft[]): number {
  const total = drafts.reduce((sum, draft) => sum + draft.totalFen, 0);
  if (!Number.isSafeInteger(total)) throw new RangeError('the total is not a safe integer');
  return total;
}
