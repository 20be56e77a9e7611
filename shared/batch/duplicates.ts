import { PERSONAL_ACCOUNT_DIGITS } from '../rules/employee.ts';
import type { RosterPerson } from '../rules/employee.ts';
import type { EntryContext, EntryTyped } from '../rules/entry.ts';
import { readFundType } from '../rules/fund-type.ts';
import { normaliseIdNumber, toEighteen } from '../rules/identity.ts';
import { raise } from '../rules/issue.ts';
import type { Issue } from '../rules/issue.ts';
import { parseMonth } from '../rules/months.ts';
import type { BusinessMonth } from '../rules/months.ts';
import { normaliseTyped } from '../rules/typed.ts';
import { batchRule } from './wording.ts';

/** Rows named in one sentence; of more the first ones. */
const ROWS_NAMED_MAX = 3;

/** What one row of a file takes for itself. Rows stand against each other only under the same key. */
export interface BatchClaim {
  readonly key: string;
  /** Column the issue is shown at, with the value found there. */
  readonly field: string;
  readonly value: string;
  /** A back-payment takes the months of a span; without one the key as a whole is taken. */
  readonly from?: BusinessMonth;
  readonly to?: BusinessMonth;
}

export interface ClaimingRow {
  readonly seq: number;
  /** In the file. */
  readonly row: number;
  readonly claims: readonly BatchClaim[];
}

/**
 * What a row claims: 登记 a person under a fund (15 and 18 characters are one), 减少 an account and
 * the person it is of, 补缴 of either kind the months of an account. What cannot be read claims nothing.
 */
export function claimsOf(
  typed: EntryTyped,
  person: RosterPerson | undefined,
  { terms }: Pick<EntryContext, 'terms'>,
): BatchClaim[] {
  const { fundType } = readFundType(typed.fundType, terms);
  if (fundType === undefined) return [];
  if (typed.kind === 'registration') {
    const id = normaliseIdNumber(typed.idNumber);
    if (!/^(?:\d{15}|\d{17}[\dX])$/.test(id)) return [];
    const key = `person ${fundType} ${toEighteen(id)}`;
    return [{ key, field: 'idNumber', value: typed.idNumber }];
  }
  const account = normaliseTyped(typed.personalAccount).text.replaceAll(' ', '');
  if (!/^\d+$/.test(account) || account.length !== PERSONAL_ACCOUNT_DIGITS) return [];
  const key = `account ${fundType} ${account}`;
  if (typed.kind === 'reduction') {
    const about = { field: 'personalAccount', value: typed.personalAccount };
    const claims = [{ key, ...about }];
    if (!person) return claims;
    return [...claims, { key: `person ${fundType} ${toEighteen(person.idNumber)}`, ...about }];
  }
  const from = parseMonth(normaliseTyped(typed.from).text);
  const to = parseMonth(normaliseTyped(typed.to).text);
  if (!from.ok || !to.ok || from.value > to.value) return [];
  const span = { from: from.value, to: to.value };
  return [{ key, field: 'from', value: `${typed.from}-${typed.to}`, ...span }];
}

/**
 * Rows of one file that stand against each other, by `seq`: one DUPLICATE_IN_FILE in each, naming
 * the other place. In the order of n log n: a whole file at once, or after one edit the rows alone
 * that share a key with the row before or after it.
 */
export function findDuplicates(rows: readonly ClaimingRow[]): Map<number, Issue[]> {
  const groups = new Map<string, Member[]>();
  for (const at of rows) {
    for (const claim of at.claims) {
      const group = groups.get(claim.key);
      if (group) group.push({ at, claim });
      else groups.set(claim.key, [{ at, claim }]);
    }
  }
  const others = new Map<number, { claim: BatchClaim; rows: Set<number> }>();
  for (const group of groups.values()) {
    if (group.length < 2) continue;
    for (const { at, claim, rows: against } of standAgainst(group)) {
      const known = others.get(at.seq);
      if (!known) others.set(at.seq, { claim, rows: new Set(against) });
      else for (const row of against) known.rows.add(row);
    }
  }
  return new Map(
    [...others].map(([seq, { claim, rows: against }]) => [seq, [tell(claim, against)]]),
  );
}

interface Member {
  readonly at: ClaimingRow;
  readonly claim: BatchClaim;
}
interface Against extends Member {
  readonly rows: readonly number[];
}

function standAgainst(group: readonly Member[]): Against[] {
  const months = group.filter(({ claim }) => claim.from !== undefined);
  const whole = group.filter(({ claim }) => claim.from === undefined);
  return [...againstWhole(whole), ...againstMonths(months)];
}

/** Each against the first others. */
function againstWhole(group: readonly Member[]): Against[] {
  if (group.length < 2) return [];
  const first = group.slice(0, ROWS_NAMED_MAX + 1);
  return group.map((member) => {
    const rows = first.filter(({ at }) => at.seq !== member.at.seq).map(({ at }) => at.row);
    return { ...member, rows: rows.slice(0, ROWS_NAMED_MAX) };
  });
}

/** Sorted by start: each against the one before that reaches furthest and against the next one. */
function againstMonths(group: readonly Member[]): Against[] {
  const start = ({ claim }: Member) => claim.from ?? 0;
  const end = ({ claim }: Member) => claim.to ?? 0;
  const sorted = [...group].sort((a, b) => start(a) - start(b) || a.at.seq - b.at.seq);
  const found: Against[] = [];
  let furthest: Member | undefined;
  for (const [i, member] of sorted.entries()) {
    const rows: number[] = [];
    if (furthest && end(furthest) >= start(member)) rows.push(furthest.at.row);
    const next = sorted[i + 1];
    if (next && start(next) <= end(member)) rows.push(next.at.row);
    if (rows.length > 0) found.push({ ...member, rows });
    if (!furthest || end(member) > end(furthest)) furthest = member;
  }
  return found;
}

function tell({ field, value, from }: BatchClaim, rows: ReadonlySet<number>): Issue {
  const named = [...rows].sort((a, b) => a - b).slice(0, ROWS_NAMED_MAX);
  const places = named.map((row) => `第${row}行`).join('、');
  const rule =
    from === undefined
      ? batchRule.sameIn(places, field === 'idNumber' ? '职工' : '个人客户号或职工')
      : batchRule.monthsIn(places);
  return raise('error', 'DUPLICATE_IN_FILE', { field, value, rule });
}
