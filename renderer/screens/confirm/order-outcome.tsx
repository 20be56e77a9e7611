import { useCallback } from 'react';
import type { Order } from '../../../shared/ipc/data.ts';
import { maskIdNumber } from '../../../shared/rules/identity.ts';
import { formatFen, toFen } from '../../../shared/rules/money.ts';
import { ask } from '../../bridge.ts';
import { ReasonMark } from '../../parts/error-link.tsx';
import { useReading } from '../../state/reading.ts';
import { confirmation as words } from '../../text/confirmation.ts';
import { landingText } from '../../text/filing.ts';
import { countOf } from '../../text/kinds.ts';
import { momentText } from '../../text/time.ts';
import { Figure } from './figure.tsx';
import type { Proposal } from './confirming.ts';

interface Outcome {
  readonly title: string;
  readonly next: string;
}

function outcomeOf({ state, kind, opensAt }: Order): Outcome {
  switch (state) {
    case 'draft':
      return opensAt === null
        ? { title: words.signed, next: words.signedNext }
        : { title: words.kept, next: words.keptNext(momentText(opensAt)) };
    case 'signed':
      return { title: words.signed, next: words.signedNext };
    case 'sent':
      return { title: words.waiting, next: words.waitingNext };
    case 'applied':
      return { title: words.applied[kind], next: words.appliedNext[kind] };
    case 'rejected':
      return { title: words.rejected, next: words.rejectedNext };
    case 'void':
      return { title: words.voided, next: words.voidedNext };
  }
}

export function outcomeTitle(order: Order): string {
  return outcomeOf(order).title;
}

interface OrderOutcomeProps {
  readonly order: Order;
  readonly proposal: Proposal;
}

/** What became of the order: the totals the centre really accepted, the reasons, or not known yet. */
export function OrderOutcome({ order, proposal }: OrderOutcomeProps) {
  const { kind } = order;
  const { next } = outcomeOf(order);
  const isApplied = order.state === 'applied';
  const differs =
    isApplied && (order.acceptedCount !== proposal.count || order.acceptedFen !== proposal.fen);
  return (
    <div role="status" className={`outcome outcome-${order.state}`}>
      {isApplied && (
        <dl className="figures">
          <Figure
            label={words.accepted(words.count(kind))}
            value={countOf(kind, order.acceptedCount)}
          />
          <Figure
            label={words.acceptedSum(kind)}
            value={words.yuan(formatFen(toFen(order.acceptedFen)))}
          />
          <Figure label={words.serialNumber} value={order.serialNumber} />
          <Figure label={words.receipt} value={String(order.receiptNumber)} />
          <Figure label={words.receiptMark} value={order.receiptMark} />
        </dl>
      )}
      {order.opensAt && (
        <dl className="figures">
          <Figure label={words.count(kind)} value={countOf(kind, proposal.count)} />
          <Figure label={words.sum(kind)} value={words.yuan(formatFen(toFen(proposal.fen)))} />
          <Figure label={words.opening} value={momentText(order.opensAt)} />
        </dl>
      )}
      {order.reason !== '' && (
        <p className="bad">
          {words.reason}：{order.reason}
          <ReasonMark reason={order.reason} />
        </p>
      )}
      {order.state === 'rejected' && <RefusedRows oid={order.oid} />}
      {differs && <p className="bad">{words.differs}</p>}
      <p>{next}</p>
      {order.opensAt && proposal.landsLate && <p className="warn lands-late">{landingText()}</p>}
    </div>
  );
}

function RefusedRows({ oid }: { oid: string }) {
  const read = useCallback(() => ask('orders.items', { oid }), [oid]);
  const { value } = useReading(read, 'orders');
  const refused = (value?.items ?? []).filter((item) => item.reason !== '');
  if (refused.length === 0) return null;
  return (
    <ul className="refused" aria-label={words.rejectedRows}>
      {refused.map((item) => (
        <li key={item.seq}>
          <span>
            {item.name} {maskIdNumber(item.idNumber)}
          </span>
          <span className="bad">
            {item.reason}
            <ReasonMark reason={item.reason} otherwise="ORDER_REJECTED" />
          </span>
        </li>
      ))}
    </ul>
  );
}
