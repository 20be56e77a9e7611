import { fail, succeed } from '../../shared/errors/result.ts';
import type { Result } from '../../shared/errors/result.ts';
import type { UnitStatus } from '../../shared/ipc/data.ts';
import type { FundComparison, MonthLine, MonthView } from '../../shared/ipc/month-close.ts';
import { ask } from '../bridge.ts';
import { figureLines, headsText, moneyText, remarksOf } from '../screens/month-close/figures.ts';
import { readAllLines, sideText } from '../screens/month-close/lines.ts';
import { readClock } from '../state/centre-time.ts';
import { fundTypeWords } from '../text/common.ts';
import { documents } from '../text/documents.ts';
import { monthClose as words } from '../text/month-close.ts';
import { secondText } from '../text/time.ts';
import type { Paper, PaperColumn } from './paper.ts';
import { Closing, Opening } from './paper-parts.tsx';

/** First digits of the figure's SHA-256, as of a receipt. */
const MARK_CHARACTERS = 16;

/** 对账单: what agrees, to be signed, and below it who is to be looked at; none while it differs. */
export async function readMonthSheet(businessMonth: number): Promise<Result<Paper>> {
  const [unit, read] = await Promise.all([
    ask('unit.status', {}),
    ask('month.read', { businessMonth }),
  ]);
  if (!unit.ok) return unit;
  if (!read.ok) return read;
  const { view } = read.value;
  if (!view || view.verdict === 'differs') return fail('NO_RECORD');
  const lines = await readAllLines(view.number);
  if (!lines.ok) return lines;
  const printedAt = new Date(readClock() + unit.value.clockOffsetMs).toISOString();
  return succeed(makeMonthSheet({ unit: unit.value, view, lines: lines.value, printedAt }));
}

interface SheetParts {
  readonly unit: Pick<UnitStatus, 'unitName' | 'unitAccount' | 'user'>;
  readonly view: MonthView;
  /** Of other computers and of the centre itself. */
  readonly lines: readonly MonthLine[];
  readonly printedAt: string;
}

/** Widths add up to 186 mm. */
const columns: readonly PaperColumn[] = [
  { title: documents.seq, widthMm: 11, align: 'center' },
  { title: words.standing, widthMm: 30 },
  { title: words.about, widthMm: 20 },
  { title: words.name, widthMm: 31, wraps: true },
  { title: words.account, widthMm: 28 },
  { title: documents.fund, widthMm: 16 },
  { title: words.content, widthMm: 50, wraps: true },
];

export function makeMonthSheet(parts: SheetParts): Paper {
  const { view, lines } = parts;
  return {
    title: words.sheetTitle,
    landscape: false,
    mark: `${documents.acceptedMark(view.businessMonth)}　${words.figureMark} ${markOf(view)}`,
    facts: [],
    columns,
    rows: lines.map((line, index) => [
      String(index + 1),
      words.standings[line.standing],
      words.abouts[line.about],
      line.name,
      line.personalAccount,
      documents.fundShort[line.fundType],
      sideText(line, 'centre'),
    ]),
    totals: [],
    notes: [],
    signatures: [],
    sheets: [<Sheet key="sheet" {...parts} />],
  };
}

function markOf({ hash }: MonthView): string {
  return hash.slice(0, MARK_CHARACTERS);
}

function Sheet({ unit, view, lines, printedAt }: SheetParts) {
  const { elsewhere, counter } = view.comparison.found;
  const facts = [
    [documents.unit, unit.unitName],
    [documents.unitAccount, unit.unitAccount],
    [documents.month, String(view.businessMonth)],
    [words.figureAt, secondText(view.at)],
    [words.figureMark, markOf(view)],
    [documents.clerk, view.user],
    [documents.printedAt, secondText(printedAt)],
  ] as const;
  const notes = [
    words.sheetStatement,
    ...(elsewhere + counter > 0
      ? [
          `${words.explainedBy(elsewhere, counter)}${words.listedBehind(lines.length, elsewhere + counter)}`,
        ]
      : []),
    ...remarksOf(view),
  ];
  return (
    <>
      <Opening title={words.sheetTitle} facts={facts} />
      {view.comparison.funds.map((fund) => (
        <Fund key={fund.fundType} fund={fund} />
      ))}
      <Closing
        notes={notes}
        signatures={[documents.clerkSigns, words.checker, documents.unitSeal, documents.date]}
      />
    </>
  );
}

function Fund({ fund }: { fund: FundComparison }) {
  const heads = [words.heads, words.money].flatMap((of) =>
    [words.ours, words.centre].map((side) => [of, side] as const),
  );
  return (
    <table className="paper-month">
      <caption>{fundTypeWords[fund.fundType]}</caption>
      <thead>
        <tr>
          <th rowSpan={2}>{words.item}</th>
          <th colSpan={2}>{words.paperHeads}</th>
          <th colSpan={2}>{words.paperMoney}</th>
        </tr>
        <tr>
          {heads.map(([of, side]) => (
            <th key={of + side}>{side}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {figureLines(fund).map(({ row, label, ours, centre }) => (
          <tr key={row} className={row === 'now' ? 'paper-sum' : ''}>
            <td>{label}</td>
            <td className="right">{headsText(ours.heads)}</td>
            <td className="right">{headsText(centre.heads)}</td>
            <td className="right">{moneyText(ours.fen)}</td>
            <td className="right">{moneyText(centre.fen)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
