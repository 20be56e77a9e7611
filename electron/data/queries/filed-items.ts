import { fail, type Result, succeed } from '../../../shared/errors/result.ts';
import type { ItemChoice, ItemSort, QueryItem } from '../../../shared/ipc/queries.ts';
import { maskIdNumber } from '../../../shared/rules/identity.ts';
import type { ItemState } from '../../../shared/wire/orders.ts';
import type { UnitDatabase } from '../ports.ts';

export interface ItemPage {
  readonly oid: string;
  readonly choice: ItemChoice;
  readonly sort: ItemSort;
  readonly descending: boolean;
  readonly offset: number;
  readonly limit: number;
}

/** An item with the number that stays here. */
type StoredItem = Omit<QueryItem, 'maskedId'> & { readonly idNumber: string };

/** The items of one order, ID numbers masked. Of an order filed elsewhere the roster gives names by account. */
export class FiledItems {
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(database: UnitDatabase) {
    this.#statements = prepareStatements(database);
  }

  /** NO_RECORD where neither the order nor a receipt for it is here. */
  list(page: ItemPage): Result<{ rows: QueryItem[]; total: number }> {
    const read = this.#read(page.oid);
    if (!read.ok) return read;
    const chosen = read.value.filter((item) => isChosen(item.state, page.choice));
    const sorted = sortItems(chosen, page.sort, page.descending);
    const rows = sorted.slice(page.offset, page.offset + page.limit).map(mask);
    return succeed({ rows, total: sorted.length });
  }

  /** The named ones with their whole numbers, in the order asked for; NO_RECORD where one is missing. */
  some(oid: string, seqs: readonly number[]): Result<readonly StoredItem[]> {
    const read = this.#read(oid);
    if (!read.ok) return read;
    const items = new Map(read.value.map((item) => [item.seq, item]));
    const found = seqs.map((seq) => items.get(seq));
    const known = found.filter((item) => item !== undefined);
    return known.length === seqs.length ? succeed(known) : fail('NO_RECORD', oid);
  }

  #read(oid: string): Result<readonly StoredItem[]> {
    const { isHere, own, isElsewhere, others } = this.#statements;
    if (isHere.get(oid) === 1) return succeed(own.all(oid));
    if (isElsewhere.get(oid) === 1) return succeed(others.all({ oid }));
    return fail('NO_RECORD', oid);
  }
}

function mask({ idNumber, ...item }: StoredItem): QueryItem {
  return { ...item, maskedId: maskIdNumber(idNumber) };
}

function isChosen(state: ItemState | null, choice: ItemChoice): boolean {
  if (choice === 'all') return true;
  if (choice === 'pending') return state === 'pending' || state === 'processing';
  return state === choice;
}

/** What a clerk has to see to comes first. */
const stateOrder: Readonly<Record<ItemState, number>> = {
  failed: 0,
  pending: 1,
  processing: 2,
  succeeded: 3,
};
const bySound = new Intl.Collator('zh-Hans-CN-u-co-pinyin');

type Compare = (a: StoredItem, b: StoredItem) => number;

const comparers: Readonly<Record<ItemSort, Compare>> = {
  seq: (a, b) => a.seq - b.seq,
  name: (a, b) => bySound.compare(a.name, b.name),
  personalAccount: (a, b) => Number(a.personalAccount) - Number(b.personalAccount),
  base: (a, b) => (a.base ?? 0) - (b.base ?? 0),
  total: (a, b) => (a.totalFen ?? 0) - (b.totalFen ?? 0),
  state: (a, b) => rankOf(a) - rankOf(b),
  reason: (a, b) => bySound.compare(a.reason, b.reason),
};

function rankOf({ state }: StoredItem): number {
  return state === null ? stateOrder.succeeded + 1 : stateOrder[state];
}

function sortItems(items: readonly StoredItem[], sort: ItemSort, descending: boolean) {
  const compare = comparers[sort];
  const turn = descending ? -1 : 1;
  return [...items].sort((a, b) => turn * compare(a, b) || a.seq - b.seq);
}

/** The one person the account is, whatever its funds; the accounts of a unit differ by person. */
const PERSON = (column: string) => `coalesce((SELECT e.${column} FROM employee e
  WHERE e.generation = (SELECT roster_generation FROM unit)
    AND e.personal_account = i.personal_account LIMIT 1), '')`;

function prepareStatements({ handle }: UnitDatabase) {
  return {
    isHere: handle
      .prepare<[string], number>('SELECT EXISTS (SELECT 1 FROM orders WHERE oid = ?)')
      .pluck(),
    isElsewhere: handle
      .prepare<[string], number>('SELECT EXISTS (SELECT 1 FROM receipt_head WHERE oid = ?)')
      .pluck(),
    own: handle.prepare<[string], StoredItem>(
      `SELECT seq, name, id_number AS idNumber, personal_account AS personalAccount,
         fund_type AS fundType, from_month AS "from", to_month AS "to",
         reduction_reason AS reductionReason, base, unit_ratio AS unitRatio, unit_fen AS unitFen,
         personal_fen AS personalFen, total_fen AS totalFen, state, reason,
         landed_month AS landedMonth, changed_at AS changedAt
       FROM order_item WHERE oid = ? ORDER BY seq`,
    ),
    others: handle.prepare<[{ oid: string }], StoredItem>(
      `SELECT i.seq, ${PERSON('name')} AS name, ${PERSON('id_number')} AS idNumber,
         i.personal_account AS personalAccount, NULL AS fundType, 0 AS "from", 0 AS "to",
         '' AS reductionReason, NULL AS base, NULL AS unitRatio, NULL AS unitFen,
         NULL AS personalFen, NULL AS totalFen, i.state, i.reason, i.landed_month AS landedMonth,
         i.changed_at AS changedAt
       FROM other_item i WHERE i.oid = @oid ORDER BY i.seq`,
    ),
  };
}
