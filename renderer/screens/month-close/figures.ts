import type { FundComparison, MonthColumn, MonthView } from '../../../shared/ipc/month-close.ts';
import { formatFen, toFen } from '../../../shared/rules/money.ts';
import { fundTypeWords } from '../../text/common.ts';
import { monthClose as words } from '../../text/month-close.ts';
import { countText } from '../../text/numbers.ts';

export const equationRows = ['last', 'registered', 'reduced', 'counter', 'now'] as const;
export const paymentRows = ['missedBackPay', 'shortfallBackPay'] as const;
export type FigureRow = (typeof equationRows)[number] | (typeof paymentRows)[number];

interface Value {
  readonly heads: number;
  readonly fen: number;
}

/** Heads and money of a row; of a back-payment the number of entries. */
export function valueOf(column: MonthColumn, row: FigureRow): Value {
  const value = column[row];
  return { heads: 'heads' in value ? value.heads : value.count, fen: value.fen };
}

export interface FigureLine {
  readonly row: FigureRow;
  readonly label: string;
  readonly ours: Value;
  readonly centre: Value;
}

export function figureLines({ ours, centre }: FundComparison): FigureLine[] {
  return [...equationRows, ...paymentRows].map((row) => ({
    row,
    label: words.rows[row],
    ours: valueOf(ours, row),
    centre: valueOf(centre, row),
  }));
}

export function moneyText(fen: number): string {
  return fen < 0 ? `-${formatFen(toFen(-fen))}` : formatFen(toFen(fen));
}

/** Ours less the centre's; empty where they are the same. */
export function differenceText(ours: number, centre: number, text: (n: number) => string): string {
  if (ours === centre) return '';
  const difference = ours - centre;
  return difference > 0 ? `+${text(difference)}` : text(difference);
}

export function headsText(heads: number): string {
  return heads < 0 ? `-${countText(-heads)}` : countText(heads);
}

function isEven({ last, registered, reduced, counter, now }: MonthColumn): boolean {
  return (['heads', 'fen'] as const).every(
    (of) => last[of] + registered[of] - reduced[of] + counter[of] === now[of],
  );
}

/** Each place where the two columns are not the same, as a sentence. */
export function differingCells({ comparison }: MonthView): string[] {
  return comparison.funds.flatMap((fund) => {
    const name = comparison.funds.length > 1 ? fundTypeWords[fund.fundType] : '';
    const cells = figureLines(fund).flatMap(({ label, ours, centre }) => {
      const row = label.replace(/^\S (?=\S)/u, '');
      return [
        ...(ours.heads === centre.heads
          ? []
          : [words.cell(name, row, words.headsOf, headsText(ours.heads), headsText(centre.heads))]),
        ...(ours.fen === centre.fen
          ? []
          : [words.cell(name, row, words.moneyOf, moneyText(ours.fen), moneyText(centre.fen))]),
      ];
    });
    return [
      ...cells,
      ...(isEven(fund.ours) ? [] : [words.unevenCell(name, words.ours)]),
      ...(isEven(fund.centre) ? [] : [words.unevenCell(name, words.centre)]),
      ...(cells.length > 0 || fund.membersEqual ? [] : [words.membersCell(name)]),
    ];
  });
}

/** What else is to be said of a comparison. */
export function remarksOf({ comparison, businessMonth, currentMonth, newer }: MonthView): string[] {
  return [
    ...(comparison.opening === 'moved' ? [words.moved] : []),
    ...(comparison.undecided > 0 ? [words.undecided(comparison.undecided)] : []),
    ...(newer > 0 ? [words.newer(newer)] : []),
    ...(businessMonth === currentMonth ? [words.running] : []),
  ];
}
