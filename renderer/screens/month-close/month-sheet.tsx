import type { UnitStatus } from '../../../shared/ipc/data.ts';
import type { MonthView } from '../../../shared/ipc/month-close.ts';
import { dateAt } from '../../../shared/rules/dates.ts';
import { formatMonth, toMonth } from '../../../shared/rules/months.ts';
import { useCentreTime } from '../../state/centre-time.ts';
import { fundTypeWords } from '../../text/common.ts';
import { monthClose as words } from '../../text/month-close.ts';
import { stampText } from '../../text/time.ts';
import { figureLines, headsText, moneyText, remarksOf } from './figures.ts';

/** First digits of the figure's SHA-256, as of a receipt. */
const MARK_CHARACTERS = 16;

/** What agrees, to be signed: only on paper. */
export function MonthSheet({ unit, view }: { unit: UnitStatus; view: MonthView }) {
  const today = dateAt(useCentreTime());
  const { elsewhere, counter } = view.comparison.found;
  const facts = [
    [words.unitName, unit.unitName],
    [words.unitAccount, unit.unitAccount],
    [words.month, formatMonth(toMonth(view.businessMonth))],
    [words.figureAt, stampText(view.at)],
    [words.figureMark, view.hash.slice(0, MARK_CHARACTERS)],
    [words.printedAt, today],
  ] as const;
  return (
    <section className="print-sheet print-upright" aria-hidden="true">
      <h1>{words.sheetTitle}</h1>
      <dl className="print-facts print-facts-wrap">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {view.comparison.funds.map((fund) => (
        <table key={fund.fundType} className="print-month">
          <caption>{fundTypeWords[fund.fundType]}</caption>
          <thead>
            <tr>
              <th>{words.item}</th>
              <th>{`${words.ours}${words.heads}`}</th>
              <th>{`${words.centre}${words.heads}`}</th>
              <th>{`${words.ours}${words.moneyOf}`}</th>
              <th>{`${words.centre}${words.moneyOf}`}</th>
            </tr>
          </thead>
          <tbody>
            {figureLines(fund).map(({ row, label, ours, centre }) => (
              <tr key={row}>
                <td>{label}</td>
                <td className="print-amount">{headsText(ours.heads)}</td>
                <td className="print-amount">{headsText(centre.heads)}</td>
                <td className="print-amount">{moneyText(ours.fen)}</td>
                <td className="print-amount">{moneyText(centre.fen)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
      <p className="print-count">
        {words.sheetStatement}
        {elsewhere + counter > 0 && words.explained(elsewhere, counter)}
        {remarksOf(view).join('')}
      </p>
      <footer className="print-signatures">
        <span>{words.clerk}</span>
        <span>{words.checker}</span>
        <span>{words.seal}</span>
        <span>{words.date}</span>
      </footer>
    </section>
  );
}
