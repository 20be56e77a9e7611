import { Button, Modal } from 'antd';
import { useEffect } from 'react';
import { formatFen, toFen } from '../../../shared/rules/money.ts';
import { FailureNote } from '../../parts/failure-note.tsx';
import { openScreen } from '../../state/navigation.ts';
import { common } from '../../text/common.ts';
import { confirmation as words } from '../../text/registration.ts';
import { stages } from './confirming.ts';
import type { Confirming, Proposal, Stage } from './confirming.ts';
import { agree, closeConfirming, isUnclear, lookAgain, useConfirming } from './confirmation.ts';
import { Figure } from './figure.tsx';
import { OrderOutcome, outcomeTitle } from './order-outcome.tsx';

function titleOf(state: Confirming): string {
  if (state.kind === 'ended') return outcomeTitle(state.order.state);
  if (state.kind !== 'failed') return words.title;
  return isUnclear(state.code) && !state.isAbsent ? words.unclear : words.failed;
}

/** 否, so that Enter files nothing by accident. */
const FIRST = 'confirm-no';

/** 确认 (manual 六(一)): head count and total, 是 / 否, then what really came of it. */
export function ConfirmDialog() {
  const state = useConfirming();
  useEffect(() => {
    void lookAgain();
  }, []);
  return (
    <Modal
      open={state.kind !== 'closed'}
      title={titleOf(state)}
      width={520}
      mask={{ closable: false }}
      keyboard={state.kind !== 'sending'}
      closable={state.kind === 'sending' ? false : { 'aria-label': common.close }}
      onCancel={closeConfirming}
      afterOpenChange={(open) => {
        if (open) document.getElementById(FIRST)?.focus();
      }}
      footer={footerOf(state)}
    >
      {state.kind === 'asking' && <Ask proposal={state.proposal} />}
      {state.kind === 'sending' && <Sending proposal={state.proposal} stage={state.stage} />}
      {state.kind === 'ended' && <OrderOutcome order={state.order} proposal={state.proposal} />}
      {state.kind === 'failed' && state.isAbsent && <p role="status">{words.absent}</p>}
      {state.kind === 'failed' && !state.isAbsent && (
        <FailureNote code={state.code} detail={state.detail} />
      )}
    </Modal>
  );
}

function footerOf(state: Confirming): React.ReactNode {
  if (state.kind === 'sending') return null;
  if (state.kind === 'asking') {
    return [
      <Button key="no" id={FIRST} autoFocus onClick={closeConfirming}>
        {common.no}
      </Button>,
      <Button key="yes" type="primary" onClick={() => void agree()}>
        {common.yes}
      </Button>,
    ];
  }
  const see = (
    <Button
      key="see"
      onClick={() => {
        closeConfirming();
        openScreen('registration-results');
      }}
    >
      {words.seeResults}
    </Button>
  );
  return [
    ...(state.kind === 'ended' && state.order.state !== 'void' ? [see] : []),
    <Button key="ok" type="primary" autoFocus onClick={closeConfirming}>
      {common.understood}
    </Button>,
  ];
}

function Ask({ proposal }: { proposal: Proposal }) {
  return (
    <>
      <p>{words.question(proposal.count)}</p>
      <dl className="figures">
        <Figure label={words.count} value={words.people(proposal.count)} />
        <Figure label={words.sum} value={words.yuan(formatFen(toFen(proposal.fen)))} />
        <Figure label={words.month} value={String(proposal.businessMonth)} />
      </dl>
    </>
  );
}

function Sending({ proposal, stage }: { proposal: Proposal; stage: Stage }) {
  const at = stages.indexOf(stage);
  return (
    <div role="status">
      <dl className="figures">
        <Figure label={words.count} value={words.people(proposal.count)} />
        <Figure label={words.sum} value={words.yuan(formatFen(toFen(proposal.fen)))} />
      </dl>
      <ol className="stages">
        {stages.map((one, index) => (
          <li
            key={one}
            className={index < at ? 'stage-done' : index === at ? 'stage-now' : 'stage-later'}
            aria-current={index === at ? 'step' : undefined}
          >
            {words.stages[one]}
          </li>
        ))}
      </ol>
      <p className="muted">{stage === 'sign' ? words.signing : words.working}</p>
    </div>
  );
}
