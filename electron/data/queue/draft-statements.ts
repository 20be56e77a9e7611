import type { Database } from 'better-sqlite3';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import type { Figures } from './figures.ts';

/** counter: 待柜面 · struck: taken off that list. */
export type DraftState = 'waiting' | 'ordered' | 'settled' | 'removed' | 'counter' | 'struck';

/** A row as it is read: the figures, and where the draft stands. */
export interface DraftRow extends Figures {
  readonly id: string;
  readonly kind: EntryKind;
  readonly state: DraftState;
  readonly typed: string;
  readonly issues: string;
  readonly holds: 0 | 1;
  readonly parameterVersion: number;
  readonly orderId: string | null;
  readonly createdAt: string;
}

interface QueuedRow extends Pick<
  Figures,
  'fundType' | 'personalAccount' | 'idNumber' | 'from' | 'to'
> {
  readonly kind: EntryKind;
}

const columns = `id, kind, state, typed, name, id_number AS idNumber,
  personal_account AS personalAccount, fund_type AS fundType, base, typed_base AS typedBase,
  unit_ratio AS unitRatio, personal_ratio AS personalRatio, from_month AS "from", to_month AS "to",
  reason, unit_fen AS unitFen, personal_fen AS personalFen, total_fen AS totalFen, issues, holds,
  parameter_version AS parameterVersion, order_id AS orderId, created_at AS createdAt`;

const queued = `SELECT id, kind, fund_type AS fundType, personal_account AS personalAccount,
  id_number AS idNumber, from_month AS "from", to_month AS "to" FROM draft`;

/** Taken by the centre and not decided yet: a batch takes its time. A 登记 is asked for elsewhere. */
const underWay = `SELECT coalesce(i.draft_id, ''), o.kind, i.fund_type, i.personal_account,
  i.id_number, i.from_month, i.to_month FROM order_item i JOIN orders o ON o.oid = i.oid
  WHERE i.personal_account = @personalAccount AND i.personal_account <> ''
    AND i.state IN ('pending', 'processing') AND o.kind <> 'registration'`;

/**
 * Statements of table `draft`; the states in them are written out so that the indexes are used.
 * The queue is of single entries: drafts of a batch are seen by their order alone.
 */
export function prepareDraftStatements(handle: Database) {
  const list = (where: string) => `SELECT ${columns} FROM draft WHERE ${where} ORDER BY seq`;
  return {
    find: handle.prepare<[string], DraftRow>(`SELECT ${columns} FROM draft WHERE id = ?`),
    listOpen: handle.prepare<[string], DraftRow>(
      list(`kind = ? AND state IN ('waiting', 'ordered') AND origin = 'single'`),
    ),
    listWaiting: handle.prepare<[], DraftRow>(list(`state = 'waiting' AND origin = 'single'`)),
    listCounter: handle.prepare<[], DraftRow>(list(`state = 'counter'`)),
    listNamed: handle.prepare<[string], DraftRow>(
      list(`id IN (SELECT value FROM json_each(?)) AND origin = 'single'`),
    ),
    listOfOrder: handle.prepare<[string], DraftRow>(list('order_id = ?')),
    sumWaiting: handle.prepare<[string], { count: number; totalFen: number }>(
      `SELECT count(*) AS count, coalesce(sum(total_fen), 0) AS totalFen
       FROM draft WHERE kind = ? AND state = 'waiting' AND origin = 'single'`,
    ),
    countCounter: handle
      .prepare<[], number>(`SELECT count(*) FROM draft WHERE state = 'counter'`)
      .pluck(),
    queuedAbout: handle.prepare<
      [{ idKey: string; personalAccount: string; exceptId: string }],
      QueuedRow
    >(
      `SELECT kind, fundType, personalAccount, idNumber, "from", "to" FROM (
         ${queued} WHERE id_key = @idKey AND id_key <> '' AND state IN ('waiting', 'ordered')
         UNION
         ${queued} WHERE personal_account = @personalAccount AND personal_account <> ''
           AND state IN ('waiting', 'ordered')
         UNION
         ${underWay})
       WHERE id <> @exceptId`,
    ),
    insert: handle.prepare(
      `INSERT INTO draft (id, kind, origin, import_id, state, typed, name, id_type, id_number, id_key,
         personal_account, fund_type, base, typed_base, unit_ratio, personal_ratio, from_month,
         to_month, reason, unit_fen, personal_fen, total_fen, issues, holds, parameter_version,
         user, created_at, changed_at)
       VALUES (@id, @kind, @origin, @importId, @state, @typed, @name, @idType, @idNumber, @idKey,
         @personalAccount, @fundType, @base, @typedBase, @unitRatio, @personalRatio, @from,
         @to, @reason, @unitFen, @personalFen, @totalFen, @issues, 1, @parameterVersion,
         @user, @at, @at)`,
    ),
    keepBefore: handle.prepare<[{ id: string; at: string }]>(
      `INSERT INTO draft_edit (draft_id, number, typed, total_fen, issues, parameter_version, user,
         entered_at, replaced_at)
       SELECT id, (SELECT count(*) FROM draft_edit WHERE draft_id = @id) + 1, typed, total_fen,
         issues, parameter_version, user, changed_at, @at
       FROM draft WHERE id = @id`,
    ),
    replace: handle.prepare(
      `UPDATE draft SET typed = @typed, name = @name, id_type = @idType, id_number = @idNumber,
         id_key = @idKey, personal_account = @personalAccount, fund_type = @fundType, base = @base,
         typed_base = @typedBase, unit_ratio = @unitRatio, personal_ratio = @personalRatio,
         from_month = @from, to_month = @to, reason = @reason, unit_fen = @unitFen,
         personal_fen = @personalFen, total_fen = @totalFen, issues = @issues, holds = 1,
         parameter_version = @parameterVersion, user = @user, changed_at = @at
       WHERE id = @id`,
    ),
    mark: handle.prepare<[number, string, number, string]>(
      'UPDATE draft SET holds = ?, issues = ?, parameter_version = ? WHERE id = ?',
    ),
    move: handle.prepare(
      `UPDATE draft SET state = @to, order_id = @oid, changed_at = @at
       WHERE id = @id AND state = @from`,
    ),
  };
}
