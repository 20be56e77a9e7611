import { useEffect, useRef } from 'react';
import type { Batch } from '../../../shared/ipc/batches.ts';
import { batch as words } from '../../text/batch.ts';
import { countText } from '../../text/numbers.ts';
import { heldBack } from './sending.ts';
import { SENT_TAB } from './shown-batch.ts';

interface BatchTabsProps {
  readonly batches: readonly Batch[];
  readonly sentCount: number;
  /** Rows of them that failed. */
  readonly failedCount: number;
  readonly chosen: string;
  readonly onChoose: (tab: string) => void;
}

/** The batches side by side, the sent ones last. Arrow keys go from one to the next. */
export function BatchTabs(props: BatchTabsProps) {
  const { batches, sentCount, failedCount, chosen, onChoose } = props;
  const list = useRef<HTMLDivElement>(null);
  const tabs = [...batches.map(({ id }) => id), SENT_TAB];
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ inline: 'nearest' });
  }, [chosen]);

  function onKeyDown(event: React.KeyboardEvent) {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const next = (tabs.indexOf(chosen) + step + tabs.length) % tabs.length;
    const tab = tabs[next];
    if (tab === undefined) return;
    onChoose(tab);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  }

  const common = (tab: string) => ({
    type: 'button' as const,
    role: 'tab',
    className: 'batch-tab',
    'aria-selected': chosen === tab,
    tabIndex: chosen === tab ? 0 : -1,
    onClick: () => {
      onChoose(tab);
    },
  });
  return (
    <div
      className="batch-tabs"
      role="tablist"
      aria-label={words.batches}
      tabIndex={-1}
      ref={list}
      onKeyDown={onKeyDown}
    >
      {batches.map((batch) => (
        <button key={batch.id} {...common(batch.id)} title={words.tab(batch.name, batch.open)}>
          <span className="batch-tab-name">{batch.name}</span>
          <span className="muted">{countText(batch.open)}</span>
          {heldBack(batch) > 0 && <span className="bad">{words.bad(heldBack(batch))}</span>}
        </button>
      ))}
      <button {...common(SENT_TAB)} title={words.sentCount(sentCount)}>
        <span className="batch-tab-name">{words.sent}</span>
        {sentCount > 0 && <span className="muted">{countText(sentCount)}</span>}
        {failedCount > 0 && <span className="bad">{words.failedRows(failedCount)}</span>}
      </button>
    </div>
  );
}
