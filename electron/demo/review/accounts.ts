import type { FundType } from '../../../shared/rules/policy.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { type CentreDatabase, listRows } from '../centre/database.ts';
import type { Bench, Raise } from './judgement.ts';
import type { MonthRange } from './months.ts';
import { personOf } from './person.ts';

/** One person's account under one fund in one unit, as it stands in the centre's books. */
export interface Account {
  readonly name: string;
  readonly id18: string;
  readonly status: string;
  readonly unitFen: number;
  readonly personalFen: number;
  readonly paid: readonly MonthRange[];
}

interface AccountRow {
  readonly name: string;
  readonly id18: string;
  readonly status: string;
  readonly unit_fen: number;
  readonly personal_fen: number;
  readonly paid: string;
}

/** Who an item of 减少 or 补缴 says it is for. */
export interface AccountClaim {
  readonly fundType: FundType;
  readonly personalAccount: string;
  readonly name: string;
  readonly idNumber: string;
}

/** Undefined when there is none in this unit, whatever other units have. */
export function findAccount(
  db: CentreDatabase,
  unit: string,
  { personalAccount, fundType }: Pick<AccountClaim, 'personalAccount' | 'fundType'>,
): Account | undefined {
  const row = listRows<AccountRow>(
    db,
    `SELECT name, id18, status, unit_fen, personal_fen, paid FROM employee
     WHERE unit = ? AND personal_account = ? AND fund_type = ? AND removed = 0`,
    unit,
    personalAccount,
    fundType,
  )[0];
  if (!row) return undefined;
  const { name, id18, status, unit_fen: unitFen, personal_fen: personalFen } = row;
  return { name, id18, status, unitFen, personalFen, paid: JSON.parse(row.paid) as MonthRange[] };
}

/**
 * The account an item is for, once fund, account and (in a single entry) the person have been
 * checked. A batch is compared by the program, and going on means that the centre's identity holds
 * (manual 七(二), 八(二)).
 */
export function checkAccount(
  { db, unit, terms }: Bench,
  origin: 'single' | 'batch',
  item: AccountClaim,
  raise: Raise<AccountClaim>,
): Account | undefined {
  if (!terms.fundTypes.includes(item.fundType)) {
    raise('fundType', 'FUND_TYPE_UNKNOWN', '资金性质不正确');
    return undefined;
  }
  const account = findAccount(db, unit, item);
  if (!account) {
    raiseUnknown(db, unit, item, raise);
    return undefined;
  }
  if (origin === 'single') comparePerson(item, account, raise);
  const fault = stateFaults[account.status];
  if (!fault) return account;
  raise('personalAccount', fault.code, fault.msg);
  return undefined;
}

/** 正常 and 停缴 have a 缴存关系 with the unit; any other state (GRZHZT) stands against 减少 and 补缴. */
const closed = { code: 'ACCOUNT_CLOSED', msg: '该账户已销户' } as const;
const counter = {
  code: 'ACCOUNT_COUNTER',
  msg: '该账户的状态不能在网上办理，请到柜面办理',
} as const;
const stateFaults: Readonly<Record<string, typeof closed | typeof counter | undefined>> = {
  '03': closed,
  '04': closed,
  '05': closed,
  '06': counter,
  '99': counter,
};

function raiseUnknown(
  db: CentreDatabase,
  unit: string,
  item: AccountClaim,
  raise: Raise<AccountClaim>,
): void {
  const fundType = item.fundType === '10' ? '11' : '10';
  if (findAccount(db, unit, { ...item, fundType })) {
    raise('personalAccount', 'ACCOUNT_OTHER_FUND', '该职工没有所选资金性质的账户');
  } else {
    raise('personalAccount', 'ACCOUNT_UNKNOWN', '该职工不存在缴存关系或不属于此单位');
  }
}

function comparePerson(item: AccountClaim, account: Account, raise: Raise<AccountClaim>): void {
  if (item.name !== account.name) {
    raise('name', 'PERSON_DIFFERS', `姓名${item.name}与中心登记不一致`);
  }
  if (personOf(item.idNumber) !== account.id18) {
    raise('idNumber', 'PERSON_DIFFERS', `证件号码${item.idNumber}与中心登记不一致`);
  }
}

/** Items of a batch that the centre took and has not processed yet, of one account; as JSON. */
export function listUnderWay(
  { db, unit }: Bench,
  kind: EntryKind,
  { personalAccount, fundType }: AccountClaim,
): string[] {
  return listRows<{ content: string }>(
    db,
    `SELECT content FROM item WHERE unit = ? AND personal_account = ? AND fund_type = ? AND kind = ?
     AND state IN ('pending', 'processing')`,
    unit,
    personalAccount,
    fundType,
    kind,
  ).map(({ content }) => content);
}
