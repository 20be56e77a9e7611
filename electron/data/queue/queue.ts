import { isDeepStrictEqual } from 'node:util';
import { fail, type Failure, type Result, succeed } from '../../../shared/errors/result.ts';
import type { ValueOf } from '../../../shared/ipc/contract.ts';
import type { dataContract } from '../../../shared/ipc/data.ts';
import type { Draft } from '../../../shared/ipc/entries.ts';
import type { EntryTyped } from '../../../shared/rules/entry.ts';
import { isForCounter, type Issue } from '../../../shared/rules/issue.ts';
import type { Parameters } from '../../../shared/wire/parameters.ts';
import { entryKindSchema } from '../../../shared/wire/primitives.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import type { CheckedDraft, Queue, UnitContext } from '../ports.ts';
import { type DraftContent, DraftRows, type StoredDraft } from './draft-rows.ts';
import { type CheckedTyped, EntryChecks, type RosterSource } from './entry-check.ts';
import { figuresOf } from './figures.ts';
import { judge, QueueReview } from './review.ts';

type Stored = ValueOf<typeof dataContract, 'queue.add'>;
type Restored = ValueOf<typeof dataContract, 'queue.restore'>;

export interface QueueContext extends UnitContext {
  readonly parameters: () => Parameters | null;
  readonly roster: RosterSource;
  /** Whether the person's registration of that fund is already with the centre. */
  readonly isUnderReview: (id18: string, fundType: string) => boolean;
}

/** 待确认队列 of all four kinds. What is answered as stored is on the disk. */
export class PendingQueue implements Queue {
  readonly rows: DraftRows;
  readonly checks: EntryChecks;
  readonly #context: QueueContext;
  readonly #review: QueueReview;

  constructor(context: QueueContext) {
    const { database, clock, roster, isUnderReview } = context;
    this.#context = context;
    this.rows = new DraftRows(database);
    this.checks = new EntryChecks({ clock, roster, isUnderReview, rows: this.rows });
    this.#review = new QueueReview(context, this.rows, this.checks);
  }

  readonly list = ({
    kind,
  }: {
    kind: EntryKind;
  }): Result<ValueOf<typeof dataContract, 'queue.list'>> =>
    succeed({ drafts: this.rows.listOpen(kind), ...this.rows.sumWaiting(kind) });

  /** Checks again, whatever the window has checked: roster and queue may have changed meanwhile. */
  readonly add = ({ id, typed }: { id: string; typed: EntryTyped }): Result<Stored> =>
    this.#store(() => {
      const known = this.rows.find(id);
      if (known) return succeed({ stored: true, draft: known.draft });
      const made = this.#make(id, typed);
      if (!made.ok) return made;
      const { content, issues } = made.value;
      if (!content) return succeed(refusal(issues));
      this.rows.insert(id, 'waiting', content);
      const { fundType, totalFen } = content.figures;
      this.#context.audit.record('draftAdded', { id, kind: typed.kind, fundType, fen: totalFen });
      return succeed({ stored: true, draft: this.#draft(id) });
    });

  /** The draft keeps its place and its id; what it was before stays on file (`draft_edit`). */
  readonly edit = ({ id, typed }: { id: string; typed: EntryTyped }): Result<Stored> =>
    this.#store(() => {
      const known = this.rows.find(id);
      if (known?.state === 'ordered') return fail('ORDER_IN_FLIGHT', id);
      if (known?.state !== 'waiting') return fail('NO_RECORD', id);
      if (known.draft.kind !== typed.kind) return fail('REQUEST_INVALID', 'an edit keeps the kind');
      const made = this.#make(id, typed);
      if (!made.ok) return made;
      const { content, issues } = made.value;
      if (!content) return succeed(refusal(issues));
      // asked twice, or nothing to change: nothing goes on file
      if (isSame(known, content)) return succeed({ stored: true, draft: known.draft });
      this.rows.replace(id, content);
      this.#context.audit.record('draftEdited', { id, fen: content.figures.totalFen });
      return succeed({ stored: true, draft: this.#draft(id) });
    });

  /** All that still wait among `ids`, or none while one of them is in an order under way. */
  readonly remove = ({ ids }: { ids: readonly string[] }): Result<{ removed: number }> => {
    const { database, clock, audit } = this.#context;
    const removed = database.write(() => {
      const at = clock.now();
      const named = this.rows.listNamed(ids);
      const bound = named.find(({ state }) => state === 'ordered');
      if (bound) return fail('ORDER_IN_FLIGHT', bound.draft.id);
      const waiting = named.filter(({ state }) => state === 'waiting');
      for (const { draft } of waiting) {
        this.rows.move(draft.id, { from: 'waiting', to: 'removed', oid: null, at });
        audit.record('draftRemoved', { id: draft.id });
      }
      return succeed({ removed: waiting.length });
    });
    if (removed.ok && removed.value.removed > 0) this.#context.changed('queue', 'status');
    return removed;
  };

  /**
   * Undoes removals: each is checked again and stands in its old place, or stays removed with what
   * the rules have against it now. One whose figures have changed stands there marked, unaltered.
   */
  readonly restore = ({ ids }: { ids: readonly string[] }): Result<Restored> => {
    const { database, audit } = this.#context;
    const restored = database.write<Restored>(() => {
      const parameters = this.#context.parameters();
      if (!parameters) return fail('POLICY_MISSING');
      const refused: Issue[] = [];
      let count = 0;
      for (const { draft, state } of this.rows.listNamed(ids)) {
        if (state !== 'removed') continue;
        const found = this.checks.check(draft.id, draft.typed, parameters);
        if (!found.checked) {
          refused.push(...found.issues.filter(({ severity }) => severity !== 'notice'));
          continue;
        }
        this.#putBack(draft, found, parameters);
        audit.record('draftRestored', { id: draft.id });
        count += 1;
      }
      return succeed({ restored: count, refused });
    });
    if (restored.ok && restored.value.restored > 0) this.#context.changed('queue', 'status');
    return restored;
  };

  /** Drafts of each kind that wait. */
  counts(): Record<EntryKind, number> {
    const counts = entryKindSchema.options.map((kind): [EntryKind, number] => [
      kind,
      this.rows.sumWaiting(kind).count,
    ]);
    return Object.fromEntries(counts) as Record<EntryKind, number>;
  }

  /** Every draft that waits, against the roster and these parameters. Inside a `write`. */
  recheck(parameters: Parameters | null): void {
    if (parameters) this.#review.run(this.rows.listWaiting(), parameters);
  }

  pick(kind: EntryKind, ids: readonly string[]): Draft[] {
    return this.rows
      .listNamed(ids)
      .filter(({ draft, state }) => state === 'waiting' && draft.kind === kind)
      .map(({ draft }) => draft);
  }

  ofOrder(oid: string): Draft[] {
    return this.rows.listOfOrder(oid).map(({ draft }) => draft);
  }

  entryOf(draftId: string): string {
    return draftId;
  }

  check(drafts: readonly Draft[]): Result<CheckedDraft[]> {
    const parameters = this.#context.parameters();
    if (!parameters) return fail('POLICY_MISSING');
    const holding: CheckedDraft[] = [];
    for (const draft of drafts) {
      const { checked, mark } = judge(draft, this.checks.check(draft.id, draft.typed, parameters));
      if (!checked || !mark.holds) return fail('DRAFT_NOT_HOLDING', draft.id);
      holding.push({ draft, checked });
    }
    return succeed(holding);
  }

  bind(ids: readonly string[], oid: string): void {
    const at = this.#context.clock.now();
    for (const id of ids) {
      const moved = this.rows.move(id, { from: 'waiting', to: 'ordered', oid, at });
      if (moved !== 1) throw new Error(`draft ${id} does not wait`);
    }
  }

  release(oid: string, found: ReadonlyMap<string, readonly Issue[]>): void {
    const at = this.#context.clock.now();
    const ids = this.rows.listOfOrder(oid).map(({ draft }) => draft.id);
    for (const id of ids) {
      this.rows.move(id, { from: 'ordered', to: 'waiting', oid: null, at });
    }
    const parameters = this.#context.parameters();
    // roster and parameters may have changed while they were in the order
    if (parameters) this.#review.run(this.rows.listNamed(ids), parameters);
    for (const { draft, parameterVersion } of this.rows.listNamed(ids)) {
      const said = found.get(draft.id);
      if (!said) continue;
      const { holds, issues } = draft;
      const before = holds ? issues.filter(({ severity }) => severity === 'notice') : issues;
      this.rows.mark(draft.id, { holds, issues: [...before, ...said], parameterVersion });
    }
  }

  settle(oid: string, ids: readonly string[]): void {
    const at = this.#context.clock.now();
    for (const { draft } of this.rows.listOfOrder(oid)) {
      this.rows.move(draft.id, { from: 'ordered', to: 'settled', oid, at });
    }
    for (const id of ids) this.rows.move(id, { from: 'waiting', to: 'settled', oid, at });
  }

  #store(work: () => Result<Stored>): Result<Stored> {
    const stored = this.#context.database.write(work);
    if (stored.ok && stored.value.stored) this.#context.changed('queue', 'status');
    return stored;
  }

  /** What the rules make of it; without content they stand against it. */
  #make(id: string, typed: EntryTyped): Result<Made> | Failure {
    const { clock, user } = this.#context;
    const parameters = this.#context.parameters();
    if (!parameters) return fail('POLICY_MISSING');
    const { checked, issues } = this.checks.check(id, typed, parameters);
    if (!checked) return succeed({ issues });
    const figures = figuresOf(checked);
    const parameterVersion = parameters.version;
    const content = { typed, figures, issues, parameterVersion, user, at: clock.now() };
    return succeed({ issues, content });
  }

  #putBack(draft: Draft, found: CheckedTyped, parameters: Parameters): void {
    const at = this.#context.clock.now();
    this.rows.move(draft.id, { from: 'removed', to: 'waiting', oid: null, at });
    const { mark } = judge(draft, found);
    this.rows.mark(draft.id, { ...mark, parameterVersion: parameters.version });
  }

  #draft(id: string): Draft {
    const stored = this.rows.find(id);
    if (!stored) throw new Error(`draft ${id} is gone`);
    return stored.draft;
  }
}

interface Made {
  readonly issues: readonly Issue[];
  readonly content?: DraftContent;
}

function refusal(issues: readonly Issue[]): Stored {
  return { stored: false, counter: isForCounter(issues), issues: [...issues] };
}

function isSame({ draft, parameterVersion }: StoredDraft, content: DraftContent): boolean {
  return (
    draft.holds &&
    parameterVersion === content.parameterVersion &&
    isDeepStrictEqual(draft.typed, content.typed)
  );
}
