import { Button, Input } from 'antd';
import { useState } from 'react';
import type { Failure, Result } from '../../../shared/errors/result.ts';
import type { Batch } from '../../../shared/ipc/batches.ts';
import type { ResultOf } from '../../../shared/ipc/contract.ts';
import type { windowContract } from '../../../shared/ipc/window.ts';
import { fundTypeLabels } from '../../../shared/rules/policy.ts';
import { ask } from '../../bridge.ts';
import { FailureNote } from '../../parts/failure-note.tsx';
import { batch as words } from '../../text/batch.ts';
import { common } from '../../text/common.ts';
import { momentText } from '../../text/time.ts';
import type { GridDesk } from './grid-desk.ts';
import { importFile, useImporting } from './importing.ts';
import { discardBatch } from './shown-batch.ts';

type Marked = ResultOf<typeof windowContract, 'batch.saveMarked'>;

/** Which batch this is, and what can be done with it as a whole. */
export function BatchHead({ desk, batch }: { desk: GridDesk; batch: Batch }) {
  const [busy, setBusy] = useState<'marked' | 'recheck'>();
  const [marked, setMarked] = useState<Marked>();
  const [failure, setFailure] = useState<Failure>();
  const isImporting = useImporting().state === 'running';
  const { sheet } = batch;

  async function work<T>(what: 'marked' | 'recheck', run: () => Promise<Result<T>>) {
    setBusy(what);
    setMarked(undefined);
    setFailure(undefined);
    // what was typed a moment ago belongs to it
    const answer = (await desk.settle()) ? await run() : undefined;
    setBusy(undefined);
    if (answer?.ok === false) setFailure(answer);
    return answer?.ok ? answer.value : undefined;
  }

  return (
    <>
      <div className="batch-head">
        <div className="batch-names">
          <BatchName key={batch.name} batch={batch} onFailure={setFailure} />
          <p className="muted batch-facts">
            <span title={batch.fileName}>
              {words.file} {batch.fileName}
            </span>
            <span title={sheet.sheet}>
              {words.sheet} {sheet.sheet}
            </span>
            <span>{fundTypeLabels[batch.fundType]}</span>
            <span>{momentText(batch.importedAt)}</span>
          </p>
        </div>
        <div className="buttons">
          <Button
            disabled={isImporting}
            onClick={() => void importFile(batch.kind, batch.fundType, batch)}
          >
            {words.again}
          </Button>
          <Button
            loading={busy === 'recheck'}
            onClick={() =>
              void work('recheck', () => ask('batches.recheck', { id: batch.id })).then((now) => {
                if (now) desk.take(now);
              })
            }
          >
            {busy === 'recheck' ? words.rechecking : words.recheck}
          </Button>
          <Button
            loading={busy === 'marked'}
            onClick={() =>
              void work('marked', async () => {
                const answer = await ask('batch.saveMarked', { id: batch.id });
                setMarked(answer);
                return answer;
              })
            }
          >
            {busy === 'marked' ? words.markedBusy : words.marked}
          </Button>
          <Button onClick={() => void discardBatch(batch)}>{words.discard}</Button>
        </div>
      </div>
      {failure && <FailureNote code={failure.code} detail={failure.detail} />}
      {marked?.ok && marked.value.path !== null && (
        <p className="batch-said" role="status">
          <span>
            <span className="good">{words.markedSaved(marked.value.path)}</span>
            {words.markedNext[marked.value.manner]}
          </span>
          <button
            type="button"
            className="link"
            onClick={() => {
              setMarked(undefined);
            }}
          >
            {common.understood}
          </button>
        </p>
      )}
    </>
  );
}

interface BatchNameProps {
  readonly batch: Batch;
  readonly onFailure: (failure: Failure | undefined) => void;
}

/** The name, changed in place: Enter keeps it, Escape leaves it. */
function BatchName({ batch, onFailure }: BatchNameProps) {
  const [text, setText] = useState<string>();
  if (text === undefined) {
    return (
      <p className="batch-name">
        <strong title={batch.name}>{batch.name}</strong>
        <button
          type="button"
          className="link"
          onClick={() => {
            setText(batch.name);
          }}
        >
          {words.rename}
        </button>
      </p>
    );
  }
  async function rename(name: string) {
    const answer = await ask('batches.rename', { id: batch.id, name });
    onFailure(answer.ok ? undefined : answer);
    if (answer.ok) setText(undefined);
  }
  const name = text.trim();
  return (
    <form
      className="batch-name"
      onSubmit={(event) => {
        event.preventDefault();
        if (name !== '') void rename(name);
      }}
    >
      <Input
        size="small"
        autoFocus
        aria-label={words.renameLabel}
        maxLength={60}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setText(undefined);
        }}
      />
      <Button size="small" htmlType="submit" disabled={name === ''}>
        {words.save}
      </Button>
    </form>
  );
}
