import { z } from 'zod';
import type { Issue } from './issue.ts';
import { raise } from './issue.ts';
import { moneySchema } from './money.ts';
import { monthRangesSchema } from './month-ranges.ts';
import { fundTypeSchema } from './policy.ts';
import type { FundType } from './policy.ts';
import { normaliseTyped } from './typed.ts';
import { rule } from './wording.ts';

/** 正常 and 停缴; the other states of GRZHZT are closed accounts (03 to 05), 06 冻结 and 99 其他. */
const STATUS_NORMAL = '01';
const STATUS_STOPPED = '02';
const closedStatuses: readonly string[] = ['03', '04', '05'];

export const PERSONAL_ACCOUNT_DIGITS = 12;
const FIELD = 'personalAccount';

const ratio = z.int().min(0).max(100);

/** One employee under one fund, as the local roster has it. Key: personal account and fund. */
export const rosterPersonSchema = z.object({
  personalAccount: z.string().regex(/^\d{12}$/),
  fundType: fundTypeSchema,
  name: z.string().min(1),
  idType: z.enum(['01', '02', '03', '04', '99']),
  idNumber: z.string().min(1),
  /** GRZHZT: 01 正常, 02 停缴, others as in JGJ/T 320. */
  status: z.enum(['01', '02', '03', '04', '05', '06', '99']),
  base: moneySchema,
  unitRatio: ratio,
  personalRatio: ratio,
  unitFen: moneySchema,
  personalFen: moneySchema,
  /** Months paid. */
  paid: monthRangesSchema,
});
export type RosterPerson = Readonly<z.output<typeof rosterPersonSchema>>;

/** How the local roster is asked. */
export interface RosterLookup {
  readonly findPerson: (personalAccount: string, fundType: FundType) => RosterPerson | undefined;
  /** Whether the account is this unit's under another fund: then the fund was chosen wrongly. */
  readonly isKnownUnderOtherFund: (personalAccount: string, fundType: FundType) => boolean;
}

export interface FoundPerson {
  readonly issues: readonly Issue[];
  /** Also there when the account's state stands against the entry: the clerk sees whom it is about. */
  readonly person?: RosterPerson;
  /** Normalised; only when it is a number that may be one. */
  readonly personalAccount?: string;
}

/**
 * Reads 个人客户号 and looks the person up (manual 十一(一)2 and 4). Without a known fund only the
 * number is checked. A 停缴 account stands for back-payments and is refused for 减少 (manual 七.2).
 */
export function findEmployee(
  typed: string,
  fundType: FundType | undefined,
  roster: RosterLookup,
  purpose: 'reduction' | 'backPay',
): FoundPerson {
  const { text, fullWidth } = normaliseTyped(typed);
  const personalAccount = text.replaceAll(' ', '');
  const found = (met: string) => ({ field: FIELD, value: typed, rule: met });
  const notices = fullWidth ? [raise('notice', 'TYPED_FULL_WIDTH', found(rule.fullWidth))] : [];
  const refuse = (issue: Issue) => ({ issues: [...notices, issue] });
  if (!/^\d*$/.test(personalAccount)) {
    return refuse(raise('error', 'ACCOUNT_CHARACTERS', found(rule.accountDigits)));
  }
  if (personalAccount.length !== PERSONAL_ACCOUNT_DIGITS) {
    const met = rule.accountLength(PERSONAL_ACCOUNT_DIGITS, personalAccount.length);
    return refuse(raise('error', 'ACCOUNT_LENGTH', found(met)));
  }
  if (fundType === undefined) return { issues: notices, personalAccount };
  const person = roster.findPerson(personalAccount, fundType);
  if (!person) {
    const issue = roster.isKnownUnderOtherFund(personalAccount, fundType)
      ? raise('error', 'ACCOUNT_OTHER_FUND', found(rule.accountFund))
      : raise('error', 'ACCOUNT_UNKNOWN', found(rule.accountKnown));
    return { ...refuse(issue), personalAccount };
  }
  const state = checkStatus(person, purpose, found);
  return { issues: [...notices, ...state], personalAccount, person };
}

function checkStatus(
  { status, personalAccount }: RosterPerson,
  purpose: 'reduction' | 'backPay',
  found: (met: string) => { field: string; value: string; rule: string },
): Issue[] {
  if (status === STATUS_NORMAL) return [];
  if (status === STATUS_STOPPED) {
    if (purpose === 'backPay') return [];
    return [raise('error', 'ACCOUNT_STOPPED', found(rule.accountStopped(personalAccount)))];
  }
  if (closedStatuses.includes(status)) {
    return [raise('error', 'ACCOUNT_CLOSED', found(rule.accountState))];
  }
  return [raise('counter', 'ACCOUNT_COUNTER', found(rule.accountState))];
}
