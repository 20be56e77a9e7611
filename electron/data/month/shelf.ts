import { succeed } from '../../../shared/errors/result.ts';
import type { Result } from '../../../shared/errors/result.ts';
import { monthComparisonSchema, monthSideSchema } from '../../../shared/ipc/month-close.ts';
import type {
  MonthComparison,
  MonthLine,
  MonthSide,
  MonthView,
  TrendPoint,
} from '../../../shared/ipc/month-close.ts';
import type { MonthFigure, MonthStanding } from '../../../shared/wire/month-close.ts';
import type { FundType } from '../../../shared/wire/primitives.ts';
import type { UnitContext } from '../ports.ts';
import type { ProvenFigure } from './figure.ts';
import type { FoundLine } from './matching.ts';
import { countNewer, isOwnOrder } from './own-books.ts';

/** People are kept up to here; what is beyond is counted. */
const LINES_KEPT_MAX = 2_000;
const TREND_MONTHS = 12;

export interface Outcome {
  readonly proven: ProvenFigure;
  readonly verdict: MonthView['verdict'];
  readonly comparison: MonthComparison;
  readonly lines: readonly FoundLine[];
}

/** Comparisons as they were made: each is kept, the last one of a month is shown. */
export class MonthShelf {
  readonly #context: UnitContext;

  constructor(context: UnitContext) {
    this.#context = context;
  }

  /** One transaction; the value is the number it has. */
  keep({ proven, verdict, comparison, lines }: Outcome): Result<number> {
    const { database, clock, audit, user } = this.#context;
    const { handle } = database;
    const { figure, bytes, hash } = proven;
    const { businessMonth, currentMonth, at, rosterVersion } = figure;
    return database.write(() => {
      const { lastInsertRowid } = handle
        .prepare(
          `INSERT INTO month_figure (business_month, current_month, at, roster_version, bytes, hash,
             verdict, comparison, user, received_at)
           VALUES (@businessMonth, @currentMonth, @at, @rosterVersion, @bytes, @hash, @verdict,
             @comparison, @user, @receivedAt)`,
        )
        .run({
          ...{ businessMonth, currentMonth, at, rosterVersion, bytes, hash, verdict, user },
          comparison: JSON.stringify(comparison),
          receivedAt: clock.now(),
        });
      const number = Number(lastInsertRowid);
      const insert = handle.prepare(
        `INSERT INTO month_line (figure, number, standing, about, personal_account, fund_type, name,
           oid, ours, centre)
         VALUES (@figure, @number, @standing, @about, @personalAccount, @fundType, @name, @oid,
           @ours, @centre)`,
      );
      for (const [index, line] of lines.slice(0, LINES_KEPT_MAX).entries()) {
        const jsonOf = (side: MonthSide | null) => side && JSON.stringify(side);
        const { ours, centre, ...said } = line;
        insert.run({
          ...said,
          ...{ figure: number, number: index + 1, ours: jsonOf(ours), centre: jsonOf(centre) },
        });
      }
      audit.record('monthCompared', { businessMonth, verdict, digest: hash });
      return succeed(number);
    });
  }

  /** The last comparison of a month. */
  read(businessMonth: number): MonthView | null {
    const { database } = this.#context;
    const row = database.handle
      .prepare<[number], Omit<MonthView, 'comparison' | 'newer'> & { comparison: string }>(
        `SELECT number, business_month AS businessMonth, current_month AS currentMonth, at,
           roster_version AS rosterVersion, hash, verdict, comparison, user
         FROM month_figure WHERE business_month = ? ORDER BY number DESC LIMIT 1`,
      )
      .get(businessMonth);
    if (!row) return null;
    const comparison = monthComparisonSchema.parse(JSON.parse(row.comparison));
    return { ...row, comparison, newer: countNewer(database, row.at) };
  }

  lines(number: number, offset: number, limit: number): { lines: MonthLine[]; total: number } {
    const { database } = this.#context;
    const total = database.handle
      .prepare<[number], number>('SELECT count(*) FROM month_line WHERE figure = ?')
      .pluck()
      .get(number);
    const rows = database.handle
      .prepare<[number, number, number], LineRow>(
        `SELECT number, standing, about, personal_account AS personalAccount,
           fund_type AS fundType, name, oid, ours, centre
         FROM month_line WHERE figure = ? ORDER BY number LIMIT ? OFFSET ?`,
      )
      .all(number, limit, offset);
    const sideOf = (json: string | null) =>
      json === null ? null : monthSideSchema.parse(JSON.parse(json));
    const lines = rows.map((row): MonthLine => ({
      ...row,
      oid: row.oid !== '' && isOwnOrder(database, row.oid) ? row.oid : '',
      ours: sideOf(row.ours),
      centre: sideOf(row.centre),
    }));
    return { lines, total: total ?? 0 };
  }

  /** 本月 of the month before, as the centre last gave it after that month had ended. */
  closingOf(businessMonth: number): ReadonlyMap<FundType, MonthStanding> | undefined {
    const json = this.#context.database.handle
      .prepare<[number], string>(
        `SELECT comparison FROM month_figure WHERE business_month = ?
           AND current_month > business_month ORDER BY number DESC LIMIT 1`,
      )
      .pluck()
      .get(businessMonth);
    if (json === undefined) return undefined;
    const { funds } = monthComparisonSchema.parse(JSON.parse(json));
    return new Map(funds.map(({ fundType, centre }) => [fundType, centre.now]));
  }

  /** The months up to the newest, each by its last figure, or else by its last sync. */
  trend(): TrendPoint[] {
    const { handle } = this.#context.database;
    const points = new Map<number, TrendPoint>();
    const syncs = handle
      .prepare<[], Omit<TrendPoint, 'source'>>(
        `SELECT business_month AS businessMonth, accounts, fen, at FROM sync
         WHERE number IN (SELECT max(number) FROM sync WHERE business_month > 0 GROUP BY business_month)`,
      )
      .all();
    for (const sync of syncs) points.set(sync.businessMonth, { ...sync, source: 'sync' });
    const figures = handle
      .prepare<[], { businessMonth: number; at: string; comparison: string }>(
        `SELECT business_month AS businessMonth, at, comparison FROM month_figure
         WHERE number IN (SELECT max(number) FROM month_figure GROUP BY business_month)`,
      )
      .all();
    for (const { businessMonth, at, comparison } of figures) {
      const known = points.get(businessMonth);
      if (known && known.at > at) continue;
      const { funds } = monthComparisonSchema.parse(JSON.parse(comparison));
      const sum = (of: 'heads' | 'fen') =>
        funds.reduce((all, fund) => all + fund.centre.now[of], 0);
      points.set(businessMonth, {
        ...{ businessMonth, at, accounts: sum('heads'), fen: sum('fen') },
        source: 'figure',
      });
    }
    const known = [...points.values()].sort((a, b) => a.businessMonth - b.businessMonth);
    return known.slice(-TREND_MONTHS);
  }
}

interface LineRow extends Omit<MonthLine, 'ours' | 'centre'> {
  readonly ours: string | null;
  readonly centre: string | null;
}

/** Whether a figure goes on from the one before. */
export function openingOf(
  figure: MonthFigure,
  closing: ReadonlyMap<FundType, MonthStanding> | undefined,
): MonthComparison['opening'] {
  if (!closing) return 'unknown';
  const isSame = figure.funds.every(({ fundType, last }) => {
    const before = closing.get(fundType);
    return before === undefined || (before.heads === last.heads && before.fen === last.fen);
  });
  return isSame ? 'same' : 'moved';
}
