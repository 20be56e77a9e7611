import type { Draft } from '../../../shared/ipc/data.ts';
import { toFen } from '../../../shared/rules/money.ts';
import { queue as words } from '../../text/registration.ts';
import type { Proposal } from './confirming.ts';

/** Not part of an order under way: may be deleted and confirmed. */
export function freeDrafts(drafts: readonly Draft[]): Draft[] {
  return drafts.filter((draft) => draft.orderId === null);
}

/** All that can be confirmed, with the totals as they are on screen. */
export function proposalOf(drafts: readonly Draft[], businessMonth: number): Proposal {
  const free = freeDrafts(drafts);
  return {
    ids: free.map((draft) => draft.id),
    count: free.length,
    fen: free.reduce((sum, draft) => toFen(sum + draft.totalFen), 0),
    businessMonth,
  };
}

/** The selection without what has gone or is under way. */
export function stillSelected(
  selected: ReadonlySet<string>,
  drafts: readonly Draft[],
): ReadonlySet<string> {
  return new Set(
    freeDrafts(drafts)
      .map((draft) => draft.id)
      .filter((id) => selected.has(id)),
  );
}

/** What the clerk should know about a row; empty for most. */
export function noteOf(draft: Draft): string {
  if (draft.orderId !== null) return words.inFlight;
  if (draft.base > draft.typedBase) return words.raised(toFen(draft.base));
  if (draft.base < draft.typedBase) return words.lowered(toFen(draft.base));
  return '';
}
