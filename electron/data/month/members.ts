import type { MonthSide } from '../../../shared/ipc/month-close.ts';
import type { MemberMoney, MonthMember } from '../../../shared/wire/month-close.ts';
import { isSameMoney } from './matching.ts';
import type { FoundLine } from './matching.ts';
import { memberKey } from './own-books.ts';
import type { Members } from './own-books.ts';

/** The name of a member in the local roster; empty for nobody. */
export type MemberNames = (personalAccount: string, fundType: string) => string;

interface Terms {
  readonly about: 'member' | 'lastMember';
  readonly nameOf: MemberNames;
  /** Whoever has a line that explains it does not get a second one. */
  readonly known: readonly FoundLine[];
}

/** Who is on one list only, or on both with other money. */
export function compareMembers(
  ours: Members,
  centre: readonly MonthMember[],
  { about, nameOf, known }: Terms,
): FoundLine[] {
  const told = new Set(
    known
      .filter(({ standing }) => standing !== 'elsewhere' && standing !== 'counter')
      // a back-payment says nothing about who is a member
      .filter((line) => line.about !== 'missedBackPay' && line.about !== 'shortfallBackPay')
      .map((line) => memberKey(line.personalAccount, line.fundType)),
  );
  const lines: FoundLine[] = [];
  const left = new Map(ours);
  for (const { personalAccount, fundType, name, ...money } of centre) {
    const key = memberKey(personalAccount, fundType);
    const mine = left.get(key) ?? null;
    left.delete(key);
    if (isSameMoney(mine, money) || told.has(key)) continue;
    const standing = mine ? 'differs' : 'onlyCentre';
    const sides = { ours: mine && sideOf(mine), centre: sideOf(money) };
    lines.push({ standing, about, personalAccount, fundType, name, oid: '', ...sides });
  }
  for (const [key, money] of left) {
    if (told.has(key)) continue;
    const [personalAccount = '', fund] = key.split(' ');
    const fundType = fund === '11' ? '11' : '10';
    const name = nameOf(personalAccount, fundType);
    const sides = { ours: sideOf(money), centre: null };
    lines.push({ standing: 'onlyHere', about, personalAccount, fundType, name, oid: '', ...sides });
  }
  return lines;
}

function sideOf(money: MemberMoney): MonthSide {
  return { businessMonth: 0, ...money, paidFen: 0 };
}
