import { Button } from 'antd';
import type { UnitStatus } from '../../../shared/ipc/data.ts';
import type { WindowStatus } from '../../../shared/ipc/window.ts';
import { catalogue } from '../../../shared/errors/catalogue.ts';
import { ask } from '../../bridge.ts';
import { openPlatform, reconnect, useReconnecting } from '../../state/reconnect.ts';
import { refreshStatus } from '../../state/window-status.ts';
import { topBar as words } from '../../text/frame.ts';
import { channelState } from './states.ts';
import { StatusPanel } from './status-panel.tsx';

interface ChannelPanelProps {
  readonly status: WindowStatus;
  readonly unit: UnitStatus;
}

async function stopPlatform(): Promise<void> {
  await ask('platform.stop', {});
  await refreshStatus();
}

/** 外联平台: what was proven about the other side, and start, reconnect or stop. */
export function ChannelPanel({ status, unit }: ChannelPanelProps) {
  const { busy, failure } = useReconnecting();
  const { platform, key } = status;
  const code = failure?.code ?? platform.failure;
  const isOnline = unit.channel === 'online';
  return (
    <StatusPanel
      name={words.platform}
      state={channelState(status, unit)}
      facts={[
        [words.protocol, platform.tlsProtocol],
        [words.gatewaySubject, platform.gatewaySubject],
        [words.detail, isOnline || !code ? '' : `${catalogue[code].text}${catalogue[code].next}`],
      ]}
      {...(isOnline || !code ? {} : { code })}
      action={(close) => {
        if (isOnline) {
          return (
            <Button
              onClick={() => {
                close();
                void stopPlatform();
              }}
            >
              {words.stop}
            </Button>
          );
        }
        if (key.state === 'unlocked') {
          return (
            <Button type="primary" loading={busy} onClick={() => void reconnect()}>
              {words.reconnect}
            </Button>
          );
        }
        return (
          <Button
            type="primary"
            onClick={() => {
              close();
              openPlatform();
            }}
          >
            {words.start}
          </Button>
        );
      }}
    />
  );
}
