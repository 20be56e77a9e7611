import { fail, succeed } from '../../shared/errors/result.ts';
import type { Result } from '../../shared/errors/result.ts';
import type { UnitStatus } from '../../shared/ipc/data.ts';
import type { FundComparison, MonthView } from '../../shared/ipc/month-close.ts';
import { ask } from '../bridge.ts';
import {
  equationRows,
  figureLines,
  headsText,
  moneyText,
  remarksOf,
} from '../screens/month-close/figures.ts';
import type { FigureLine } from '../screens/month-close/figures.ts';
import { readClock } from '../state/centre-time.ts';
import { fundTypeWords } from '../text/common.ts';
import { documents as words } from '../text/documents.ts';
import { monthClose } from '../text/month-close.ts';
import { secondText } from '../text/time.ts';
import type { Paper, PaperColumn } from './paper.ts';

/** First digits of the figure's SHA-256, as of a receipt. */
const MARK_CHARACTERS = 16;

/** 对账单 of a month, to be signed; NO_RECORD where the last comparison does not agree. */
export async function readMonthSheet(businessMonth: number): Promise<Result<Paper>> {
  const [read, unit] = await Promise.all([
    ask('month.read', { businessMonth }),
    ask('unit.status', {}),
  ]);
  if (!read.ok) return read;
  if (!unit.ok) return unit;
  const { view } = read.value;
  if (!view || view.verdict === 'differs') {
    return fail('NO_RECORD', `${businessMonth} does not agree`);
  }
  const printedAt = new Date(readClock() + unit.value.clockOffsetMs).toISOString();
  return succeed(makeMonthSheet(view, unit.value, printedAt));
}

const yuan = (side: string) => monthClose.yuanOf(`${side}${monthClose.moneyOf}`);

/** Widths add up to 186 mm. */
const columns: readonly PaperColumn[] = [
  { title: monthClose.item, widthMm: 46 },
  { title: `${monthClose.ours}${monthClose.headsOf}`, widthMm: 27, align: 'right' },
  { title: `${monthClose.centre}${monthClose.headsOf}`, widthMm: 27, align: 'right' },
  { title: yuan(monthClose.ours), widthMm: 43, align: 'right' },
  { title: yuan(monthClose.centre), widthMm: 43, align: 'right' },
];

export function makeMonthSheet(
  view: MonthView,
  unit: Pick<UnitStatus, 'unitName' | 'unitAccount' | 'user'>,
  printedAt: string,
): Paper {
  const { elsewhere, counter } = view.comparison.found;
  return {
    title: monthClose.sheetTitle,
    landscape: false,
    mark: words.acceptedMark(view.businessMonth),
    facts: [
      [words.unit, unit.unitName],
      [words.unitAccount, unit.unitAccount],
      [words.month, String(view.businessMonth)],
      [words.clerk, unit.user],
      [monthClose.figureAt, secondText(view.at)],
      [monthClose.figureMark, view.hash.slice(0, MARK_CHARACTERS)],
      [words.printedAt, secondText(printedAt)],
    ],
    columns,
    rows: view.comparison.funds.flatMap(fundRows),
    totals: [],
    notes: [
      monthClose.sheetStatement,
      ...(elsewhere + counter > 0 ? [monthClose.sheetExplained(elsewhere, counter)] : []),
      ...remarksOf(view),
    ],
    signatures: [words.clerkSigns, monthClose.checker, words.unitSeal, words.date],
  };
}

/** A fund's name over its figures; a row of one text takes the whole line. */
function fundRows(fund: FundComparison): string[][] {
  const lines = figureLines(fund);
  const isFigure = ({ row }: FigureLine) => (equationRows as readonly string[]).includes(row);
  return [
    [fundTypeWords[fund.fundType]],
    ...lines.filter(isFigure).map(rowOf),
    [`${monthClose.members}：${monthClose.membersEqual}`],
    [monthClose.payments],
    ...lines.filter((line) => !isFigure(line)).map(rowOf),
  ];
}

function rowOf({ label, ours, centre }: FigureLine): string[] {
  return [
    label,
    ...[ours.heads, centre.heads].map(headsText),
    ...[ours.fen, centre.fen].map(moneyText),
  ];
}
