import { Button, Modal } from 'antd';
import { useEffect } from 'react';
import { DocumentButtons } from '../../parts/document-buttons.tsx';
import { FailureNote } from '../../parts/failure-note.tsx';
import { OutputNote } from '../../parts/output-note.tsx';
import { hasVoucher, voucherOf } from '../../state/documents.ts';
import { openScreen } from '../../state/navigation.ts';
import type { Screen } from '../../../shared/ipc/screens.ts';
import { orderStory } from '../../text/order-story.ts';
import { openStory } from '../order-story/shown.ts';
import { common } from '../../text/common.ts';
import { confirmation as words } from '../../text/confirmation.ts';
import { Ask, Totals } from './confirm-question.tsx';
import type { Confirming, Proposal } from './confirming.ts';
import { agree, closeConfirming, lookAgain, useConfirming } from './confirmation.ts';
import { focusFirst } from './first-focus.ts';
import { isUnclear } from './following.ts';
import { stages } from './outcome.ts';
import type { Stage } from './outcome.ts';
import { OrderOutcome, outcomeTitle } from './order-outcome.tsx';

function titleOf(state: Confirming): string {
  switch (state.kind) {
    case 'closed':
      return '';
    case 'asking':
    case 'sending':
      return state.proposal.opensAt ? words.waitTitle : words.title(state.proposal.kind);
    case 'ended':
      return outcomeTitle(state.order);
    case 'failed':
      return isUnclear(state.code) && !state.isAbsent ? words.unclear : words.failed;
  }
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
      width={640}
      destroyOnHidden
      mask={{ closable: false }}
      keyboard={state.kind !== 'sending'}
      closable={state.kind === 'sending' ? false : { 'aria-label': common.close }}
      onCancel={closeConfirming}
      afterOpenChange={(open) => {
        if (open) focusFirst(FIRST);
      }}
      footer={footerOf(state)}
    >
      {state.kind === 'asking' && <Ask proposal={state.proposal} />}
      {state.kind === 'sending' && <Sending proposal={state.proposal} stage={state.stage} />}
      {state.kind === 'ended' && <OrderOutcome order={state.order} proposal={state.proposal} />}
      {state.kind === 'ended' && <OutputNote />}
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
  const further = furtherOf(state);
  return [
    further && (
      <Button
        key="further"
        onClick={() => {
          closeConfirming();
          openScreen(further.screen);
        }}
      >
        {further.label}
      </Button>
    ),
    state.kind === 'ended' && hasVoucher(state.order) && (
      <DocumentButtons key="voucher" {...voucherOf(state.order)} />
    ),
    state.kind === 'ended' && (
      <Button
        key="story"
        onClick={() => {
          closeConfirming();
          openStory(state.order.oid);
        }}
      >
        {orderStory.seeOf}
      </Button>
    ),
    <Button key="ok" type="primary" autoFocus onClick={closeConfirming}>
      {common.understood}
    </Button>,
  ];
}

/** Where the clerk may want to go after it. */
function furtherOf(
  state: Confirming,
): { readonly screen: Screen; readonly label: string } | undefined {
  if (state.kind !== 'ended' || state.order.opensAt !== null) return undefined;
  const { kind, state: orderState } = state.order;
  if (kind === 'registration' && orderState !== 'void') {
    return { screen: 'registration-results', label: words.seeResults };
  }
  if (kind === 'reduction' && orderState === 'applied') {
    return { screen: 'roster-sync', label: words.sync };
  }
  return undefined;
}

function Sending({ proposal, stage }: { proposal: Proposal; stage: Stage }) {
  const at = stages.indexOf(stage);
  if (proposal.opensAt) return <p role="status">{words.storing}</p>;
  return (
    <div role="status">
      <Totals proposal={proposal} />
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
