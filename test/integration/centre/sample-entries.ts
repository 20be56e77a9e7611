import Database from 'better-sqlite3';
import { join } from 'node:path';
import type {
  MissedBackPayItem,
  ReductionItem,
  ShortfallBackPayItem,
} from '../../../shared/wire/orders.ts';
import type { EntryKind, FundType } from '../../../shared/wire/primitives.ts';
import type { CentreProcess } from './centre-process.ts';

/** One row of a unit's people, read from the centre's own books. */
export interface Person {
  readonly account: string;
  readonly fund: FundType;
  readonly name: string;
  readonly idNumber: string;
  readonly id18: string;
  readonly status: string;
  readonly unitFen: number;
  readonly personalFen: number;
  readonly paid: string;
}

const COLUMNS = `personal_account AS account, fund_type AS fund, name, id_number AS idNumber, id18,
  status, unit_fen AS unitFen, personal_fen AS personalFen, paid`;

/** People of a unit that fit, in the order of their accounts; throws when there is none. */
export function findPeople(centre: CentreProcess, unit: string, where: string): Person[] {
  const db = new Database(join(centre.folder, 'centre', 'centre.db'), { readonly: true });
  const people = db
    .prepare<unknown[], Person>(
      `SELECT ${COLUMNS} FROM employee WHERE unit = ? AND removed = 0 AND (${where})
       ORDER BY personal_account, fund_type`,
    )
    .all(unit);
  db.close();
  if (people.length === 0) throw new Error(`nobody in ${unit} where ${where}`);
  return people;
}

export function findPerson(centre: CentreProcess, unit: string, where: string): Person {
  const [person] = findPeople(centre, unit, where);
  if (!person) throw new Error('nobody');
  return person;
}

/** 停缴 in 2025 or before: no month of 2026 is paid. */
export const STOPPED_EARLY =
  "fund_type = '10' AND status = '02' AND json_extract(paid, '$[#-1][1]') < 202601";

const claim = ({ account, fund, name, idNumber }: Person) => ({
  seq: 1,
  fundType: fund,
  personalAccount: account,
  name,
  idNumber,
});

export function reductionItem(person: Person, changes: Partial<ReductionItem> = {}): ReductionItem {
  const { unitFen, personalFen } = person;
  return { ...claim(person), reason: '04', unitFen, personalFen, ...changes };
}

/** 50,000.00 yuan at 12 % over the change of 1 July 2026: 2 x 4,762 + 2 x 5,058 = 19,640 each part. */
export function missedItem(
  person: Person,
  changes: Partial<MissedBackPayItem> = {},
): MissedBackPayItem {
  return {
    ...claim(person),
    from: 202605,
    to: 202608,
    wage: 5_000_000,
    unitRatio: 12,
    personalRatio: 12,
    unitFen: 1_964_000,
    personalFen: 1_964_000,
    ...changes,
  };
}

/** 30,000 paid, 50,000 due, at 12 % in June and July 2026: (4,762 - 3,600) + (5,058 - 3,600) = 2,620. */
export function shortfallItem(
  person: Person,
  changes: Partial<ShortfallBackPayItem> = {},
): ShortfallBackPayItem {
  return {
    ...claim(person),
    from: 202606,
    to: 202607,
    paidWage: 3_000_000,
    dueWage: 5_000_000,
    paidRatio: 12,
    dueRatio: 12,
    unitFen: 262_000,
    personalFen: 262_000,
    ...changes,
  };
}

interface AnyItem {
  readonly seq: number;
  readonly unitFen: number;
  readonly personalFen: number;
}

/** An order with right totals and numbering; anything of it may then be told a lie. */
export function orderOf(
  kind: EntryKind,
  items: readonly AnyItem[],
  changes: Readonly<Record<string, unknown>> = {},
) {
  return {
    kind,
    origin: 'single',
    businessMonth: 202612,
    totals: {
      count: items.length,
      fen: items.reduce((sum, { unitFen, personalFen }) => sum + unitFen + personalFen, 0),
    },
    items: items.map((item, index) => ({ ...item, seq: index + 1 })),
    ...changes,
  };
}
