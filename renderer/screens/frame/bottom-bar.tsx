import { Button } from 'antd';
import { ask } from '../../bridge.ts';
import { openScreen } from '../../state/navigation.ts';
import { openPlatform, reconnect, useReconnecting } from '../../state/reconnect.ts';
import { startSync } from '../../state/sync.ts';
import { bar as words } from '../../text/frame.ts';
import type { Notice } from './notice.ts';

const actions: Readonly<
  Record<NonNullable<Notice['action']>, { readonly label: string; readonly run: () => void }>
> = {
  quit: { label: words.quit, run: () => void ask('app.quit', {}) },
  seeResults: {
    label: words.see,
    run: () => {
      openScreen('registration-results');
    },
  },
  startPlatform: { label: words.startPlatform, run: openPlatform },
  sync: {
    label: words.syncNow,
    run: () => {
      openScreen('roster-sync');
      void startSync();
    },
  },
  reconnect: { label: words.reconnect, run: () => void reconnect() },
};

/** One sentence and one button, only when something needs the clerk. */
export function BottomBar({ notice }: { notice: Notice }) {
  const { busy } = useReconnecting();
  const action = notice.action && actions[notice.action];
  return (
    <div className={`bar bar-${notice.tone}`} role="status" aria-label={words.label}>
      <span>{notice.text}</span>
      {action && (
        <Button loading={busy && notice.action === 'reconnect'} onClick={action.run}>
          {action.label}
        </Button>
      )}
    </div>
  );
}
