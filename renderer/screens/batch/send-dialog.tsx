import { Button, Modal } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { formatFen, toFen } from '../../../shared/rules/money.ts';
import { FailureNote } from '../../parts/failure-note.tsx';
import { batchScreens, openScreen } from '../../state/navigation.ts';
import { useReading } from '../../state/reading.ts';
import { ask } from '../../bridge.ts';
import { batch as batchWords, manyOf, sending as words } from '../../text/batch.ts';
import { common } from '../../text/common.ts';
import { confirmation } from '../../text/confirmation.ts';
import { momentText } from '../../text/time.ts';
import { focusFirst } from '../confirm/first-focus.ts';
import { orderStory } from '../../text/order-story.ts';
import { isUnclear } from '../confirm/following.ts';
import { stages } from '../confirm/outcome.ts';
import type { Stage } from '../confirm/outcome.ts';
import { Figure } from '../confirm/figure.tsx';
import { openStory } from '../order-story/shown.ts';
import { stateOf } from './batch-cells.ts';
import { deskOf } from './grid-desk.ts';
import type { GridDesk } from './grid-desk.ts';
import { agreeToSend, closeSending, lookAgain, useSending } from './send.ts';
import { SendOutcome, sendOutcomeTitle } from './send-outcome.tsx';
import { heldBack } from './sending.ts';
import type { SendProposal, Sending } from './sending.ts';
import { SENT_TAB, showBatch } from './shown-batch.ts';

function titleOf(state: Sending): string {
  switch (state.kind) {
    case 'closed':
      return '';
    case 'issues':
      return words.issuesTitle;
    case 'differences':
      return words.differencesTitle;
    case 'asking':
    case 'sending':
      return state.proposal.opensAt
        ? confirmation.waitTitle
        : words.title(state.proposal.batch.kind);
    case 'ended':
      return sendOutcomeTitle(state.order);
    case 'failed':
      return isUnclear(state.code) && !state.isAbsent ? confirmation.unclear : confirmation.failed;
  }
}

/** 否, so that Enter files nothing by accident. */
const FIRST = 'send-no';

/** 批量发送 (manual 六(二)): what stands against it, 核对结果, head count and total, then the outcome. */
export function SendDialog() {
  const state = useSending();
  /** The clerk goes on there once the dialogue is gone: until then it holds the focus. */
  const [next, setNext] = useState<GridDesk>();
  useEffect(() => {
    void lookAgain();
  }, []);
  useEffect(() => {
    document.getElementById(FIRST)?.focus();
  }, [state.kind]);
  return (
    <Modal
      // the window itself never scrolls, and the lock's style has no nonce
      scrollLock={false}
      open={state.kind !== 'closed'}
      title={titleOf(state)}
      width={560}
      mask={{ closable: false }}
      keyboard={state.kind !== 'sending'}
      closable={state.kind === 'sending' ? false : { 'aria-label': common.close }}
      onCancel={closeSending}
      afterOpenChange={(open) => {
        if (open) focusFirst(FIRST);
        else void next?.jumpToFirst();
        setNext(undefined);
      }}
      footer={footerOf(state, (desk) => {
        setNext(desk);
        closeSending();
      })}
    >
      {state.kind === 'issues' && <Issues proposal={state.proposal} />}
      {state.kind === 'differences' && <Differences proposal={state.proposal} />}
      {state.kind === 'asking' && <Ask proposal={state.proposal} />}
      {state.kind === 'sending' && <Progress proposal={state.proposal} stage={state.stage} />}
      {state.kind === 'ended' && <SendOutcome order={state.order} proposal={state.proposal} />}
      {state.kind === 'failed' && state.isAbsent && <p role="status">{words.absent}</p>}
      {state.kind === 'failed' && !state.isAbsent && (
        <FailureNote code={state.code} detail={state.detail} />
      )}
    </Modal>
  );
}

function footerOf(state: Sending, onFix: (desk: GridDesk) => void): React.ReactNode {
  switch (state.kind) {
    case 'closed':
    case 'sending':
      return null;
    case 'issues':
      return [
        <Button
          key="fix"
          id={FIRST}
          type="primary"
          onClick={() => {
            onFix(deskOf(state.proposal.batch));
          }}
        >
          {words.toIssues}
        </Button>,
      ];
    case 'differences':
    case 'asking':
      return [
        <Button key="no" id={FIRST} onClick={closeSending}>
          {common.no}
        </Button>,
        <Button key="yes" type="primary" onClick={() => void agreeToSend()}>
          {common.yes}
        </Button>,
      ];
    case 'ended':
    case 'failed':
      return [
        state.kind === 'ended' && state.order.state === 'applied' && (
          <Button
            key="sent"
            onClick={() => {
              const { kind } = state.proposal.batch;
              closeSending();
              showBatch(kind, SENT_TAB);
              openScreen(batchScreens[kind]);
            }}
          >
            {words.seeSent}
          </Button>
        ),
        state.kind === 'ended' && (
          <Button
            key="story"
            onClick={() => {
              closeSending();
              openStory(state.order.oid);
            }}
          >
            {orderStory.seeOf}
          </Button>
        ),
        <Button key="close" id={FIRST} type="primary" onClick={closeSending}>
          {common.understood}
        </Button>,
      ];
  }
}

function Totals({ proposal: { batch, businessMonth, opensAt } }: { proposal: SendProposal }) {
  const { kind, name, good, goodFen } = batch;
  return (
    <dl className="figures">
      <Figure label={words.name} value={name} />
      <Figure label={confirmation.count(kind)} value={manyOf(kind, good)} />
      <Figure label={confirmation.sum(kind)} value={confirmation.yuan(formatFen(toFen(goodFen)))} />
      <Figure label={confirmation.month} value={String(businessMonth)} />
      {opensAt && <Figure label={confirmation.opening} value={momentText(opensAt)} />}
    </dl>
  );
}

/** All or nothing; sending the good ones alone is a choice of its own. */
function Issues({ proposal: { batch } }: { proposal: SendProposal }) {
  const { kind, good } = batch;
  const held = manyOf(kind, heldBack(batch));
  return (
    <>
      <p>{words.issues(held)}</p>
      <p>{words.issuesNext}</p>
      {good === 0 ? (
        <p className="muted">{words.noneGood}</p>
      ) : (
        <div className="send-good">
          <Button onClick={() => void agreeToSend()}>{words.good(manyOf(kind, good), held)}</Button>
          <p className="muted">{words.goodNext}</p>
        </div>
      )}
    </>
  );
}

const DIFFERENCES_SHOWN = 200;

/** 核对结果 asked about again before sending (manual 七(二)). */
function Differences({ proposal: { batch } }: { proposal: SendProposal }) {
  const { id, kind, differing } = batch;
  const read = useCallback(
    () =>
      ask('batches.rows', {
        id,
        filter: { show: 'differences', text: '' },
        offset: 0,
        limit: DIFFERENCES_SHOWN,
      }),
    [id],
  );
  const { value, failure } = useReading(read, 'batches');
  // those with faults of their own are not among the rows to be sent
  const rows = (value?.rows ?? []).filter((row) => stateOf(row) === 'differs');
  return (
    <>
      <p>{words.differences(manyOf(kind, differing))}</p>
      {failure && <FailureNote code={failure.code} detail={failure.detail} />}
      <ul className="refused differences" aria-label={batchWords.check} tabIndex={0}>
        {rows.map((row) => (
          <li key={row.seq}>
            <span>
              {batchWords.rowPlace(row.row)} {row.cells.personalAccount?.text}
            </span>
            <span className="warn">{row.differences.join('；')}</span>
          </li>
        ))}
      </ul>
      {differing > rows.length && value && (
        <p className="muted">{words.differencesMore(manyOf(kind, differing - rows.length))}</p>
      )}
      <p>{words.differencesRule}</p>
      <p>
        <strong>{words.differencesQuestion}</strong>
      </p>
    </>
  );
}

function Ask({ proposal }: { proposal: SendProposal }) {
  const { batch, opensAt } = proposal;
  const { kind, good } = batch;
  const held = heldBack(batch);
  return (
    <>
      <p>
        {opensAt
          ? confirmation.waitQuestion(momentText(opensAt))
          : words.question(manyOf(kind, good), held === 0)}
      </p>
      <Totals proposal={proposal} />
      {held > 0 && <p className="warn">{words.kept(manyOf(kind, held))}</p>}
      {opensAt && (
        <>
          <p>{confirmation.waitNeeds}</p>
          <p className="muted">{words.waitKeeps}</p>
        </>
      )}
    </>
  );
}

function Progress({ proposal, stage }: { proposal: SendProposal; stage: Stage }) {
  const at = stages.indexOf(stage);
  if (proposal.opensAt) return <p role="status">{confirmation.storing}</p>;
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
            {confirmation.stages[one]}
          </li>
        ))}
      </ol>
      <p className="muted">{stage === 'sign' ? confirmation.signing : confirmation.working}</p>
    </div>
  );
}
