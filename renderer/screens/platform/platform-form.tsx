import { Button } from 'antd';
import { useState } from 'react';
import type { Failure } from '../../../shared/errors/result.ts';
import type { WindowStatus } from '../../../shared/ipc/window.ts';
import { ask } from '../../bridge.ts';
import { FailureNote } from '../../parts/failure-note.tsx';
import { refreshStatus } from '../../state/window-status.ts';
import { platform as words } from '../../text/platform.ts';
import { pickCertificate, useCertificates } from './certificates.ts';
import { GatewayStep } from './gateway-step.tsx';
import { KeyStep } from './key-step.tsx';
import { PinStep } from './pin-step.tsx';

interface PlatformFormProps {
  readonly unitAccount: string;
  readonly status: WindowStatus;
  /** The key is unlocked and the gateway proven. */
  readonly onReady: () => void;
  /** The step was refused; the note about it stands in the form all the same. */
  readonly onRefused?: (failure: Failure) => void;
  /** Buttons beside 启动外联平台. */
  readonly extra?: React.ReactNode;
}

/** 启动外联平台 (manual 三(一)): key, PIN, gateway. The PIN is dropped after each attempt. */
export function PlatformForm({
  unitAccount,
  status,
  onReady,
  onRefused,
  extra,
}: PlatformFormProps) {
  const certificates = useCertificates(unitAccount, status.key);
  const [chosen, setChosen] = useState<string>();
  const [pin, setPin] = useState('');
  const [lastTryAgreed, setLastTryAgreed] = useState(false);
  const [attempts, setAttempts] = useState(0);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const picked = pickCertificate(certificates.all, chosen);
  const lastTryOpen = picked?.pin === 'lastTry' && !lastTryAgreed;
  const canStart =
    picked !== undefined && picked.pin !== 'locked' && pin !== '' && !lastTryOpen && !busy;

  async function start() {
    if (!picked || !canStart) return;
    setBusy(true);
    setFailure(undefined);
    const answer = await ask('platform.start', {
      unitAccount,
      fingerprint: picked.fingerprint,
      pin,
      confirmLastTry: lastTryAgreed,
    });
    setPin('');
    setLastTryAgreed(false);
    await refreshStatus();
    setBusy(false);
    if (!answer.ok) {
      setFailure(answer);
      onRefused?.(answer);
      await certificates.detect();
      setAttempts((count) => count + 1);
    } else if (answer.value.online) onReady();
  }

  return (
    <form
      className="platform-form"
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <ol className="steps">
        <KeyStep certificates={certificates} picked={picked} onChoose={setChosen} />
        <PinStep
          certificate={picked}
          pin={pin}
          onPin={setPin}
          lastTryAgreed={lastTryAgreed}
          onLastTry={setLastTryAgreed}
          attempts={attempts}
          unlocked={status.key.state === 'unlocked'}
        />
        <GatewayStep
          platform={status.platform}
          busy={busy && status.key.state === 'unlocked'}
          failure={status.platform.failure}
        />
      </ol>
      {failure && <FailureNote code={failure.code} detail={failure.detail} />}
      <div className="buttons">
        <Button type="primary" htmlType="submit" disabled={!canStart} loading={busy}>
          {busy ? words.starting : words.start}
        </Button>
        <Button
          disabled={busy}
          loading={certificates.looking}
          onClick={() => {
            setFailure(undefined);
            void certificates.detect();
          }}
        >
          {words.detect}
        </Button>
        {extra}
      </div>
    </form>
  );
}
