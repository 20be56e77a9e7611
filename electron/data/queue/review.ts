import type { Draft } from '../../../shared/ipc/entries.ts';
import type { Issue } from '../../../shared/rules/issue.ts';
import type { Parameters } from '../../../shared/wire/parameters.ts';
import type { CheckedEntry, UnitContext } from '../ports.ts';
import type { DraftRows, StoredDraft } from './draft-rows.ts';
import type { CheckedTyped, EntryChecks } from './entry-check.ts';
import { figuresOf, findChanges } from './figures.ts';

/** Whether a draft still is what the rules make of it, and what is to be said. */
export interface Judgement {
  readonly mark: { readonly holds: boolean; readonly issues: readonly Issue[] };
  readonly checked?: CheckedEntry;
}

/** A draft holds when the rules take it and make of it, to the fen, what was entered. */
export function judge(draft: Draft, { checked, issues }: CheckedTyped): Judgement {
  if (!checked) return { mark: { holds: false, issues } };
  const changes = findChanges(draft, figuresOf(checked));
  if (changes.length === 0) return { mark: { holds: true, issues }, checked };
  return { mark: { holds: false, issues: [...issues, ...changes] } };
}

/**
 * After a sync and after new parameters: drafts that no longer hold are marked with the reason and
 * never altered, and those that hold again are freed of it.
 */
export class QueueReview {
  readonly #context: Pick<UnitContext, 'audit' | 'changed'>;
  readonly #rows: DraftRows;
  readonly #checks: EntryChecks;

  constructor(
    context: Pick<UnitContext, 'audit' | 'changed'>,
    rows: DraftRows,
    checks: EntryChecks,
  ) {
    this.#context = context;
    this.#rows = rows;
    this.#checks = checks;
  }

  /** Inside a `write`. */
  run(drafts: readonly StoredDraft[], parameters: Parameters): void {
    let lost = 0;
    let regained = 0;
    for (const stored of drafts) {
      const { draft } = stored;
      const { mark } = judge(draft, this.#checks.check(draft.id, draft.typed, parameters));
      if (draft.holds && !mark.holds) lost += 1;
      if (!draft.holds && mark.holds) regained += 1;
      this.#store(stored, mark, parameters.version);
    }
    if (lost + regained === 0) return;
    this.#context.audit.record('draftsReviewed', { lost, regained });
    this.#context.changed('queue', 'status');
  }

  #store(
    { draft, parameterVersion: before }: StoredDraft,
    mark: Judgement['mark'],
    parameterVersion: number,
  ): void {
    // what was said at the entry, or by the centre since, stays while nothing has changed
    const issues = mark.holds && draft.holds ? draft.issues : mark.issues;
    const isSame =
      mark.holds === draft.holds &&
      before === parameterVersion &&
      JSON.stringify(issues) === JSON.stringify(draft.issues);
    if (!isSame) this.#rows.mark(draft.id, { ...mark, issues, parameterVersion });
  }
}
