import { useEffect } from 'react';
import type { Batch } from '../../../shared/ipc/batches.ts';
import type { Order, UnitStatus } from '../../../shared/ipc/data.ts';
import type { WindowStatus } from '../../../shared/ipc/window.ts';
import type { FilingWindow } from '../../../shared/rules/window.ts';
import type { Parameters } from '../../../shared/wire/parameters.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { FailureNote } from '../../parts/failure-note.tsx';
import { useBatchOrders, useBatches } from '../../state/batches.ts';
import { useFilingWindow } from '../../state/centre-time.ts';
import { batch as words, batchKindWords } from '../../text/batch.ts';
import { findHindrance } from '../queue/hindrance.ts';
import type { HindranceAction } from '../queue/hindrance.ts';
import { BatchPane } from './batch-pane.tsx';
import { BatchTabs } from './batch-tabs.tsx';
import { ImportButton, ImportState, ImportSteps } from './import-panel.tsx';
import { forgetImport, useImporting } from './importing.ts';
import { useSending } from './send.ts';
import { SentPane } from './sent-pane.tsx';
import { SENT_TAB, showBatch, useShown } from './shown-batch.ts';
import { UndoNote } from './undo-note.tsx';

interface BatchScreenProps {
  readonly kind: EntryKind;
  readonly status: WindowStatus;
  readonly unit: UnitStatus;
  /** What the bar below offers already. */
  readonly offered: HindranceAction | null;
}

/** One of the four entries in batch mode (manual 六(二), 七(二), 八(二), 九(二)). */
export function BatchScreen(props: BatchScreenProps) {
  const { kind, unit } = props;
  const window = useFilingWindow();
  if (!unit.parameters || !window) {
    return (
      <section className="page" aria-label={batchKindWords[kind]}>
        <EmptyNote title={batchKindWords[kind]} next={words.policyMissing} />
      </section>
    );
  }
  return <Batches {...props} key={kind} parameters={unit.parameters} window={window} />;
}

interface BatchesProps extends BatchScreenProps {
  readonly parameters: Parameters;
  readonly window: FilingWindow;
}

/** Open batches, and one all rows of which were just removed: it stays until another is chosen. */
function tabsOf(batches: readonly Batch[], chosen: string | undefined): Batch[] {
  return batches.filter((batch) => batch.open > 0 || (batch.id === chosen && batch.removed > 0));
}

function Batches({ kind, status, unit, parameters, window, offered }: BatchesProps) {
  const { value, failure, reload } = useBatches(kind);
  const orders = useBatchOrders(kind, window.businessMonth);
  const shown = useShown(kind);
  const importing = useImporting();
  const stage = useSending().kind;
  const { reload: reloadOrders } = orders;
  useEffect(() => {
    // whatever came of an import or of sending, it is read again
    void reload();
    void reloadOrders();
  }, [stage, importing.state, shown.undoable, reload, reloadOrders]);
  const batches = value ?? [];
  const open = tabsOf(batches, shown.tab);
  const sent = orders.value ?? [];
  const hasAny = open.length > 0 || sent.length > 0;
  const chosen = chosenTab(shown.tab, open, sent);
  const batch = open.find(({ id }) => id === chosen);
  const isRunning = importing.state === 'running' && importing.kind === kind;
  const problem = shown.failure ?? failure;
  return (
    <section className="batches" aria-label={batchKindWords[kind]}>
      <div className="batches-head">
        <h1>{batchKindWords[kind]}</h1>
        {hasAny && (
          <BatchTabs
            batches={open}
            sentCount={sent.length}
            failedCount={sent.reduce((sum, { failed }) => sum + failed, 0)}
            chosen={chosen}
            onChoose={(tab) => {
              forgetImport();
              showBatch(kind, tab);
            }}
          />
        )}
        {hasAny && (
          <ImportButton kind={kind} parameters={parameters} isPrimary={open.length === 0} />
        )}
      </div>
      <div className="batches-said">
        {problem && <FailureNote code={problem.code} detail={problem.detail} />}
        <ImportState kind={kind} />
      </div>
      {!hasAny && value && !isRunning && <ImportSteps kind={kind} parameters={parameters} />}
      {batch && (
        <BatchPane
          key={batch.id}
          batch={batch}
          window={window}
          hindrance={findHindrance(status, unit, window)}
          offered={offered}
          isNew={importing.state === 'done' && importing.batch.id === batch.id}
        />
      )}
      {hasAny && !batch && chosen === SENT_TAB && (
        <SentPane
          kind={kind}
          orders={sent}
          batches={batches}
          failure={orders.failure}
          isRead={orders.value !== undefined}
        />
      )}
      <UndoNote kind={kind} />
    </section>
  );
}

/** What the clerk chose, while it is there; else the newest batch, else what was sent. */
function chosenTab(
  tab: string | undefined,
  open: readonly Batch[],
  sent: readonly Order[],
): string {
  if (tab === SENT_TAB && sent.length > 0) return tab;
  const known = open.find(({ id }) => id === tab) ?? open[0];
  return known?.id ?? SENT_TAB;
}
