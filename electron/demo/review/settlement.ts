import {
  type MissedBackPayItem,
  missedBackPayItemSchema,
  type ReductionItem,
  reductionItemSchema,
  type RegistrationItem,
  registrationItemSchema,
  type ShortfallBackPayItem,
  shortfallBackPayItemSchema,
} from '../../../shared/wire/orders.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { type CentreDatabase, listRows } from '../centre/database.ts';
import type { RosterVersions } from '../ledger/changes.ts';
import { addPaidMonths, type Cause, openAccount, sealAccount } from '../ledger/effects.ts';
import { type Account, type AccountClaim, findAccount } from './accounts.ts';
import { findPaidMonths } from './missed-back-pay.ts';
import { nameMonths } from './months.ts';
import { personOf } from './person.ts';

/** An accepted item whose time has come. */
export interface UnsettledItem {
  readonly unit: string;
  readonly kind: EntryKind;
  /** Of 减少 and 补缴; of a registration there is none yet. */
  readonly personal_account: string | null;
  /** As ordered, JSON. */
  readonly content: string;
}

export interface Settlement {
  /** Why it failed; empty when it succeeded. */
  readonly reason: string;
  readonly account: string | null;
}

/** Takes effect or says why not: the books may have changed since the order was accepted. */
export function settle(
  db: CentreDatabase,
  { unit, kind, personal_account: account, content }: UnsettledItem,
  cause: Cause,
  versions: RosterVersions,
): Settlement {
  const ordered: unknown = JSON.parse(content);
  const settled = (reason: string | undefined) => ({ reason: reason ?? '', account });
  switch (kind) {
    case 'registration':
      return register(db, unit, registrationItemSchema.parse(ordered), cause, versions);
    case 'reduction':
      return settled(reduce(db, unit, reductionItemSchema.parse(ordered), cause, versions));
    case 'missedBackPay':
      return settled(payMissed(db, unit, missedBackPayItemSchema.parse(ordered), versions));
    case 'shortfallBackPay':
      return settled(payShortfall(db, unit, shortfallBackPayItemSchema.parse(ordered)));
  }
}

function register(
  db: CentreDatabase,
  unit: string,
  item: RegistrationItem,
  cause: Cause,
  versions: RosterVersions,
): Settlement {
  const id18 = personOf(item.idNumber);
  const reason = findActive(db, unit, id18, item.fundType) ?? findHold(db, id18);
  if (reason !== undefined) return { reason, account: null };
  return { reason: '', account: openAccount(db, unit, item, cause, versions) };
}

function reduce(
  db: CentreDatabase,
  unit: string,
  item: ReductionItem,
  cause: Cause,
  versions: RosterVersions,
): string | undefined {
  const account = findHeldAccount(db, unit, item);
  if (!account) return NOT_HELD;
  if (account.status !== '01') return '该职工已停缴。';
  const hold = findHold(db, account.id18);
  if (hold === undefined) sealAccount(db, unit, item, cause, versions);
  return hold;
}

function payMissed(
  db: CentreDatabase,
  unit: string,
  item: MissedBackPayItem,
  versions: RosterVersions,
): string | undefined {
  const account = findHeldAccount(db, unit, item);
  if (!account) return NOT_HELD;
  const months = findPaidMonths(item, account.paid);
  if (months.length > 0) return `存在重复补缴的年月：${nameMonths(months)}。`;
  const hold = findHold(db, account.id18);
  if (hold === undefined) addPaidMonths(db, unit, item, versions);
  return hold;
}

function payShortfall(
  db: CentreDatabase,
  unit: string,
  item: ShortfallBackPayItem,
): string | undefined {
  const account = findHeldAccount(db, unit, item);
  return account ? findHold(db, account.id18) : NOT_HELD;
}

const NOT_HELD = '该职工不存在缴存关系或不属于此单位。';

/** 正常 or 停缴: anything else has come to its end at the counter meanwhile. */
function findHeldAccount(
  db: CentreDatabase,
  unit: string,
  item: Pick<AccountClaim, 'personalAccount' | 'fundType'>,
): Account | undefined {
  const account = findAccount(db, unit, item);
  return account?.status === '01' || account?.status === '02' ? account : undefined;
}

/** What only the centre can see of a registration: the same person 正常 anywhere. */
function findActive(
  db: CentreDatabase,
  unit: string,
  id18: string,
  fundType: string,
): string | undefined {
  const active = listRows<{ unit: string }>(
    db,
    "SELECT unit FROM employee WHERE id18 = ? AND fund_type = ? AND status = '01' AND removed = 0",
    id18,
    fundType,
  )[0];
  if (!active) return undefined;
  const where = active.unit === unit ? '本单位' : '其他单位';
  return `存在正常缴存账户：该职工在${where}正常缴存，须先办理职工减少。`;
}

/** Held back by the reviewer, or frozen. By the centre's identity, whatever a batch said. */
function findHold(db: CentreDatabase, id18: string): string | undefined {
  return listRows<{ reason: string }>(db, 'SELECT reason FROM review_hold WHERE id18 = ?', id18)[0]
    ?.reason;
}
