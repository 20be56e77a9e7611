import type { Issue } from '../../../shared/rules/issue.ts';
import type { Queue } from '../ports.ts';
import type { BatchOutcome } from './outcome.ts';
import type { RowTable } from './row-table.ts';
import type { BatchShelf } from './shelf.ts';

interface WithBatches {
  readonly shelf: BatchShelf;
  readonly rows: RowTable;
  readonly outcome: BatchOutcome;
}

/** The queue as orders see it, where what an order was made of may be a batch. */
export function withBatches(queue: Queue, { shelf, rows, outcome }: WithBatches): Queue {
  return {
    pick: (kind, ids) => queue.pick(kind, ids),
    ofOrder: (oid) => queue.ofOrder(oid),
    entryOf: (draftId) => rows.entryOfDraft(draftId) ?? queue.entryOf(draftId),
    check: (drafts) => queue.check(drafts),
    recheck: (parameters) => {
      queue.recheck(parameters);
    },
    bind: (ids, oid) => {
      queue.bind(ids, oid);
    },
    release: (oid: string, found: ReadonlyMap<string, readonly Issue[]>) => {
      const batch = shelf.ofOrder(oid);
      if (batch) outcome.release(batch, oid, found);
      else queue.release(oid, found);
    },
    settle: (oid, ids) => {
      const batch = shelf.ofOrder(oid);
      if (batch) outcome.settle(batch, oid);
      else queue.settle(oid, ids);
    },
  };
}
