import { type Result, succeed } from '../../../shared/errors/result.ts';
import type { CheckedDraft, OrderLine } from '../ports.ts';
import { walkInSlices } from '../pause.ts';
import { lineOf } from './content.ts';
import type { Desk } from './desk.ts';

/** A clerk at work must not hold up an opening for ever. */
const TRIES_MAX = 5;

/**
 * Checks the drafts of an order that has waited, thousands of them with pauses. What comes back
 * holds as long as nothing else runs in between. DRAFT_NOT_HOLDING where one does not.
 */
export async function checkKept(desk: Desk, oid: string): Promise<Result<readonly OrderLine[]>> {
  for (let tries = 1; ; tries += 1) {
    const basis = desk.basis();
    const checked = await checkDrafts(desk, oid);
    if (!checked.ok) return checked;
    if (desk.basis() === basis) return succeed(linesOf(desk, checked.value));
    // too busy for pauses: in one go
    if (tries === TRIES_MAX) {
      const atOnce = desk.queue.check(desk.queue.ofOrder(oid));
      return atOnce.ok ? succeed(linesOf(desk, atOnce.value)) : atOnce;
    }
  }
}

function linesOf({ queue }: Desk, checked: readonly CheckedDraft[]): OrderLine[] {
  return checked.map((each) => lineOf(each, queue.entryOf(each.draft.id)));
}

async function checkDrafts({ queue }: Desk, oid: string): Promise<Result<CheckedDraft[]>> {
  const holding: CheckedDraft[] = [];
  let failure: Result<never> | undefined;
  await walkInSlices(queue.ofOrder(oid), (draft) => {
    const checked = queue.check([draft]);
    if (checked.ok) holding.push(...checked.value);
    else failure = checked;
    return checked.ok;
  });
  return failure ?? succeed(holding);
}
