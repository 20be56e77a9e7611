import type { QueryItem, QueryOrder } from '../../../shared/ipc/queries.ts';
import { previousMonth, toMonth } from '../../../shared/rules/months.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { results as words } from '../../text/results.ts';

export type LandedItem = Pick<QueryItem, 'landedMonth'>;

/** Came into force in another month than it was filed for: yellow (manual 十(一)). */
export function landedElsewhere({ landedMonth }: LandedItem, filedMonth: number): boolean {
  return landedMonth !== 0 && landedMonth !== filedMonth;
}

export interface MonthSpan {
  readonly from: number;
  readonly to: number;
}

/**
 * The months between filing and coming into force, which nobody has paid: what a 漏缴补缴 is for.
 * Only a 登记 leaves any; undefined where there are none.
 */
export function unpaidSpan(
  { landedMonth }: LandedItem,
  { kind, businessMonth }: { readonly kind: EntryKind; readonly businessMonth: number },
): MonthSpan | undefined {
  if (kind !== 'registration' || landedMonth <= businessMonth) return undefined;
  return { from: businessMonth, to: previousMonth(toMonth(landedMonth)) };
}

/** `202611`, `202611–202612` */
export function spanText({ from, to }: MonthSpan): string {
  return from === to ? String(from) : `${from}–${to}`;
}

/** Why an item failed, or in which month it landed; empty otherwise. */
export function noteWords(item: QueryItem, order: QueryOrder): string {
  const { businessMonth, state, reason } = order;
  if (landedElsewhere(item, businessMonth)) {
    const unpaid = unpaidSpan(item, order);
    if (!unpaid) return words.landedOther(businessMonth, item.landedMonth);
    return words.landedLate(item.landedMonth, spanText(unpaid));
  }
  return item.reason || (state === 'rejected' || state === 'void' ? reason : '');
}
