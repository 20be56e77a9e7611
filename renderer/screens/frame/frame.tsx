import { useEffect, useState } from 'react';
import type { UnitStatus } from '../../../shared/ipc/data.ts';
import type { WindowStatus } from '../../../shared/ipc/window.ts';
import { FailureNote } from '../../parts/failure-note.tsx';
import { useScreen } from '../../state/navigation.ts';
import type { Screen } from '../../state/navigation.ts';
import { forgetReconnecting, usePlatformDialog, useReconnecting } from '../../state/reconnect.ts';
import { useSync } from '../../state/sync.ts';
import { useUnlockedOnce } from '../../state/window-status.ts';
import { About } from '../about/about.tsx';
import { RegistrationResults } from '../registration-results/registration-results.tsx';
import { ConfirmDialog } from '../registration/confirm-dialog.tsx';
import { Registration } from '../registration/registration.tsx';
import { RosterQuery } from '../roster-query/roster-query.tsx';
import { RosterSync } from '../roster-sync/roster-sync.tsx';
import { Today } from '../today/today.tsx';
import { BottomBar } from './bottom-bar.tsx';
import { chooseNotice } from './notice.ts';
import { PlatformDialog } from './platform-dialog.tsx';
import { QuitDialog } from './quit-dialog.tsx';
import { SideMenu } from './side-menu.tsx';
import { TopBar } from './top-bar.tsx';

interface FrameProps {
  readonly status: WindowStatus;
  readonly unit: UnitStatus;
}

const shown: Readonly<Record<Screen, (props: FrameProps) => React.ReactNode>> = {
  today: ({ unit }) => <Today unit={unit} />,
  'roster-sync': ({ unit }) => <RosterSync unit={unit} />,
  registration: ({ status, unit }) => <Registration status={status} unit={unit} />,
  'registration-results': ({ unit }) => <RegistrationResults unit={unit} />,
  'roster-query': ({ unit }) => <RosterQuery unit={unit} />,
  about: ({ unit }) => <About unit={unit} />,
};

/** The main window after sign-in. What was typed in a screen is kept in its store, not here. */
export function Frame(props: FrameProps) {
  const { status, unit } = props;
  const screen = useScreen();
  const [quitting, setQuitting] = useState(false);
  const notice = chooseNotice({
    status,
    unit,
    unlockedOnce: useUnlockedOnce(),
    syncing: useSync().kind === 'running',
  });
  const { failure } = useReconnecting();
  // under a dialogue of the whole window nothing of it can be reached
  const covered = usePlatformDialog();
  useEffect(() => {
    if (unit.channel === 'online') forgetReconnecting();
  }, [unit.channel]);
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
        {shown[screen](props)}
      </main>
      {notice && <BottomBar notice={notice} />}
      <ConfirmDialog />
      <PlatformDialog status={status} unitAccount={unit.unitAccount} />
      <QuitDialog
        unit={unit}
        open={quitting}
        onClose={() => {
          setQuitting(false);
        }}
      />
    </div>
  );
}
