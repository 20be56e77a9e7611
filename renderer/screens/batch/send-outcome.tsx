import type { Order } from '../../../shared/ipc/data.ts';
import { formatFen, toFen } from '../../../shared/rules/money.ts';
import { ReasonMark } from '../../parts/error-link.tsx';
import { manyOf, sending as words } from '../../text/batch.ts';
import { confirmation } from '../../text/confirmation.ts';
import { momentText } from '../../text/time.ts';
import { Figure } from '../confirm/figure.tsx';
import type { SendProposal } from './sending.ts';

interface Outcome {
  readonly title: string;
  readonly next: readonly string[];
}

function outcomeOf({ state, kind, opensAt }: Order): Outcome {
  switch (state) {
    case 'draft':
      return opensAt === null
        ? { title: confirmation.signed, next: [confirmation.signedNext] }
        : { title: confirmation.kept, next: [confirmation.keptNext(momentText(opensAt))] };
    case 'signed':
      return { title: confirmation.signed, next: [confirmation.signedNext] };
    case 'sent':
      return { title: confirmation.waiting, next: [confirmation.waitingNext, words.mayClose] };
    case 'applied': {
      const { registration, other } = words.resultsIn;
      const results = kind === 'registration' ? registration : other;
      return { title: words.succeeded, next: [results, words.mayClose] };
    }
    case 'rejected':
      return { title: confirmation.rejected, next: [words.rejectedNext] };
    case 'void':
      return { title: confirmation.voided, next: [words.voidedNext] };
  }
}

export function sendOutcomeTitle(order: Order): string {
  return outcomeOf(order).title;
}

interface SendOutcomeProps {
  readonly order: Order;
  readonly proposal: SendProposal;
}

/** 批量发送成功 with what the centre took, or what became of it otherwise. */
export function SendOutcome({ order, proposal: { batch } }: SendOutcomeProps) {
  const { kind } = order;
  const isApplied = order.state === 'applied';
  const differs =
    isApplied && (order.acceptedCount !== batch.good || order.acceptedFen !== batch.goodFen);
  return (
    <div role="status" className={`outcome outcome-${order.state}`}>
      {isApplied && (
        <dl className="figures">
          <Figure
            label={confirmation.accepted(confirmation.count(kind))}
            value={manyOf(kind, order.acceptedCount)}
          />
          <Figure
            label={confirmation.acceptedSum(kind)}
            value={confirmation.yuan(formatFen(toFen(order.acceptedFen)))}
          />
          <Figure label={confirmation.serialNumber} value={order.serialNumber} />
          <Figure label={confirmation.receipt} value={String(order.receiptNumber)} />
          <Figure label={confirmation.receiptMark} value={order.receiptMark} />
        </dl>
      )}
      {order.opensAt && (
        <dl className="figures">
          <Figure label={confirmation.count(kind)} value={manyOf(kind, batch.good)} />
          <Figure
            label={confirmation.sum(kind)}
            value={confirmation.yuan(formatFen(toFen(batch.goodFen)))}
          />
          <Figure label={confirmation.opening} value={momentText(order.opensAt)} />
        </dl>
      )}
      {order.reason !== '' && (
        <p className="bad">
          {confirmation.reason}：{order.reason}
          <ReasonMark reason={order.reason} />
        </p>
      )}
      {differs && <p className="bad">{confirmation.differs}</p>}
      {outcomeOf(order).next.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  );
}
