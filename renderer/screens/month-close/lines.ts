import { useEffect, useState } from 'react';
import { succeed } from '../../../shared/errors/result.ts';
import type { Failure, Result } from '../../../shared/errors/result.ts';
import type { MonthLine, MonthSide } from '../../../shared/ipc/month-close.ts';
import type { MemberMoney } from '../../../shared/wire/month-close.ts';
import { ask } from '../../bridge.ts';
import { monthClose as words } from '../../text/month-close.ts';
import { moneyText } from './figures.ts';

const PAGE = 500;

interface Lines {
  readonly lines: readonly MonthLine[];
  readonly failure: Failure | undefined;
}

const noLines: Lines = { lines: [], failure: undefined };

/** All people behind a comparison, page by page: a comparison never changes. */
export async function readAllLines(number: number): Promise<Result<readonly MonthLine[]>> {
  const lines: MonthLine[] = [];
  for (;;) {
    const page = await ask('month.lines', { number, offset: lines.length, limit: PAGE });
    if (!page.ok) return page;
    lines.push(...page.value.lines);
    if (page.value.lines.length < PAGE) return succeed(lines);
  }
}

export function useLines(number: number): Lines {
  const [read, setRead] = useState<Lines & { readonly of: number }>();
  useEffect(() => {
    let isWanted = true;
    void readAllLines(number).then((all) => {
      if (!isWanted) return;
      setRead({ of: number, lines: all.ok ? all.value : [], failure: all.ok ? undefined : all });
    });
    return () => {
      isWanted = false;
    };
  }, [number]);
  return read?.of === number ? read : noLines;
}

type SideField = Exclude<keyof MonthSide, 'moved'>;
const moneyFields = ['base', 'unitFen', 'personalFen'] as const;
const monthlyFen = (money: MemberMoney) => money.unitFen + money.personalFen;

/** What the counter did: who stopped is not to look like somebody who pays. */
function movedText({ before, after }: NonNullable<MonthSide['moved']>): string {
  if (before === null || after === null) {
    const money = moneyText(monthlyFen(after ?? before ?? { base: 0, unitFen: 0, personalFen: 0 }));
    return after === null ? words.stopped(money) : words.active(money);
  }
  const isMonthly = monthlyFen(before) !== monthlyFen(after);
  const fields = moneyFields.filter((field) => before[field] !== after[field]);
  const named = isMonthly ? fields.filter((field) => field === 'base') : fields;
  return [
    ...(isMonthly
      ? [words.turned(words.side.monthly, ...pairOf(monthlyFen(before), monthlyFen(after)))]
      : []),
    ...named.map((field) =>
      words.turned(words.side[field], ...pairOf(before[field], after[field])),
    ),
  ].join('，');
}

const pairOf = (before: number, after: number) => [moneyText(before), moneyText(after)] as const;

/** One side in words; where both sides are there, only what is not the same. */
export function sideText(line: MonthLine, of: 'ours' | 'centre'): string {
  const side = line[of];
  const other = line[of === 'ours' ? 'centre' : 'ours'];
  if (!side) return words.nothing;
  const moved = side.moved && movedText(side.moved);
  if (moved) return moved;
  const parts: string[] = [];
  const add = (field: SideField, text: string) => {
    if (line.standing !== 'differs' || side[field] !== other?.[field]) {
      parts.push(`${words.side[field]} ${text}`);
    }
  };
  if (line.standing === 'differs' && side.businessMonth > 0) {
    add('businessMonth', String(side.businessMonth));
  }
  if (side.paidFen > 0) add('paidFen', moneyText(side.paidFen));
  else if (line.standing === 'differs') {
    for (const field of moneyFields) add(field, moneyText(side[field]));
  } else parts.push(`${words.side.monthly} ${moneyText(side.unitFen + side.personalFen)}`);
  return parts.join('，');
}
