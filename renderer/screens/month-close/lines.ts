import { useEffect, useState } from 'react';
import type { Failure } from '../../../shared/errors/result.ts';
import type { MonthLine, MonthSide } from '../../../shared/ipc/month-close.ts';
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
export function useLines(number: number): Lines {
  const [read, setRead] = useState<Lines & { readonly of: number }>();
  useEffect(() => {
    let isWanted = true;
    const load = async () => {
      const lines: MonthLine[] = [];
      for (;;) {
        const page = await ask('month.lines', { number, offset: lines.length, limit: PAGE });
        if (!isWanted) return;
        if (page.ok) lines.push(...page.value.lines);
        const isLast = !page.ok || page.value.lines.length < PAGE;
        if (isLast) {
          setRead({ of: number, lines, failure: page.ok ? undefined : page });
          return;
        }
      }
    };
    void load();
    return () => {
      isWanted = false;
    };
  }, [number]);
  return read?.of === number ? read : noLines;
}

type SideField = keyof MonthSide;
const moneyFields: readonly SideField[] = ['base', 'unitFen', 'personalFen'];

/** One side in words; where both sides are there, only what is not the same. */
export function sideText(line: MonthLine, of: 'ours' | 'centre'): string {
  const side = line[of];
  const other = line[of === 'ours' ? 'centre' : 'ours'];
  if (!side) return words.nothing;
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
