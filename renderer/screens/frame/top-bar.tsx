import { Button } from 'antd';
import type { UnitStatus } from '../../../shared/ipc/data.ts';
import type { WindowStatus } from '../../../shared/ipc/window.ts';
import { useDescription } from '../../state/description.ts';
import { useCentreTime, useFilingWindow } from '../../state/centre-time.ts';
import { openScreen } from '../../state/navigation.ts';
import { openPlatform } from '../../state/reconnect.ts';
import { startSync, useSync } from '../../state/sync.ts';
import { closingText, filing } from '../../text/filing.ts';
import { topBar as words } from '../../text/frame.ts';
import { countText } from '../../text/numbers.ts';
import { stampText } from '../../text/time.ts';
import { ChannelPanel } from './channel-panel.tsx';
import { keyState, syncState } from './states.ts';
import { StatusPanel } from './status-panel.tsx';

interface TopBarProps {
  readonly status: WindowStatus;
  readonly unit: UnitStatus;
}

/** Who, which month, how long still, and the three states the work depends on. */
export function TopBar({ status, unit }: TopBarProps) {
  const { banner } = useDescription();
  const window = useFilingWindow();
  return (
    <header className="top">
      {banner && <span className="badge badge-practice">{banner}</span>}
      <strong className="top-unit" title={unit.unitName}>
        {unit.unitName}
      </strong>
      <span className="top-account">{unit.unitAccount}</span>
      {window && (
        <>
          <span className="top-month">
            {filing.businessMonth} <strong>{window.businessMonth}</strong>
          </span>
          <span className="top-closing" title={window.calendarKnown ? '' : filing.calendarUnknown}>
            {closingText(window)}
          </span>
        </>
      )}
      <div className="top-states">
        <KeyPanel status={status} />
        <ChannelPanel status={status} unit={unit} />
        <SyncPanel unit={unit} />
      </div>
    </header>
  );
}

function KeyPanel({ status: { key } }: { status: WindowStatus }) {
  const { keyNote } = useDescription();
  return (
    <StatusPanel
      name={words.key}
      state={keyState(key)}
      facts={[
        [words.keyLabel, keyNote ? `${key.label}（${keyNote}）` : key.label],
        [words.keySerial, key.serial],
        [words.keySubject, key.subject],
        [words.driver, key.driver],
        [words.detail, key.detail],
      ]}
      {...(key.state === 'unlocked'
        ? {}
        : {
            action: (close) => (
              <Button
                type="primary"
                onClick={() => {
                  close();
                  openPlatform();
                }}
              >
                {key.state === 'present' ? words.enterPin : words.start}
              </Button>
            ),
          })}
    />
  );
}

function SyncPanel({ unit }: { unit: UnitStatus }) {
  const sync = useSync();
  const now = useCentreTime();
  const canSync = unit.channel === 'online' && sync.kind !== 'running';
  return (
    <StatusPanel
      name={words.sync}
      state={syncState(unit, sync, now)}
      facts={[
        [words.lastSync, unit.lastSyncAt ? stampText(unit.lastSyncAt) : words.never],
        [words.rosterCount, words.records(countText(unit.rosterCount))],
        [words.rosterVersion, String(unit.rosterVersion)],
      ]}
      action={(close) => (
        <Button
          type="primary"
          disabled={!canSync}
          onClick={() => {
            close();
            openScreen('roster-sync');
            void startSync();
          }}
        >
          {words.syncNow}
        </Button>
      )}
    />
  );
}
