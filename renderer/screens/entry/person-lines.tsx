import { groupIdNumber } from '../../../shared/rules/identity.ts';
import { formatFen, toFen } from '../../../shared/rules/money.ts';
import type { BusinessMonth } from '../../../shared/rules/months.ts';
import type { RosterRow } from '../../../shared/wire/roster.ts';
import { entry as words } from '../../text/entry.ts';
import { rosterQuery } from '../../text/roster-query.ts';
import { unpaidMonths } from './unpaid.ts';

interface PersonLinesProps {
  readonly account: RosterRow;
  /** The name alone: the lines below it are needed for what has to be said. */
  readonly isBrief: boolean;
  /** Set where months not paid matter. */
  readonly unpaidBefore?: BusinessMonth;
}

/** Whom the account belongs to, from the local roster. */
export function PersonLines({ account, isBrief, unpaidBefore }: PersonLinesProps) {
  const { name, idNumber, status, base, unitRatio, unitFen, personalFen } = account;
  const unpaid = unpaidBefore === undefined ? '' : unpaidMonths(account, unpaidBefore);
  const facts = [
    `${words.base} ${formatFen(toFen(base))}`,
    `${unitRatio}%`,
    `${words.monthlyShort} ${formatFen(toFen(unitFen + personalFen))}`,
  ].join(' · ');
  return (
    <>
      <p className="person-name">
        <strong title={name}>{name}</strong>
        <span>{groupIdNumber(idNumber)}</span>
        <span className={status === '01' ? 'good' : 'warn'}>{rosterQuery.statusWords[status]}</span>
      </p>
      {!isBrief && (
        <p className="muted" title={facts}>
          {facts}
        </p>
      )}
      {!isBrief && unpaid !== '' && (
        <p className="warn" title={unpaid}>
          {words.unpaid(unpaid)}
        </p>
      )}
    </>
  );
}
