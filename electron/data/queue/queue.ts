import { fail, succeed } from '../../../shared/errors/result.ts';
import type { Handlers } from '../../../shared/ipc/contract.ts';
import type { dataContract, Draft } from '../../../shared/ipc/data.ts';
import { dateAt } from '../../../shared/rules/dates.ts';
import type { Issue } from '../../../shared/rules/issue.ts';
import { toMonth } from '../../../shared/rules/months.ts';
import { checkRegistration } from '../../../shared/rules/registration.ts';
import type { RegistrationCheck, RegistrationTyped } from '../../../shared/rules/registration.ts';
import type { Parameters } from '../../../shared/wire/parameters.ts';
import { entryKindSchema } from '../../../shared/wire/primitives.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import type { Queue, UnitContext } from '../ports.ts';
import { DraftRows } from './draft-rows.ts';

type DataHandlers = Handlers<typeof dataContract>;

export interface QueueContext extends UnitContext {
  readonly parameters: () => Parameters | null;
  /** Whether the person (18-character number) has a 正常 account of that fund. */
  readonly isActive: (id18: string, fundType: string) => boolean;
  /** Whether the person's registration of that fund is already with the centre. */
  readonly isUnderReview: (id18: string, fundType: string) => boolean;
}

/** 待确认队列. What is answered as stored is on the disk. */
export class PendingQueue implements Queue {
  readonly #context: QueueContext;
  readonly #rows: DraftRows;

  constructor(context: QueueContext) {
    this.#context = context;
    this.#rows = new DraftRows(context.database);
  }

  readonly list: (request: { kind: EntryKind }) => ReturnType<DataHandlers['queue.list']> = ({
    kind,
  }) => succeed({ drafts: this.#rows.listOpen(kind), ...this.#rows.sumWaiting(kind) });

  /** Checks again, whatever the window has checked: roster and queue may have changed meanwhile. */
  readonly addRegistration: DataHandlers['queue.addRegistration'] = ({ id, typed }) => {
    const { database, clock, audit, user } = this.#context;
    const added = database.write<AddedRegistration>(() => {
      const known = this.#rows.find(id);
      if (known) return succeed({ stored: true, draft: known.draft });
      const parameters = this.#context.parameters();
      if (!parameters) return fail('POLICY_MISSING');
      const { entry, issues } = this.#check(id, typed, parameters);
      if (!entry) return succeed({ stored: false, issues: [...issues] });
      const parameterVersion = parameters.version;
      const at = clock.now();
      this.#rows.insert({ id, typed, entry, issues, parameterVersion, user, at });
      const { fundType, totalFen } = entry;
      audit.record('draftAdded', { id, kind: 'registration', fundType, fen: totalFen });
      return succeed({ stored: true, draft: this.#draft(id) });
    });
    if (added.ok && added.value.stored) this.#context.changed('queue', 'status');
    return added;
  };

  /** All that still wait among `ids`, or none while one of them is in an order under way. */
  readonly remove: DataHandlers['queue.remove'] = ({ ids }) => {
    const { database, clock, audit } = this.#context;
    const removed = database.write(() => {
      let count = 0;
      const at = clock.now();
      for (const id of new Set(ids)) {
        if (this.#rows.find(id)?.state === 'ordered') return fail('ORDER_IN_FLIGHT', id);
        const moved = this.#rows.move(id, { from: 'waiting', to: 'removed', oid: null, at });
        if (moved > 0) audit.record('draftRemoved', { id });
        count += moved;
      }
      return succeed({ removed: count });
    });
    if (removed.ok && removed.value.removed > 0) this.#context.changed('queue', 'status');
    return removed;
  };

  /** Drafts of each kind that wait. */
  counts(): Record<EntryKind, number> {
    const counts = entryKindSchema.options.map((kind): [EntryKind, number] => [
      kind,
      this.#rows.sumWaiting(kind).count,
    ]);
    return Object.fromEntries(counts) as Record<EntryKind, number>;
  }

  /** Every draft that waits with amounts of other parameters than these, anew. Inside a `write`. */
  recompute(parameters: Parameters): void {
    const at = this.#context.clock.now();
    for (const { id, typed } of this.#rows.listStale('registration')) {
      const { entry, issues } = this.#check(id, typed, parameters);
      // without an entry it stays stale: it is shown with what is wrong, and cannot be sent
      if (entry) {
        this.#rows.recompute(id, { entry, issues, parameterVersion: parameters.version, at });
      } else this.#rows.setIssues(id, issues, at);
    }
  }

  pick(kind: EntryKind, ids: readonly string[]): Draft[] {
    return this.#rows.listSendable(kind, ids);
  }

  bind(ids: readonly string[], oid: string): void {
    const at = this.#context.clock.now();
    for (const id of ids) {
      const moved = this.#rows.move(id, { from: 'waiting', to: 'ordered', oid, at });
      if (moved !== 1) throw new Error(`draft ${id} does not wait`);
    }
  }

  release(oid: string, found: ReadonlyMap<string, readonly Issue[]>): void {
    const at = this.#context.clock.now();
    for (const id of this.#rows.idsOfOrder(oid)) {
      this.#rows.move(id, { from: 'ordered', to: 'waiting', oid: null, at });
      const said = found.get(id);
      if (!said) continue;
      const notices = this.#draft(id).issues.filter((issue) => issue.severity === 'notice');
      this.#rows.setIssues(id, [...notices, ...said], at);
    }
    const parameters = this.#context.parameters();
    // those that were in an order while the parameters changed
    if (parameters) this.recompute(parameters);
  }

  settle(oid: string): void {
    const at = this.#context.clock.now();
    for (const id of this.#rows.idsOfOrder(oid)) {
      this.#rows.move(id, { from: 'ordered', to: 'settled', oid, at });
    }
  }

  #check(id: string, typed: RegistrationTyped, parameters: Parameters): RegistrationCheck {
    const { clock, isActive, isUnderReview } = this.#context;
    return checkRegistration(typed, {
      terms: parameters.terms,
      businessMonth: toMonth(parameters.businessMonth),
      today: dateAt(clock.nowMs()),
      queueIds: this.#rows.queuedNumbers(typed.idNumber, typed.fundType, id),
      activeIds: (id18) => isActive(id18, typed.fundType),
      underReview: (id18) => isUnderReview(id18, typed.fundType),
    });
  }

  #draft(id: string): Draft {
    const stored = this.#rows.find(id);
    if (!stored) throw new Error(`draft ${id} is gone`);
    return stored.draft;
  }
}

type AddedRegistration =
  | { readonly stored: true; readonly draft: Draft }
  | { readonly stored: false; readonly issues: Issue[] };
