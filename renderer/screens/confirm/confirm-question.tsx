import { formatFen, toFen } from '../../../shared/rules/money.ts';
import { confirmation as words } from '../../text/confirmation.ts';
import { landingText } from '../../text/filing.ts';
import { countOf, headCountOf } from '../../text/kinds.ts';
import { momentText } from '../../text/time.ts';
import type { Proposal } from './confirming.ts';
import { Figure } from './figure.tsx';

export function Totals({ proposal }: { proposal: Proposal }) {
  const { kind, count, people, fen, businessMonth, opensAt } = proposal;
  return (
    <dl className="figures">
      <Figure label={words.count(kind)} value={headCountOf(kind, count, people)} />
      <Figure label={words.sum(kind)} value={words.yuan(formatFen(toFen(fen)))} />
      <Figure label={words.month} value={String(businessMonth)} />
      {opensAt && <Figure label={words.opening} value={momentText(opensAt)} />}
    </dl>
  );
}

/** What 是 stands for: how much, when it goes, and what follows from that. */
export function Ask({ proposal }: { proposal: Proposal }) {
  const { kind, count, excluded, opensAt, landsLate } = proposal;
  return (
    <>
      <p>
        {opensAt
          ? words.waitQuestion(momentText(opensAt))
          : words.question(countOf(kind, count), excluded === 0)}
      </p>
      <Totals proposal={proposal} />
      {excluded > 0 && <p className="warn">{words.excluded(countOf(kind, excluded))}</p>}
      {landsLate && <p className="warn lands-late">{landingText()}</p>}
      {!opensAt && kind !== 'registration' && <p>{words.atOnce}</p>}
      {opensAt && (
        <>
          <p>{words.waitNeeds}</p>
          <p className="muted">{words.waitKeeps}</p>
        </>
      )}
    </>
  );
}
