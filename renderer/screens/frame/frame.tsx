import { useEffect, useState } from 'react';
import type { Order, UnitStatus } from '../../../shared/ipc/data.ts';
import type { StartReport } from '../../../shared/ipc/story.ts';
import type { WindowStatus } from '../../../shared/ipc/window.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { FailureNote } from '../../parts/failure-note.tsx';
import { OutputNote } from '../../parts/output-note.tsx';
import { useCentreTime, useFilingWindow } from '../../state/centre-time.ts';
import { useScreen } from '../../state/navigation.ts';
import { noticesOf, useFollowNotices, useReadNotices } from '../../state/notices.ts';
import type { Screen } from '../../../shared/ipc/screens.ts';
import { useCancelFailure, useOrders, waitingOrders } from '../../state/orders.ts';
import { forgetReconnecting, usePlatformDialog, useReconnecting } from '../../state/reconnect.ts';
import { useStartReadFailure, useStartReport } from '../../state/start-report.ts';
import { useSync } from '../../state/sync.ts';
import { useUnlockedOnce } from '../../state/window-status.ts';
import { AuditTrail } from '../audit-trail/audit-trail.tsx';
import { Backup } from '../backup/backup.tsx';
import { About } from '../about/about.tsx';
import { Applications } from '../applications/applications.tsx';
import { BatchScreen } from '../batch/batch-screen.tsx';
import { SendDialog } from '../batch/send-dialog.tsx';
import { followImport } from '../batch/importing.ts';
import { Results } from '../results/results.tsx';
import { ConfirmDialog } from '../confirm/confirm-dialog.tsx';
import { Counter } from '../counter/counter.tsx';
import { Diagnostics } from '../diagnostics/diagnostics.tsx';
import { EntryScreen } from '../entry/entry-screen.tsx';
import { Help } from '../help/help.tsx';
import { MonthClose } from '../month-close/month-close.tsx';
import { Notices } from '../notices/notices.tsx';
import { pressingOutage } from '../notices/outage.ts';
import { OrderStory } from '../order-story/order-story.tsx';
import { startLine } from '../start-report/start-line.ts';
import type { HindranceAction } from '../queue/hindrance.ts';
import { RosterQuery } from '../roster-query/roster-query.tsx';
import { RosterSync } from '../roster-sync/roster-sync.tsx';
import { Templates } from '../templates/templates.tsx';
import { Today } from '../today/today.tsx';
import { BottomBar } from './bottom-bar.tsx';
import { chooseNotice } from './notice.ts';
import type { Notice } from './notice.ts';
import { PlatformDialog } from './platform-dialog.tsx';
import { QuitDialog } from './quit-dialog.tsx';
import { SideMenu } from './side-menu.tsx';
import { TopBar } from './top-bar.tsx';

interface FrameProps {
  readonly status: WindowStatus;
  readonly unit: UnitStatus;
}

interface ScreenProps extends FrameProps {
  readonly orders: readonly Order[];
  readonly waiting: readonly Order[];
  readonly offered: HindranceAction | null;
  readonly report: StartReport | null;
}

const entryOf = (kind: EntryKind) =>
  function Entry({ status, unit, waiting, offered }: ScreenProps) {
    return <EntryScreen {...{ kind, status, unit, waiting, offered }} />;
  };

const batchOf = (kind: EntryKind) =>
  function Batch({ status, unit, offered }: ScreenProps) {
    return <BatchScreen {...{ kind, status, unit, offered }} />;
  };

const shown: Readonly<Record<Screen, (props: ScreenProps) => React.ReactNode>> = {
  today: ({ unit, orders, report }) => <Today unit={unit} orders={orders} report={report} />,
  'roster-sync': ({ unit }) => <RosterSync unit={unit} />,
  backup: () => <Backup />,
  registration: entryOf('registration'),
  reduction: entryOf('reduction'),
  'missed-back-pay': entryOf('missedBackPay'),
  'shortfall-back-pay': entryOf('shortfallBackPay'),
  'batch-registration': batchOf('registration'),
  'batch-reduction': batchOf('reduction'),
  'batch-missed-back-pay': batchOf('missedBackPay'),
  'batch-shortfall-back-pay': batchOf('shortfallBackPay'),
  templates: ({ unit }) => <Templates unit={unit} />,
  applications: ({ unit }) => <Applications unit={unit} />,
  counter: ({ unit }) => <Counter unit={unit} />,
  'audit-trail': () => <AuditTrail />,
  'order-story': () => <OrderStory />,
  'registration-results': ({ unit }) => <Results group="registration" unit={unit} />,
  'back-pay-results': ({ unit }) => <Results group="backPay" unit={unit} />,
  'reduction-results': ({ unit }) => <Results group="reduction" unit={unit} />,
  'month-close': ({ unit }) => <MonthClose unit={unit} />,
  'roster-query': ({ unit }) => <RosterQuery unit={unit} />,
  notices: ({ unit }) => <Notices unit={unit} />,
  help: () => <Help />,
  diagnostics: () => <Diagnostics />,
  about: ({ unit }) => <About unit={unit} />,
};

/** The main window after sign-in. What was typed in a screen is kept in its store, not here. */
export function Frame(props: FrameProps) {
  const { status, unit } = props;
  const screen = useScreen();
  const [quitting, setQuitting] = useState(false);
  const orders = useOrders(useFilingWindow()?.businessMonth);
  const waiting = waitingOrders(orders);
  const report = useStartReport();
  // on 今日 it stands above everything
  const line =
    report && screen !== 'today' ? startLine(report, unit.channel === 'online') : undefined;
  const notice = chooseNotice({
    ...{ status, unit, waiting },
    ...(line === undefined ? {} : { startLine: line }),
    unlockedOnce: useUnlockedOnce(),
    syncing: useSync().kind === 'running',
    outage: useOutage(unit),
  });
  const notOnline = useReconnecting().failure;
  const notCancelled = useCancelFailure();
  const notRead = useStartReadFailure();
  const failure = notOnline ?? notCancelled ?? notRead;
  // under a dialogue of the whole window nothing of it can be reached
  const covered = usePlatformDialog();
  useEffect(() => {
    if (unit.channel === 'online') forgetReconnecting();
  }, [unit.channel]);
  useEffect(followImport, []);
  useFollowNotices();
  return (
    <div className="frame" inert={covered} aria-hidden={covered}>
      <TopBar status={status} unit={unit} />
      <SideMenu
        unit={unit}
        onQuit={() => {
          setQuitting(true);
        }}
      />
      <main className="work">
        {failure && (
          <div className="work-failure">
            <FailureNote code={failure.code} detail={failure.detail} />
          </div>
        )}
        <OutputNote />
        {shown[screen]({ ...props, orders, waiting, report, offered: offeredBy(notice) })}
      </main>
      {notice && <BottomBar notice={notice} waiting={waiting} />}
      <ConfirmDialog />
      <SendDialog />
      <PlatformDialog status={status} unitAccount={unit.unitAccount} />
      <QuitDialog
        unit={unit}
        waiting={waiting}
        open={quitting}
        onClose={() => {
          setQuitting(false);
        }}
      />
    </div>
  );
}

/** The outage that is near or on; while the marks are not known all notices count as read. */
function useOutage(unit: UnitStatus) {
  const window = useFilingWindow();
  const now = useCentreTime();
  const read = useReadNotices();
  return pressingOutage(noticesOf(unit), (id) => read?.has(id) ?? true, window, now);
}

/** What the bar offers is not offered a second time beside the queue. */
function offeredBy(notice: Notice | null): HindranceAction | null {
  const action = notice?.action;
  return action === 'startPlatform' || action === 'reconnect' ? action : null;
}
