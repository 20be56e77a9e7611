import { z } from 'zod';
import type { Draft } from '../../../shared/ipc/entries.ts';
import { entryTypedSchema, type EntryTyped } from '../../../shared/rules/entry.ts';
import { toEighteen } from '../../../shared/rules/identity.ts';
import { issueSchema } from '../../../shared/rules/issue.ts';
import type { Issue } from '../../../shared/rules/issue.ts';
import { toMonth } from '../../../shared/rules/months.ts';
import type { QueuedEntry } from '../../../shared/rules/queue.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import type { UnitDatabase } from '../ports.ts';
import type { Figures } from './figures.ts';
import { prepareDraftStatements, type DraftRow, type DraftState } from './draft-statements.ts';

export interface StoredDraft {
  readonly draft: Draft;
  readonly state: DraftState;
  readonly parameterVersion: number;
}

/** What an entry is made of, by whom and when. */
export interface DraftContent {
  readonly typed: EntryTyped;
  readonly figures: Figures;
  readonly issues: readonly Issue[];
  readonly parameterVersion: number;
  readonly user: string;
  readonly at: string;
}

const issuesSchema = z.array(issueSchema);

/** Table `draft`: what was typed, what the rules made of it, and where it stands. */
export class DraftRows {
  readonly #statements: ReturnType<typeof prepareDraftStatements>;

  constructor({ handle }: UnitDatabase) {
    this.#statements = prepareDraftStatements(handle);
  }

  find(id: string): StoredDraft | undefined {
    const row = this.#statements.find.get(id);
    return row && storedOf(row);
  }

  /** In order of entry: those that wait and those in an order under way. */
  listOpen(kind: EntryKind): Draft[] {
    return this.#statements.listOpen.all(kind).map(draftOf);
  }

  /** In order of entry, of all kinds. */
  listWaiting(): StoredDraft[] {
    return this.#statements.listWaiting.all().map(storedOf);
  }

  /** 待柜面, in order of entry. */
  listCounter(): Draft[] {
    return this.#statements.listCounter.all().map(draftOf);
  }

  /** In order of entry. */
  listNamed(ids: readonly string[]): StoredDraft[] {
    return this.#statements.listNamed.all(JSON.stringify(ids)).map(storedOf);
  }

  /** In order of entry, which is the order of the items. */
  listOfOrder(oid: string): StoredDraft[] {
    return this.#statements.listOfOrder.all(oid).map(storedOf);
  }

  sumWaiting(kind: EntryKind): { count: number; totalFen: number } {
    return this.#statements.sumWaiting.get(kind) ?? { count: 0, totalFen: 0 };
  }

  countCounter(): number {
    return this.#statements.countCounter.get() ?? 0;
  }

  /** What the queue holds about a person (18-character form) or an account, of all kinds. */
  queuedAbout(who: { idKey: string; personalAccount: string }, exceptId: string): QueuedEntry[] {
    return this.#statements.queuedAbout.all({ ...who, exceptId }).map((row) => ({
      kind: row.kind,
      fundType: row.fundType,
      ...(row.personalAccount === '' ? {} : { personalAccount: row.personalAccount }),
      ...(row.idNumber === '' ? {} : { idNumber: row.idNumber }),
      ...(row.from === 0 ? {} : { from: toMonth(row.from), to: toMonth(row.to) }),
    }));
  }

  /** A new entry, for the queue or for the counter. */
  insert(id: string, state: 'waiting' | 'counter', content: DraftContent): void {
    const from = { origin: 'single', importId: null };
    this.#statements.insert.run({ id, state, ...from, ...cells(content) });
  }

  /** A row of a batch, for the order that is being made. */
  insertOfBatch(id: string, batchId: string, content: DraftContent): void {
    const from = { origin: 'batch', importId: batchId };
    this.#statements.insert.run({ id, state: 'waiting', ...from, ...cells(content) });
  }

  /** What was typed before goes on file, then the new words and figures take its place. */
  replace(id: string, content: DraftContent): void {
    this.#statements.keepBefore.run({ id, at: content.at });
    this.#statements.replace.run({ id, ...cells(content) });
  }

  /** Whether it holds, why not, and which parameters say so; what was entered is not touched. */
  mark(id: string, mark: { holds: boolean; issues: readonly Issue[]; parameterVersion: number }) {
    const { holds, issues, parameterVersion } = mark;
    this.#statements.mark.run(holds ? 1 : 0, JSON.stringify(issues), parameterVersion, id);
  }

  /** How many moved: only from the state given. */
  move(id: string, step: { from: DraftState; to: DraftState; oid: string | null; at: string }) {
    return this.#statements.move.run({ id, ...step }).changes;
  }
}

function cells({ typed, figures, issues, ...rest }: DraftContent) {
  return {
    ...figures,
    ...rest,
    kind: typed.kind,
    idType: typed.kind === 'registration' ? typed.idType : '',
    idKey: toEighteen(figures.idNumber),
    typed: JSON.stringify(typed),
    issues: JSON.stringify(issues),
  };
}

function storedOf({ state, parameterVersion, ...row }: DraftRow): StoredDraft {
  const { typed, issues, holds, orderId, ...rest } = row;
  const draft = {
    ...rest,
    // the first registrations were stored without their kind
    typed: entryTypedSchema.parse({ ...(JSON.parse(typed) as object), kind: row.kind }),
    issues: issuesSchema.parse(JSON.parse(issues)),
    holds: holds === 1,
    orderId: state === 'ordered' ? orderId : null,
  };
  return { draft, state, parameterVersion };
}

function draftOf(row: DraftRow): Draft {
  return storedOf(row).draft;
}
