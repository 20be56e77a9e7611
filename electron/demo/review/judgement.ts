import type { ErrorCode } from '../../../shared/errors/catalogue.ts';
import type { UnitTerms } from '../../../shared/rules/policy.ts';
import type { ItemIssue } from '../../../shared/wire/orders.ts';
import type { Centre } from '../centre/centre.ts';
import type { CentreDatabase } from '../centre/database.ts';
import { termsOf, type UnitRow } from '../centre/parameters.ts';
import { readDay } from './calendar.ts';

/** What every rule of an order is judged by: the centre's books, its own terms and its own day. */
export interface Bench {
  readonly db: CentreDatabase;
  readonly unit: string;
  readonly terms: UnitTerms;
  /** yyyyMMdd */
  readonly today: string;
  /** The month now filed. */
  readonly businessMonth: number;
}

export function openBench(centre: Centre, unit: UnitRow, nowMs: number): Bench {
  const { date, businessMonth } = readDay(nowMs, centre.filing);
  return { db: centre.db, unit: unit.account, terms: termsOf(unit), today: date, businessMonth };
}

/** Says what is wrong with one field of the item at hand. */
export type Raise<Item> = (field: keyof Item & string, code: ErrorCode, msg: string) => void;

/** All issues of all items, in their order; nothing stops at the first. */
export function judgeItems<Item extends { readonly seq: number }>(
  items: readonly Item[],
  judge: (item: Item, raise: Raise<Item>) => void,
): ItemIssue[] {
  const issues: ItemIssue[] = [];
  for (const item of items) {
    judge(item, (field, code, msg) => {
      issues.push({ seq: item.seq, field, code, msg });
    });
  }
  return issues;
}
