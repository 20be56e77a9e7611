import { succeed } from '../../../shared/errors/result.ts';
import type { AuditCheck, AuditRow } from '../../../shared/ipc/audit.ts';
import { walkInSlices } from '../pause.ts';
import type { DataHandlers, UnitDatabase } from '../ports.ts';
import { type ChainedRow, isChained } from './chain.ts';

/** Rows looked at when a file is opened. */
export const RECENT_ROWS = 200;
/** Rows read at a time by a full check, others being answered in between. */
const BLOCK_ROWS = 2_000;

type Filter = Record<'from' | 'before' | 'event' | 'like', string | null>;

/** 操作记录 as the window reads it: newest first, a page at a time; checked as a whole on demand. */
export class AuditTrail {
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(database: UnitDatabase) {
    this.#statements = prepareStatements(database);
  }

  readonly list: DataHandlers['audit.list'] = ({ offset, limit, text, ...given }) => {
    const like = text.trim() === '' ? null : `%${text.trim().replace(/[\\%_]/g, '\\$&')}%`;
    const { from = null, before = null, event = null } = given;
    const filter: Filter = { from, before, event, like };
    const rows = this.#statements.page.all({ ...filter, offset, limit });
    const total = this.#statements.count.get(filter) ?? 0;
    return succeed({ rows: rows.map(readRow), total });
  };

  readonly from: DataHandlers['audit.from'] = ({ after, limit }) =>
    succeed({ rows: this.#statements.block.all(after, limit).map(readRow) });

  /** Every row, from the first one on. */
  readonly check: DataHandlers['audit.check'] = async () => {
    let before: ChainedRow | undefined;
    let brokenAt: number | null = null;
    await walkInSlices(this.#rows(), (row) => {
      const isGood = isChained(row, before);
      if (!isGood) brokenAt = row.seq;
      else before = row;
      return isGood;
    });
    const newest = this.#statements.newest.get();
    const check: AuditCheck = { rows: newest?.seq ?? 0, brokenAt, lastHash: newest?.hash ?? '' };
    return succeed(check);
  };

  /** The last rows alone, which costs nothing: the first bad one of them, or null. */
  findRecentBreak(): number | null {
    const rows = this.#statements.recent.all(RECENT_ROWS + 1);
    // the first of these stands for those before it; where there are none it must be number 1
    const isWhole = rows.length <= RECENT_ROWS;
    let before = isWhole ? undefined : rows[0];
    for (const row of isWhole ? rows : rows.slice(1)) {
      if (!isChained(row, before)) return row.seq;
      before = row;
    }
    return null;
  }

  *#rows(): Generator<ChainedRow> {
    let after = 0;
    for (;;) {
      const block = this.#statements.block.all(after, BLOCK_ROWS);
      yield* block;
      const last = block.at(-1);
      if (!last) return;
      after = last.seq;
    }
  }
}

function readRow(row: ChainedRow): AuditRow {
  return { ...row, detail: JSON.parse(row.detail) as AuditRow['detail'] };
}

const MATCHES = `(@from IS NULL OR at >= @from) AND (@before IS NULL OR at < @before)
  AND (@event IS NULL OR event = @event)
  AND (@like IS NULL OR user LIKE @like ESCAPE '\\' OR event LIKE @like ESCAPE '\\'
    OR detail LIKE @like ESCAPE '\\')`;

function prepareStatements({ handle }: UnitDatabase) {
  return {
    page: handle.prepare<[Filter & { offset: number; limit: number }], ChainedRow>(
      `SELECT * FROM audit WHERE ${MATCHES} ORDER BY seq DESC LIMIT @limit OFFSET @offset`,
    ),
    count: handle.prepare<[Filter], number>(`SELECT count(*) FROM audit WHERE ${MATCHES}`).pluck(),
    block: handle.prepare<[number, number], ChainedRow>(
      'SELECT * FROM audit WHERE seq > ? ORDER BY seq LIMIT ?',
    ),
    recent: handle.prepare<[number], ChainedRow>(
      'SELECT * FROM (SELECT * FROM audit ORDER BY seq DESC LIMIT ?) ORDER BY seq',
    ),
    newest: handle.prepare<[], { seq: number; hash: string }>(
      'SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1',
    ),
  };
}
