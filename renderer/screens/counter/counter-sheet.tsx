import type { UnitStatus } from '../../../shared/ipc/data.ts';
import type { Draft } from '../../../shared/ipc/entries.ts';
import { dateAt } from '../../../shared/rules/dates.ts';
import { groupIdNumber } from '../../../shared/rules/identity.ts';
import { useCentreTime } from '../../state/centre-time.ts';
import { fundTypeWords } from '../../text/common.ts';
import { counter as words } from '../../text/counter.ts';
import { kindWords } from '../../text/kinds.ts';
import type { Reasons } from '../entry/form.ts';
import { contentText, peopleText, printedReasons } from './counter-rows.ts';

interface CounterSheetProps {
  readonly unit: UnitStatus;
  readonly drafts: readonly Draft[];
  readonly reasons: Reasons;
}

/** The list as it goes to the counter: only on paper, with numbers in full and room for signature and seal. */
export function CounterSheet({ unit, drafts, reasons }: CounterSheetProps) {
  const today = dateAt(useCentreTime());
  return (
    <section className="print-sheet" aria-hidden="true">
      <h1>{words.sheetTitle}</h1>
      <dl className="print-facts">
        <div>
          <dt>{words.unit}</dt>
          <dd>{unit.unitName}</dd>
        </div>
        <div>
          <dt>{words.unitAccount}</dt>
          <dd>{unit.unitAccount}</dd>
        </div>
        <div>
          <dt>{words.printedAt}</dt>
          <dd>{today}</dd>
        </div>
      </dl>
      <p className="print-count">{peopleText(drafts)}</p>
      <table>
        <thead>
          <tr>
            <th>{words.seq}</th>
            <th>{words.name}</th>
            <th>{words.idNumber}</th>
            <th>{words.kind}</th>
            <th>{words.content}</th>
            <th>{words.reason}</th>
            <th>{words.bring}</th>
          </tr>
        </thead>
        <tbody>
          {drafts.map((draft, at) => (
            <tr key={draft.id}>
              <td>{at + 1}</td>
              <td className="print-name">{draft.name}</td>
              <td className="print-number">{groupIdNumber(draft.idNumber)}</td>
              <td className="print-number">
                {kindWords[draft.kind]}
                <br />
                {fundTypeWords[draft.fundType]}
              </td>
              <td>{contentText(draft, reasons)}</td>
              <td>
                {printedReasons(draft).map((reason) => (
                  <p key={reason}>{reason}</p>
                ))}
              </td>
              <td>{words.bringFor[draft.kind]}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <footer className="print-signatures">
        <span>{words.clerk}</span>
        <span>{words.seal}</span>
        <span>{words.received}</span>
      </footer>
    </section>
  );
}
