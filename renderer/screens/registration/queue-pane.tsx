import { Button, Modal } from 'antd';
import { useState } from 'react';
import type { Draft } from '../../../shared/ipc/data.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { formatFen, toFen } from '../../../shared/rules/money.ts';
import { ask } from '../../bridge.ts';
import { DataGrid } from '../../parts/data-grid.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { FailureNote } from '../../parts/failure-note.tsx';
import { openPlatform, reconnect } from '../../state/reconnect.ts';
import { common } from '../../text/common.ts';
import {
  confirmation,
  hindrance as hindranceWords,
  queue as words,
} from '../../text/registration.ts';
import type { Proposal } from './confirming.ts';
import type { Hindrance } from './hindrance.ts';
import { queueColumns } from './queue-columns.tsx';
import { freeDrafts, proposalOf, refusalOf, stillSelected } from './queue-rows.ts';

interface QueuePaneProps {
  readonly drafts: readonly Draft[];
  readonly businessMonth: number;
  readonly failure: Failure | undefined;
  readonly isRead: boolean;
  readonly hindrance: Hindrance | null;
  /** Whether 资金性质 or 比例 differ from row to row. */
  readonly hasRatios: boolean;
  readonly onReread: () => Promise<void>;
  readonly onConfirm: (proposal: Proposal) => void;
}

const draftKey = (draft: Draft) => draft.id;

/** 待确认队列: any number of rows can be selected and deleted; 确认 takes all that is free. */
export function QueuePane(props: QueuePaneProps) {
  const { drafts, hindrance, onReread, onConfirm } = props;
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [failure, setFailure] = useState<Failure>();
  const [asking, setAsking] = useState(false);
  const selected = stillSelected(marked, drafts);
  const free = freeDrafts(drafts);
  const proposal = proposalOf(drafts, props.businessMonth);

  function toggle(id: string) {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    setMarked(next);
  }

  async function remove() {
    setAsking(false);
    const answer = await ask('queue.remove', { ids: [...selected] });
    setFailure(answer.ok ? undefined : answer);
    await onReread();
  }

  const selection = {
    selected,
    selectable: free.length,
    onToggle: toggle,
    onAll: (all: boolean) => {
      setMarked(new Set(all ? free.map(draftKey) : []));
    },
  };
  const columns = queueColumns(selection, drafts, props.hasRatios);
  const refused = drafts.filter((draft) => refusalOf(draft) !== '');
  const shownFailure = failure ?? props.failure;
  return (
    <section className="queue" aria-label={words.title}>
      <div className="queue-head">
        <h2>{words.title}</h2>
        <span className="muted">{words.people(drafts.length)}</span>
        {selected.size > 0 && <span className="busy">{words.selected(selected.size)}</span>}
        <Button
          className="push"
          disabled={selected.size === 0}
          onClick={() => {
            if (selected.size > 1) setAsking(true);
            else void remove();
          }}
        >
          {words.remove}
        </Button>
      </div>
      {shownFailure && <FailureNote code={shownFailure.code} detail={shownFailure.detail} />}
      <DataGrid
        label={words.list}
        columns={columns}
        total={drafts.length}
        rowAt={(index) => drafts[index]}
        rowKey={draftKey}
        followEnd
        rowClass={(draft) => (selected.has(draft.id) ? 'row-selected' : '')}
        empty={props.isRead && <EmptyNote title={words.emptyTitle} next={words.emptyNext} />}
      />
      {refused.length > 0 && (
        <ul className="refused queue-refused" aria-label={confirmation.rejectedRows} tabIndex={0}>
          {refused.map((draft) => (
            <li key={draft.id}>
              <span>{draft.name}</span>
              <span className="bad">{refusalOf(draft)}</span>
            </li>
          ))}
        </ul>
      )}
      <footer className="sums">
        {hindrance && proposal.count > 0 && <HindranceNote hindrance={hindrance} />}
        <Button onClick={() => void onReread()}>{words.reread}</Button>
        <span>
          {words.total} <strong>{proposal.count}</strong> {words.totalPeople}
        </span>
        <span>
          {words.sum} <strong className="sum">{formatFen(toFen(proposal.fen))}</strong>{' '}
          {common.yuan}
        </span>
        <Button
          type="primary"
          disabled={proposal.count === 0 || hindrance !== null}
          onClick={() => {
            onConfirm(proposal);
          }}
        >
          {words.confirm}
        </Button>
      </footer>
      <Modal
        closable={{ 'aria-label': common.close }}
        open={asking}
        title={words.removeQuestion(selected.size)}
        okText={words.remove}
        okButtonProps={{ danger: true }}
        cancelText={common.no}
        onOk={() => void remove()}
        onCancel={() => {
          setAsking(false);
        }}
      >
        <p>{words.removeWarning}</p>
      </Modal>
    </section>
  );
}

function HindranceNote({ hindrance }: { hindrance: Hindrance }) {
  const { text, action } = hindrance;
  return (
    <span className="hindrance warn">
      {text}
      {action && (
        <button
          type="button"
          className="link"
          onClick={() => {
            if (action === 'startPlatform') openPlatform();
            else void reconnect();
          }}
        >
          {action === 'startPlatform' ? hindranceWords.start : hindranceWords.reconnect}
        </button>
      )}
    </span>
  );
}
