import { Checkbox, Input } from 'antd';
import type { InputRef } from 'antd';
import { useEffect, useRef } from 'react';
import type { CertificateView } from '../../../shared/ipc/window.ts';
import { useDescription } from '../../state/description.ts';
import { platform as words } from '../../text/platform.ts';
import { Step } from './step.tsx';

interface PinStepProps {
  readonly certificate: CertificateView | undefined;
  readonly pin: string;
  readonly onPin: (pin: string) => void;
  readonly lastTryAgreed: boolean;
  readonly onLastTry: (agreed: boolean) => void;
  readonly unlocked: boolean;
  /** Counts the attempts: after each the field has the focus again. */
  readonly attempts: number;
}

const advice = {
  ask: '',
  warnLow: words.pinLow,
  lastTry: words.pinLast,
  locked: words.pinLocked,
} as const;

export function PinStep(props: PinStepProps) {
  const { certificate, pin, onPin, lastTryAgreed, onLastTry, unlocked, attempts } = props;
  const { hints } = useDescription();
  const field = useRef<InputRef>(null);
  const rule = certificate?.pin;
  const fingerprint = certificate?.fingerprint;
  useEffect(() => {
    if (fingerprint) field.current?.focus();
  }, [fingerprint, attempts]);
  const isLocked = rule === 'locked';
  return (
    <Step
      number={2}
      title={words.pin}
      state={isLocked ? 'failed' : unlocked ? 'done' : 'waiting'}
      waitingWord={words.pinState}
    >
      <div className="pin-line">
        <Input
          type="password"
          ref={field}
          id="pin"
          aria-label={words.pin}
          autoComplete="off"
          maxLength={64}
          value={pin}
          disabled={!certificate || isLocked}
          placeholder={certificate ? '' : words.pinWaits}
          onChange={(event) => {
            onPin(event.target.value);
          }}
        />
        {hints && <span className="hint">{words.pinHint(hints.pin)}</span>}
      </div>
      {rule && rule !== 'ask' && (
        <p className={rule === 'warnLow' ? 'warn' : 'bad'}>{advice[rule]}</p>
      )}
      {rule === 'lastTry' && (
        <Checkbox
          checked={lastTryAgreed}
          onChange={(event) => {
            onLastTry(event.target.checked);
          }}
        >
          {words.pinLastConfirm}
        </Checkbox>
      )}
    </Step>
  );
}
