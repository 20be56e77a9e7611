import type { QueryItem, QueryOrder } from '../../../shared/ipc/queries.ts';
import type { UnitTerms } from '../../../shared/rules/policy.ts';
import { codeOfReason } from '../../help/errors/reason.ts';
import { TwoLines } from '../../parts/two-lines.tsx';
import { results as words } from '../../text/results.ts';
import { openMissedBackPay } from '../entry/proposal.ts';
import { limitOf } from './items.ts';
import { landedElsewhere, noteWords, spanText, unpaidSpan } from './landing.ts';

interface ItemNoteProps {
  readonly item: QueryItem;
  readonly order: QueryOrder;
  readonly terms: UnitTerms | undefined;
}

/** Why it failed, or why the row is yellow and what follows from it; else what stands at a limit. */
export function ItemNote({ item, order, terms }: ItemNoteProps) {
  if (landedElsewhere(item, order.businessMonth)) {
    return <LandedNote item={item} order={order} terms={terms} />;
  }
  const reason = noteWords(item, order);
  if (reason !== '') {
    const code =
      codeOfReason(reason) ?? (order.state === 'rejected' ? 'ORDER_REJECTED' : undefined);
    return <TwoLines className="bad" text={reason} code={code} />;
  }
  const limit = order.kind === 'registration' && terms && limitOf(item, order.businessMonth, terms);
  return limit ? <TwoLines className="muted" text={words.limits[limit]} /> : null;
}

function LandedNote({ item, order, terms }: ItemNoteProps) {
  const unpaid = unpaidSpan(item, order);
  if (!unpaid) return <TwoLines text={noteWords(item, order)} />;
  const months = spanText(unpaid);
  return (
    <span className="landed-note">
      <TwoLines text={noteWords(item, order)} />
      <button
        type="button"
        className="link"
        aria-label={words.payMissedOf(item.name, months)}
        onClick={() => {
          openMissedBackPay({ ...item, ...unpaid, fundType: item.fundType ?? terms?.fundTypes[0] });
        }}
      >
        {words.payMissed}
      </button>
    </span>
  );
}
