import { Activity, useEffect, useState } from 'react';
import type { UnitStatus } from '../../../shared/ipc/data.ts';
import type { WindowStatus } from '../../../shared/ipc/window.ts';
import { FailureNote } from '../../parts/failure-note.tsx';
import { useScreen } from '../../state/navigation.ts';
import type { Screen } from '../../state/navigation.ts';
import { forgetReconnecting, useReconnecting } from '../../state/reconnect.ts';
import { useUnlockedOnce } from '../../state/window-status.ts';
import { About } from '../about/about.tsx';
import { RegistrationResults } from '../registration-results/registration-results.tsx';
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

/** The main window after sign-in. A screen once opened keeps what was typed in it. */
export function Frame(props: FrameProps) {
  const { status, unit } = props;
  const screen = useScreen();
  const [opened, setOpened] = useState<readonly Screen[]>([screen]);
  const [quitting, setQuitting] = useState(false);
  const notice = chooseNotice({ status, unit, unlockedOnce: useUnlockedOnce() });
  const { failure } = useReconnecting();
  if (!opened.includes(screen)) setOpened([...opened, screen]);
  useEffect(() => {
    if (unit.channel === 'online') forgetReconnecting();
  }, [unit.channel]);
  return (
    <div className="frame">
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
        {opened.map((name) => (
          <Activity key={name} mode={name === screen ? 'visible' : 'hidden'}>
            {shown[name](props)}
          </Activity>
        ))}
      </main>
      {notice && <BottomBar notice={notice} />}
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
