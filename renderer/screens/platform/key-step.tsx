import { Radio } from 'antd';
import type { CertificateView } from '../../../shared/ipc/window.ts';
import { ErrorMark } from '../../parts/error-link.tsx';
import { FailureNote } from '../../parts/failure-note.tsx';
import { useDescription } from '../../state/description.ts';
import { platform as words } from '../../text/platform.ts';
import { dateText } from '../../text/time.ts';
import type { Certificates } from './certificates.ts';
import { Step } from './step.tsx';
import type { StepState } from './step.tsx';

interface KeyStepProps {
  readonly certificates: Certificates;
  readonly picked: CertificateView | undefined;
  readonly onChoose: (fingerprint: string) => void;
}

function stateOf({ looking, failure, all }: Certificates, picked: boolean): StepState {
  if (picked) return 'done';
  if (looking && !failure && all.length === 0) return 'busy';
  return 'failed';
}

export function KeyStep({ certificates, picked, onChoose }: KeyStepProps) {
  const { keyNote } = useDescription();
  const { all, looking, failure } = certificates;
  const usable = all.filter((certificate) => certificate.usable);
  const first = picked ?? all[0];
  return (
    <Step
      number={1}
      title={words.key}
      note={keyNote}
      state={stateOf(certificates, picked !== undefined)}
    >
      {looking && !first && !failure && <p className="muted">{words.looking}</p>}
      {failure && <FailureNote code={failure.code} detail={failure.detail} />}
      {first && <p>{words.found(first.tokenLabel, first.tokenSerial)}</p>}
      {usable.length === 1 && usable[0] && (
        <p className="muted">
          {words.certificate} {usable[0].subject}，{words.validUntil(dateText(usable[0].notAfter))}
        </p>
      )}
      {usable.length > 1 && (
        <Radio.Group
          className="certificates"
          aria-label={words.certificateChoice}
          value={picked?.fingerprint}
          onChange={(event) => {
            onChoose(String(event.target.value));
          }}
        >
          {usable.map((certificate) => (
            <Radio key={certificate.fingerprint} value={certificate.fingerprint}>
              {certificate.subject}，{words.validUntil(dateText(certificate.notAfter))}（
              {certificate.tokenSerial}）
            </Radio>
          ))}
        </Radio.Group>
      )}
      {first && usable.length === 0 && <p className="bad">{words.noneUsable}</p>}
      <ul className="unusable" hidden={usable.length === all.length}>
        {all
          .filter((certificate) => !certificate.usable)
          .map((certificate) => (
            <li key={certificate.fingerprint}>
              {certificate.subject} · {words.unusable}：{certificate.reason}
              <ErrorMark code="KEY_NO_CERTIFICATE" />
            </li>
          ))}
      </ul>
    </Step>
  );
}
