import { fail, succeed } from '../../../shared/errors/result.ts';
import type { Result } from '../../../shared/errors/result.ts';
import type {
  FundComparison,
  MonthComparison,
  MonthView,
} from '../../../shared/ipc/month-close.ts';
import { previousMonth, toMonth } from '../../../shared/rules/months.ts';
import type { MonthChange, MonthFigure } from '../../../shared/wire/month-close.ts';
import { readUnit } from '../db/unit-row.ts';
import type { DataHandlers, OrderBook, ParameterBook, UnitContext } from '../ports.ts';
import { pauseUnless } from '../roster/slices.ts';
import type { RosterSync } from '../roster/sync.ts';
import { columnOf, isEqual, standingOf, sumOwn } from './columns.ts';
import { askChanges, askFigure, askMembers, MOVED } from './figure.ts';
import type { FigureSource, ProvenFigure } from './figure.ts';
import { matchChanges, undo } from './matching.ts';
import type { FoundLine } from './matching.ts';
import { compareMembers } from './members.ts';
import type { MemberNames } from './members.ts';
import {
  countUndecided,
  findReceipt,
  isOwnOrder,
  listOwnChanges,
  readMembers,
} from './own-books.ts';
import type { Members } from './own-books.ts';
import { MonthShelf, openingOf } from './shelf.ts';
import type { Outcome } from './shelf.ts';

/** How often the books may move under a comparison before the clerk is asked to come again. */
const TRIES_MAX = 5;

export interface MonthContext extends UnitContext, FigureSource {
  readonly parameters: Pick<ParameterBook, 'refresh'>;
  readonly sync: Pick<RosterSync, 'run'>;
  readonly orders: Pick<OrderBook, 'refresh'>;
}

/**
 * 单位网上对账: 上月 + 登记 - 减少 = 本月, ours against the centre's signed figure, people and money.
 * Both sides are of one state of the centre's books, or there is no comparison.
 */
export class MonthClose {
  readonly #context: MonthContext;
  readonly #shelf: MonthShelf;

  constructor(context: MonthContext) {
    this.#context = context;
    this.#shelf = new MonthShelf(context);
  }

  readonly read: DataHandlers['month.read'] = ({ businessMonth }) =>
    succeed({ view: this.#shelf.read(businessMonth) });

  readonly lines: DataHandlers['month.lines'] = ({ number, offset, limit }) =>
    succeed(this.#shelf.lines(number, offset, limit));

  readonly trend: DataHandlers['month.trend'] = () => succeed({ points: this.#shelf.trend() });

  readonly compare = async ({
    businessMonth,
  }: {
    readonly businessMonth: number;
  }): Promise<Result<{ view: MonthView }>> => {
    const refreshed = await this.#context.parameters.refresh();
    if (!refreshed.ok) return refreshed;
    for (let tries = 0; tries < TRIES_MAX; tries += 1) {
      const outcome = await this.#attempt(businessMonth);
      if (!outcome.ok) return outcome;
      if (outcome.value === MOVED) continue;
      const kept = this.#shelf.keep(outcome.value);
      if (!kept.ok) return kept;
      this.#context.changed('roster');
      const view = this.#shelf.read(businessMonth);
      if (!view) throw new Error('a comparison that was kept cannot be found');
      return succeed({ view });
    }
    return fail('MONTH_MOVING');
  };

  /** Roster first, then results, then the figure: equal marks mean that nothing lies between. */
  async #attempt(businessMonth: number): Promise<Result<Outcome | typeof MOVED>> {
    const { sync, orders } = this.#context;
    const synced = await sync.run();
    if (!synced.ok) return synced;
    const fetched = await orders.refresh({});
    if (!fetched.ok) return fetched;
    const proven = await askFigure(this.#context, businessMonth);
    if (!proven.ok) return proven;
    const { figure } = proven.value;
    if (!this.#isUpToDate(figure)) return succeed(MOVED);
    const changes = await askChanges(this.#context, figure);
    if (!changes.ok) return changes;
    return changes.value === MOVED ? succeed(MOVED) : this.#weigh(proven.value, changes.value);
  }

  #isUpToDate({ rosterVersion, resultsCursor }: MonthFigure): boolean {
    const { database } = this.#context;
    const cursor = database.handle
      .prepare<[], number>('SELECT cursor FROM result_cursor')
      .pluck()
      .get();
    return readUnit(database).rosterVersion === rosterVersion && cursor === resultsCursor;
  }

  async #weigh(
    proven: ProvenFigure,
    centre: readonly MonthChange[],
  ): Promise<Result<Outcome | typeof MOVED>> {
    const { database, trust } = this.#context;
    const { figure } = proven;
    const { businessMonth } = figure;
    const members = await readMembers(database, pauseUnless(new AbortController().signal));
    const { ours, lines } = matchChanges({
      ...{ businessMonth, centre, members },
      own: listOwnChanges(database, businessMonth),
      isOwnOrder: (oid) => isOwnOrder(database, oid),
      receiptOf: (oid) => findReceipt(database, oid, trust),
    });
    // from the roster of today back to the end of the month, then to its beginning
    undo(
      members,
      ours.filter((change) => change.businessMonth > businessMonth),
    );
    const before: Members = new Map(members);
    undo(
      before,
      ours.filter((change) => change.businessMonth === businessMonth),
    );
    const funds = figure.funds.map((fund): FundComparison => {
      const { fundType } = fund;
      const { digest, ...now } = standingOf(members, fundType);
      const last = standingOf(before, fundType);
      return {
        fundType,
        ours: {
          ...{ fundType, last: { heads: last.heads, fen: last.fen }, now },
          ...sumOwn(ours, businessMonth, fundType),
        },
        centre: columnOf(fund),
        membersEqual: digest === fund.digest,
      };
    });
    const people = await this.#findPeople(figure, funds, { now: members, last: before }, lines);
    if (!people.ok) return people;
    if (people.value === MOVED) return succeed(MOVED);
    const all = [...people.value, ...lines].sort((a, b) => rankOf(a) - rankOf(b));
    const closing = this.#shelf.closingOf(previousMonth(toMonth(businessMonth)));
    const comparison: MonthComparison = {
      funds,
      opening: openingOf(figure, closing),
      undecided: countUndecided(database, businessMonth),
      found: countFound(all),
    };
    return succeed({ proven, verdict: verdictOf(comparison), comparison, lines: all });
  }

  /** Where the lists of people are not the same: who it is. */
  async #findPeople(
    figure: MonthFigure,
    funds: readonly FundComparison[],
    held: { readonly now: Members; readonly last: Members },
    known: readonly FoundLine[],
  ): Promise<Result<FoundLine[] | typeof MOVED>> {
    const { businessMonth } = figure;
    const found: FoundLine[] = [];
    const isOff = {
      member: funds.some(({ membersEqual }) => !membersEqual),
      lastMember: funds.some(
        ({ ours, centre }) =>
          ours.last.heads !== centre.last.heads || ours.last.fen !== centre.last.fen,
      ),
    };
    for (const about of ['member', 'lastMember'] as const) {
      if (!isOff[about]) continue;
      const month = about === 'member' ? businessMonth : previousMonth(toMonth(businessMonth));
      const listed = await askMembers(this.#context, figure, month);
      if (!listed.ok) return listed;
      if (listed.value === MOVED) return succeed(MOVED);
      const ours = about === 'member' ? held.now : held.last;
      const terms = { about, nameOf: this.#names, known: [...known, ...found] };
      found.push(...compareMembers(ours, listed.value, terms));
    }
    return succeed(found);
  }

  readonly #names: MemberNames = (personalAccount, fundType) => {
    const { database } = this.#context;
    return (
      database.handle
        .prepare<[number, string, string], string>(
          `SELECT name FROM employee
           WHERE generation = ? AND personal_account = ? AND fund_type = ?`,
        )
        .pluck()
        .get(readUnit(database).rosterGeneration, personalAccount, fundType) ?? ''
    );
  };
}

/** What does not agree comes first. */
function rankOf({ standing }: FoundLine): number {
  return standing === 'elsewhere' ? 2 : standing === 'counter' ? 1 : 0;
}

function countFound(lines: readonly FoundLine[]): MonthComparison['found'] {
  const elsewhere = lines.filter(({ standing }) => standing === 'elsewhere').length;
  const counter = lines.filter(({ standing }) => standing === 'counter').length;
  return { differences: lines.length - elsewhere - counter, elsewhere, counter };
}

function verdictOf({ funds, opening, found }: MonthComparison): MonthView['verdict'] {
  if (!funds.every(isEqual) || opening === 'moved' || found.differences > 0) return 'differs';
  return found.elsewhere + found.counter > 0 ? 'explained' : 'equal';
}
