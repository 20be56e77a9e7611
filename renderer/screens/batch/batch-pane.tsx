import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { Batch } from '../../../shared/ipc/batches.ts';
import { formatFen, toFen } from '../../../shared/rules/money.ts';
import type { FilingWindow } from '../../../shared/rules/window.ts';
import { batch as words, manyOf } from '../../text/batch.ts';
import { common } from '../../text/common.ts';
import type { Hindrance, HindranceAction } from '../queue/hindrance.ts';
import { HindranceNote } from '../queue/queue-pane.tsx';
import { BatchGrid } from './batch-grid.tsx';
import { BatchHead } from './batch-head.tsx';
import { CellNote } from './cell-note.tsx';
import { deskOf } from './grid-desk.ts';
import type { GridDesk } from './grid-desk.ts';
import { IssuePanel } from './issue-panel.tsx';
import { RowFilterBar } from './row-filter.tsx';
import { proposeSending } from './send.ts';
import { heldBack } from './sending.ts';

interface BatchPaneProps {
  readonly batch: Batch;
  readonly window: FilingWindow;
  readonly hindrance: Hindrance | null;
  readonly offered: HindranceAction | null;
  /** Just brought in: the first thing to do takes the focus. */
  readonly isNew: boolean;
}

/** One batch: its rows, everything that stands against them, and 批量发送. */
export function BatchPane(props: BatchPaneProps) {
  const desk = deskOf(props.batch);
  useEffect(() => {
    desk.take(props.batch);
  }, [desk, props.batch]);
  const { batch } = desk.use();
  const [shown, setShown] = useState<'grid' | 'issues'>('grid');
  return (
    <div className={`batch batch-shows-${shown}`}>
      <BatchHead desk={desk} batch={batch} />
      <RowFilterBar desk={desk} batch={batch} />
      <div className="batch-work">
        <div className="batch-left">
          <BatchGrid desk={desk} batch={batch} />
          <CellNote desk={desk} batch={batch} />
        </div>
        <IssuePanel
          desk={desk}
          batch={batch}
          onJump={() => {
            setShown('grid');
          }}
        />
      </div>
      <BatchFoot
        {...props}
        desk={desk}
        batch={batch}
        other={
          <Button
            className="batch-other"
            onClick={() => {
              setShown(shown === 'grid' ? 'issues' : 'grid');
            }}
          >
            {shown === 'grid' ? words.toIssues(heldBack(batch)) : words.toGrid}
          </Button>
        }
      />
    </div>
  );
}

interface BatchFootProps extends BatchPaneProps {
  readonly desk: GridDesk;
  /** On a narrow window: from the grid to the issues and back. */
  readonly other: React.ReactNode;
}

function BatchFoot({ batch, desk, window, hindrance, offered, isNew, other }: BatchFootProps) {
  const { kind } = batch;
  const send = useRef<HTMLButtonElement>(null);
  const held = heldBack(batch);
  useEffect(() => {
    if (!isNew) return;
    if (held === 0) send.current?.focus();
    else {
      // the first row that needs something, in the order of the file
      void desk.jumpToFirst();
    }
    // only when it has come in
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isNew, desk]);

  async function propose(waits: boolean) {
    if (!(await desk.settle())) return;
    const opensAt =
      waits && window.opensAtMs !== undefined ? new Date(window.opensAtMs).toISOString() : null;
    const { businessMonth } = window;
    proposeSending({ batch: desk.state.batch, businessMonth, opensAt });
  }

  return (
    <footer className="batch-foot">
      {hindrance && batch.open > 0 && (
        <HindranceNote hindrance={hindrance} offered={offered} onWait={() => void propose(true)} />
      )}
      <div className="sums">
        {other}
        {!batch.isChecked && <span className="muted">{words.rechecking}</span>}
        {held > 0 && <span className="bad">{words.holdsBad(manyOf(kind, held))}</span>}
        <span>
          {words.total} <strong>{manyOf(kind, batch.good)}</strong>
        </span>
        <span>
          {words.sum(kind)} <strong className="sum">{formatFen(toFen(batch.goodFen))}</strong>{' '}
          {common.yuan}
        </span>
        <Button
          type="primary"
          ref={send}
          disabled={batch.open === 0 || !batch.isChecked || hindrance !== null}
          onClick={() => void propose(false)}
        >
          {words.send}
        </Button>
      </div>
    </footer>
  );
}
