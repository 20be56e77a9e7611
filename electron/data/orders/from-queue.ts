import { fail, type Failure, type Result, succeed } from '../../../shared/errors/result.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import type { OrderLine, OrderSource } from '../ports.ts';
import { lineOf, sumOf } from './content.ts';
import type { Desk } from './desk.ts';

export interface ConfirmRequest {
  readonly kind: EntryKind;
  readonly ids: readonly string[];
  /** What the clerk saw and agreed to. */
  readonly expected: { readonly count: number; readonly fen: number };
}

/** An order of drafts that wait in the queue. */
export function fromQueue(desk: Desk, request: ConfirmRequest): OrderSource {
  return {
    kind: request.kind,
    origin: 'single',
    take: () => takeDrafts(desk, request),
    explain: (failure) => markDrafts(desk, failure),
  };
}

function takeDrafts(
  { queue }: Desk,
  { kind, ids, expected }: ConfirmRequest,
): Result<readonly OrderLine[]> {
  const drafts = queue.pick(kind, ids);
  const isComplete = drafts.length === ids.length && drafts.length === expected.count;
  if (!isComplete || sumOf(drafts) !== expected.fen) {
    return fail('TOTALS_CHANGED', `${drafts.length} of ${expected.count}`);
  }
  const checked = queue.check(drafts);
  return checked.ok ? succeed(checked.value.map((each) => lineOf(each, each.draft.id))) : checked;
}

/** Drafts that turned out not to hold are marked, so that the clerk sees which and why. */
function markDrafts({ database, queue, parameters, changed }: Desk, failure: Failure): Failure {
  if (failure.code !== 'DRAFT_NOT_HOLDING') return failure;
  const marked = database.write(() => {
    queue.recheck(parameters.current());
    return succeed(undefined);
  });
  changed('queue');
  return marked.ok ? failure : marked;
}
