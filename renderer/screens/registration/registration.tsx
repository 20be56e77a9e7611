import { useEffect } from 'react';
import type { UnitStatus } from '../../../shared/ipc/data.ts';
import type { WindowStatus } from '../../../shared/ipc/window.ts';
import type { FilingWindow } from '../../../shared/rules/window.ts';
import type { Parameters } from '../../../shared/wire/parameters.ts';
import { ask } from '../../bridge.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { useFilingWindow } from '../../state/centre-time.ts';
import { useReading } from '../../state/reading.ts';
import { useUnlockedOnce } from '../../state/window-status.ts';
import { registration as words } from '../../text/registration.ts';
import { hasRatios } from '../../state/ratio-terms.ts';
import { chooseNotice } from '../frame/notice.ts';
import { propose, useConfirming } from './confirmation.ts';
import { EntryForm } from './entry-form.tsx';
import { findHindrance } from './hindrance.ts';
import { QueuePane } from './queue-pane.tsx';

interface RegistrationProps {
  readonly status: WindowStatus;
  readonly unit: UnitStatus;
}

/** 职工登记 (manual 六(一)): the form on the left, the queue on the right. */
export function Registration({ status, unit }: RegistrationProps) {
  const window = useFilingWindow();
  if (!unit.parameters || !window) {
    return (
      <section className="page" aria-label={words.title}>
        <EmptyNote title={words.title} next={words.policyMissing} />
      </section>
    );
  }
  return <Desk status={status} unit={unit} parameters={unit.parameters} window={window} />;
}

interface DeskProps extends RegistrationProps {
  readonly parameters: Parameters;
  readonly window: FilingWindow;
}

const readQueue = () => ask('queue.list', { kind: 'registration' });

function Desk({ status, unit, parameters, window }: DeskProps) {
  const { value, failure, reload } = useReading(readQueue, 'queue');
  const { businessMonth } = window;
  const stage = useConfirming().kind;
  useEffect(() => {
    // whatever came of a confirmation, the queue is read again
    if (stage === 'ended' || stage === 'failed') void reload();
  }, [stage, reload]);
  const drafts = value?.drafts ?? [];
  const hindrance = findHindrance(status, unit, window);
  // the bar below offers it already
  const offered = chooseNotice({ status, unit, unlockedOnce: useUnlockedOnce() })?.action;
  return (
    <div className="desk">
      <EntryForm terms={parameters.terms} businessMonth={businessMonth} drafts={drafts} />
      <QueuePane
        drafts={drafts}
        businessMonth={businessMonth}
        failure={failure}
        isRead={value !== undefined}
        hasRatios={hasRatios(parameters.terms)}
        hindrance={
          hindrance && hindrance.action === offered ? { ...hindrance, action: null } : hindrance
        }
        onReread={reload}
        onConfirm={propose}
      />
    </div>
  );
}
