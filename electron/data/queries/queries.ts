import { succeed } from '../../../shared/errors/result.ts';
import { maskIdNumber } from '../../../shared/rules/identity.ts';
import type { Audit, DataHandlers, UnitDatabase } from '../ports.ts';
import type { Roster } from '../roster/roster.ts';
import { ColumnChoice } from './column-choice.ts';
import { FiledItems } from './filed-items.ts';
import { FiledOrders } from './filed-orders.ts';
import { revealIdNumbers } from './revealing.ts';

interface QueryParts {
  readonly database: UnitDatabase;
  readonly audit: Audit;
  readonly roster: Roster;
}

/** 综合查询: handlers of the `query` operations. They read what is here; nothing is asked of the centre. */
export class Queries {
  readonly #parts: QueryParts;
  readonly #orders: FiledOrders;
  readonly #items: FiledItems;
  readonly #columns: ColumnChoice;

  constructor(parts: QueryParts) {
    this.#parts = parts;
    this.#orders = new FiledOrders(parts.database);
    this.#items = new FiledItems(parts.database);
    this.#columns = new ColumnChoice(parts.database);
  }

  readonly orders: DataHandlers['query.orders'] = ({ group, businessMonth }) =>
    succeed({
      orders: this.#orders.list(group, businessMonth),
      months: this.#orders.months(group),
      fetchedAt: this.#orders.fetchedAt(),
    });

  readonly items: DataHandlers['query.items'] = (page) => this.#items.list(page);

  readonly roster: DataHandlers['query.roster'] = (query) => {
    const found = this.#parts.roster.queryWithSums(query);
    const rows = found.rows.map(({ idNumber, ...row }) => ({
      ...row,
      maskedId: maskIdNumber(idNumber),
    }));
    return succeed({ rows, total: found.total, sums: found.sums });
  };

  readonly reveal: DataHandlers['query.reveal'] = (request) =>
    revealIdNumbers({ ...this.#parts, items: this.#items }, request);

  readonly columns: DataHandlers['query.columns'] = () =>
    succeed({ columns: this.#columns.read() });

  readonly keepColumns: DataHandlers['query.keepColumns'] = ({ columns }) =>
    this.#columns.keep(columns);
}
