import { z } from 'zod';
import type { Draft } from '../../../shared/ipc/data.ts';
import { toEighteen } from '../../../shared/rules/identity.ts';
import { issueSchema } from '../../../shared/rules/issue.ts';
import type { Issue } from '../../../shared/rules/issue.ts';
import { registrationTypedSchema } from '../../../shared/rules/registration.ts';
import type { RegistrationEntry, RegistrationTyped } from '../../../shared/rules/registration.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import type { UnitDatabase } from '../ports.ts';

export type DraftState = 'waiting' | 'ordered' | 'settled' | 'removed';

interface DraftRow {
  readonly id: string;
  readonly kind: EntryKind;
  readonly state: DraftState;
  readonly typed: string;
  readonly name: string;
  readonly idNumber: string;
  readonly fundType: '10' | '11';
  readonly base: number;
  readonly typedBase: number;
  readonly unitRatio: number;
  readonly personalRatio: number;
  readonly unitFen: number;
  readonly personalFen: number;
  readonly totalFen: number;
  readonly issues: string;
  readonly orderId: string | null;
  readonly createdAt: string;
}

export interface StoredDraft {
  readonly draft: Draft;
  readonly state: DraftState;
}

export interface NewDraft {
  readonly id: string;
  readonly typed: RegistrationTyped;
  readonly entry: RegistrationEntry;
  readonly issues: readonly Issue[];
  readonly parameterVersion: number;
  readonly user: string;
  readonly at: string;
}

const columns = `id, kind, state, typed, name, id_number AS idNumber, fund_type AS fundType, base,
  typed_base AS typedBase, unit_ratio AS unitRatio, personal_ratio AS personalRatio,
  unit_fen AS unitFen, personal_fen AS personalFen, total_fen AS totalFen, issues,
  order_id AS orderId, created_at AS createdAt`;

const issuesSchema = z.array(issueSchema);

/** Table `draft`: what was typed, what the rules made of it, and where it stands. */
export class DraftRows {
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(database: UnitDatabase) {
    this.#statements = prepareStatements(database);
  }

  find(id: string): StoredDraft | undefined {
    const row = this.#statements.find.get(id);
    return row && { draft: draftOf(row), state: row.state };
  }

  /** In order of entry: those that wait and those in an order under way. */
  listOpen(kind: EntryKind): Draft[] {
    return this.#statements.listOpen.all(kind).map(draftOf);
  }

  /** Those of `ids` that wait and are computed with the parameters in force, in order of entry. */
  listSendable(kind: EntryKind, ids: readonly string[]): Draft[] {
    return this.#statements.listSendable.all(kind, JSON.stringify(ids)).map(draftOf);
  }

  /** Those that wait with amounts of older parameters. */
  listStale(kind: EntryKind): Draft[] {
    return this.#statements.listStale.all(kind).map(draftOf);
  }

  sumWaiting(kind: EntryKind): { count: number; totalFen: number } {
    return this.#statements.sumWaiting.get(kind) ?? { count: 0, totalFen: 0 };
  }

  /** ID numbers queued for a fund that are this person's: none or one. */
  queuedNumbers(idNumber: string, fundType: string, exceptId: string): string[] {
    return this.#statements.queuedNumbers.all(toEighteen(idNumber), fundType, exceptId);
  }

  insert(draft: NewDraft): void {
    const { entry, typed, issues, ...rest } = draft;
    this.#statements.insert.run({
      ...rest,
      ...amountsOf(entry),
      typed: JSON.stringify(typed),
      issues: JSON.stringify(issues),
    });
  }

  /** What newer parameters make of a draft that waits. */
  recompute(
    id: string,
    { entry, issues, parameterVersion, at }: Omit<NewDraft, 'id' | 'typed' | 'user'>,
  ): void {
    this.#statements.recompute.run({ id, parameterVersion, ...amountsOf(entry) });
    this.setIssues(id, issues, at);
  }

  setIssues(id: string, issues: readonly Issue[], at: string): void {
    this.#statements.setIssues.run(JSON.stringify(issues), at, id);
  }

  /** How many moved: only from the state given. */
  move(id: string, step: { from: DraftState; to: DraftState; oid: string | null; at: string }) {
    return this.#statements.move.run({ id, ...step }).changes;
  }

  idsOfOrder(oid: string): string[] {
    return this.#statements.idsOfOrder.all(oid);
  }
}

function prepareStatements({ handle }: UnitDatabase) {
  const list = (where: string) => `SELECT ${columns} FROM draft WHERE ${where} ORDER BY seq`;
  return {
    find: handle.prepare<[string], DraftRow>(`SELECT ${columns} FROM draft WHERE id = ?`),
    listOpen: handle.prepare<[string], DraftRow>(
      list(`kind = ? AND state IN ('waiting', 'ordered')`),
    ),
    listSendable: handle.prepare<[string, string], DraftRow>(
      list(`kind = ? AND state = 'waiting' AND id IN (SELECT value FROM json_each(?))
        AND parameter_version = (SELECT parameter_version FROM unit)`),
    ),
    listStale: handle.prepare<[string], DraftRow>(
      list(`kind = ? AND state = 'waiting'
        AND parameter_version <> (SELECT parameter_version FROM unit)`),
    ),
    sumWaiting: handle.prepare<[string], { count: number; totalFen: number }>(
      `SELECT count(*) AS count, coalesce(sum(total_fen), 0) AS totalFen
       FROM draft WHERE kind = ? AND state = 'waiting'`,
    ),
    queuedNumbers: handle
      .prepare<[string, string, string], string>(
        `SELECT id_number FROM draft WHERE id_key = ? AND fund_type = ? AND id <> ?
           AND kind = 'registration' AND state IN ('waiting', 'ordered')`,
      )
      .pluck(),
    insert: handle.prepare(
      `INSERT INTO draft (id, kind, origin, state, typed, name, id_type, id_number, id_key,
         fund_type, base, typed_base, unit_ratio, personal_ratio, unit_fen, personal_fen,
         total_fen, issues, parameter_version, user, created_at, changed_at)
       VALUES (@id, 'registration', 'single', 'waiting', @typed, @name, @idType, @idNumber, @idKey,
         @fundType, @base, @typedBase, @unitRatio, @personalRatio, @unitFen, @personalFen,
         @totalFen, @issues, @parameterVersion, @user, @at, @at)`,
    ),
    recompute: handle.prepare(
      `UPDATE draft SET name = @name, base = @base, typed_base = @typedBase,
         unit_ratio = @unitRatio, personal_ratio = @personalRatio, unit_fen = @unitFen,
         personal_fen = @personalFen, total_fen = @totalFen, parameter_version = @parameterVersion
       WHERE id = @id`,
    ),
    setIssues: handle.prepare<[string, string, string]>(
      'UPDATE draft SET issues = ?, changed_at = ? WHERE id = ?',
    ),
    move: handle.prepare(
      `UPDATE draft SET state = @to, order_id = @oid, changed_at = @at
       WHERE id = @id AND state = @from`,
    ),
    idsOfOrder: handle
      .prepare<[string], string>('SELECT id FROM draft WHERE order_id = ? ORDER BY seq')
      .pluck(),
  };
}

function amountsOf(entry: RegistrationEntry) {
  return { ...entry, idKey: toEighteen(entry.idNumber) };
}

function draftOf(row: DraftRow): Draft {
  const { state, typed, issues, ...rest } = row;
  return {
    ...rest,
    typed: registrationTypedSchema.parse(JSON.parse(typed)),
    issues: issuesSchema.parse(JSON.parse(issues)),
    orderId: state === 'ordered' ? row.orderId : null,
  };
}
