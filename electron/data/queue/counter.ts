import { fail, type Result, succeed } from '../../../shared/errors/result.ts';
import type { ValueOf } from '../../../shared/ipc/contract.ts';
import type { dataContract } from '../../../shared/ipc/data.ts';
import type { Draft } from '../../../shared/ipc/entries.ts';
import type { EntryTyped } from '../../../shared/rules/entry.ts';
import { isForCounter } from '../../../shared/rules/issue.ts';
import type { QueueContext } from './queue.ts';
import type { DraftRows } from './draft-rows.ts';
import type { EntryChecks } from './entry-check.ts';
import { readableFigures } from './figures.ts';

/** 待柜面: entries that only the counter can settle (manual 六.1), kept until the clerk strikes them off. */
export class CounterList {
  readonly #context: QueueContext;
  readonly #rows: DraftRows;
  readonly #checks: EntryChecks;

  constructor(context: QueueContext, parts: { rows: DraftRows; checks: EntryChecks }) {
    this.#context = context;
    this.#rows = parts.rows;
    this.#checks = parts.checks;
  }

  /** REQUEST_INVALID unless all that stands against the entry is for the counter. */
  readonly add = ({ id, typed }: { id: string; typed: EntryTyped }): Result<{ draft: Draft }> => {
    const { database, clock, audit, user } = this.#context;
    const added = database.write(() => {
      const known = this.#rows.find(id);
      if (known?.state === 'counter' || known?.state === 'struck') {
        return succeed({ draft: known.draft });
      }
      if (known) return fail('REQUEST_INVALID', `draft ${id} is in the queue`);
      const parameters = this.#context.parameters();
      if (!parameters) return fail('POLICY_MISSING');
      const { issues } = this.#checks.check(id, typed, parameters);
      const figures = readableFigures(typed, this.#checks.context(id, typed, parameters));
      if (!figures || !isForCounter(issues)) return fail('REQUEST_INVALID', 'not for the counter');
      const parameterVersion = parameters.version;
      const content = { typed, figures, issues, parameterVersion, user, at: clock.now() };
      this.#rows.insert(id, 'counter', content);
      audit.record('counterAdded', { id, kind: typed.kind });
      const stored = this.#rows.find(id);
      if (!stored) throw new Error(`draft ${id} is gone`);
      return succeed({ draft: stored.draft });
    });
    if (added.ok) this.#context.changed('queue', 'status');
    return added;
  };

  readonly list = (): Result<ValueOf<typeof dataContract, 'counter.list'>> =>
    succeed({ drafts: this.#rows.listCounter() });

  /** Struck off, and kept on file. */
  readonly remove = ({ ids }: { ids: readonly string[] }): Result<{ removed: number }> => {
    const { database, clock, audit } = this.#context;
    const removed = database.write(() => {
      let count = 0;
      const at = clock.now();
      for (const { draft } of this.#rows.listNamed(ids)) {
        const moved = this.#rows.move(draft.id, { from: 'counter', to: 'struck', oid: null, at });
        if (moved > 0) audit.record('counterRemoved', { id: draft.id });
        count += moved;
      }
      return succeed({ removed: count });
    });
    if (removed.ok && removed.value.removed > 0) this.#context.changed('queue', 'status');
    return removed;
  };

  count(): number {
    return this.#rows.countCounter();
  }
}
