import { createHash } from 'node:crypto';
import type { FundComparison, MonthColumn } from '../../../shared/ipc/month-close.ts';
import { memberLine } from '../../../shared/wire/month-close.ts';
import type { FundMonth, MonthChange, MonthStanding } from '../../../shared/wire/month-close.ts';
import type { FundType } from '../../../shared/wire/primitives.ts';
import type { Members } from './own-books.ts';

/** Heads and money of a fund, and the digest of its members as the centre makes it. */
export function standingOf(
  members: Members,
  fundType: FundType,
): MonthStanding & { readonly digest: string } {
  const hash = createHash('sha256');
  let heads = 0;
  let fen = 0;
  for (const key of [...members.keys()].sort()) {
    const [personalAccount = '', fund = ''] = key.split(' ');
    const money = members.get(key);
    if (fund !== fundType || !money) continue;
    heads += 1;
    fen += money.unitFen + money.personalFen;
    hash.update(`${memberLine({ personalAccount, fundType, ...money })}\n`);
  }
  return { heads, fen, digest: hash.digest('hex') };
}

const fenOf = (money: MonthChange['before']) => (money ? money.unitFen + money.personalFen : 0);

/** The middle of our column: what took effect in the month. */
export function sumOwn(
  changes: readonly MonthChange[],
  businessMonth: number,
  fundType: FundType,
): Omit<MonthColumn, 'fundType' | 'last' | 'now'> {
  const registered = { heads: 0, fen: 0 };
  const reduced = { heads: 0, fen: 0 };
  const counter = { count: 0, heads: 0, fen: 0 };
  const missedBackPay = { count: 0, fen: 0 };
  const shortfallBackPay = { count: 0, fen: 0 };
  for (const change of changes) {
    if (change.businessMonth !== businessMonth || change.fundType !== fundType) continue;
    switch (change.kind) {
      case 'registration':
        registered.heads += 1;
        registered.fen += fenOf(change.after);
        break;
      case 'reduction':
        reduced.heads += 1;
        reduced.fen += fenOf(change.before);
        break;
      case 'counter':
        counter.count += 1;
        counter.heads += (change.after ? 1 : 0) - (change.before ? 1 : 0);
        counter.fen += fenOf(change.after) - fenOf(change.before);
        break;
      case 'missedBackPay':
        missedBackPay.count += 1;
        missedBackPay.fen += change.paidFen;
        break;
      case 'shortfallBackPay':
        shortfallBackPay.count += 1;
        shortfallBackPay.fen += change.paidFen;
        break;
    }
  }
  return { registered, reduced, counter, missedBackPay, shortfallBackPay };
}

export function columnOf(fund: FundMonth): MonthColumn {
  const { fundType, last, registered, reduced, counter, now } = fund;
  const { missedBackPay, shortfallBackPay } = fund;
  const equation = { fundType, last, registered, reduced, counter, now };
  return { ...equation, missedBackPay, shortfallBackPay };
}

/** 上月 + 登记 - 减少 + 柜面 = 本月, for heads and for money. */
export function isEven({ last, registered, reduced, counter, now }: MonthColumn): boolean {
  return (['heads', 'fen'] as const).every(
    (of) => last[of] + registered[of] - reduced[of] + counter[of] === now[of],
  );
}

export function isEqual({ ours, centre, membersEqual }: FundComparison): boolean {
  return (
    membersEqual &&
    isEven(ours) &&
    isEven(centre) &&
    JSON.stringify(ordered(ours)) === JSON.stringify(ordered(centre))
  );
}

function ordered(column: MonthColumn) {
  const { last, registered, reduced, counter, now, missedBackPay, shortfallBackPay } = column;
  return [
    ...[last, registered, reduced, now].flatMap(({ heads, fen }) => [heads, fen]),
    ...[counter.count, counter.heads, counter.fen],
    ...[missedBackPay, shortfallBackPay].flatMap(({ count, fen }) => [count, fen]),
  ];
}
