import { useEffect } from 'react';
import type { Order, UnitStatus } from '../../../shared/ipc/data.ts';
import type { WindowStatus } from '../../../shared/ipc/window.ts';
import type { FilingWindow } from '../../../shared/rules/window.ts';
import type { Parameters } from '../../../shared/wire/parameters.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { useFilingWindow } from '../../state/centre-time.ts';
import { useQueues } from '../../state/queues.ts';
import { entry as words } from '../../text/entry.ts';
import { kindWords } from '../../text/kinds.ts';
import { propose, useConfirming } from '../confirm/confirmation.ts';
import { findHindrance } from '../queue/hindrance.ts';
import type { HindranceAction } from '../queue/hindrance.ts';
import { QueuePane } from '../queue/queue-pane.tsx';
import { editDraft } from './editing.ts';
import { afterEntry, changeDesk, useDesk } from './entry-desk.ts';
import { EntryForm } from './entry-form.tsx';

interface EntryScreenProps {
  readonly kind: EntryKind;
  readonly status: WindowStatus;
  readonly unit: UnitStatus;
  /** Orders that wait for the opening, of all kinds. */
  readonly waiting: readonly Order[];
  /** What the bar below offers already. */
  readonly offered: HindranceAction | null;
}

/** One of the four entries in single mode: the form on the left, its queue on the right. */
export function EntryScreen(props: EntryScreenProps) {
  const window = useFilingWindow();
  const { kind, unit } = props;
  if (!unit.parameters || !window) {
    return (
      <section className="page" aria-label={kindWords[kind]}>
        <EmptyNote title={kindWords[kind]} next={words.policyMissing} />
      </section>
    );
  }
  return <Desk {...props} key={kind} parameters={unit.parameters} window={window} />;
}

interface DeskProps extends EntryScreenProps {
  readonly parameters: Parameters;
  readonly window: FilingWindow;
}

function Desk(props: DeskProps) {
  const { kind, status, unit, parameters, window, waiting, offered } = props;
  const { value, failure, reload } = useQueues();
  const firstFund = parameters.terms.fundTypes[0] ?? '';
  const { editing } = useDesk(kind, firstFund);
  const stage = useConfirming().kind;
  useEffect(() => {
    // whatever came of a confirmation, the queue is read again
    if (stage === 'ended' || stage === 'failed') void reload();
  }, [stage, reload]);
  const drafts = value ?? [];
  return (
    <div className="desk">
      <EntryForm kind={kind} parameters={parameters} window={window} drafts={drafts} />
      <QueuePane
        kind={kind}
        drafts={drafts.filter((draft) => draft.kind === kind)}
        parameters={parameters}
        window={window}
        waiting={waiting}
        editingId={editing?.id}
        failure={failure}
        isRead={value !== undefined}
        hindrance={findHindrance(status, unit, window)}
        offered={offered}
        onReread={reload}
        onConfirm={propose}
        onEdit={(draft) => {
          editDraft(kind, firstFund, draft, parameters.reductionReasons);
        }}
        onRemoved={(ids) => {
          changeDesk(kind, firstFund, (desk) =>
            desk.editing && ids.includes(desk.editing.id) ? afterEntry(desk) : desk,
          );
        }}
      />
    </div>
  );
}
