import type { ErrorCode } from '../../../shared/errors/catalogue.ts';
import type { WindowStatus } from '../../../shared/ipc/window.ts';
import { FailureNote } from '../../parts/failure-note.tsx';
import { platform as words } from '../../text/platform.ts';
import { Step } from './step.tsx';
import type { StepState } from './step.tsx';

interface GatewayStepProps {
  readonly platform: WindowStatus['platform'];
  readonly busy: boolean;
  /** Why the gateway could not be proven, once tried. */
  readonly failure: ErrorCode | null;
}

function stateOf({ platform, busy, failure }: GatewayStepProps): StepState {
  if (busy || platform.state === 'starting') return 'busy';
  if (platform.state === 'ready') return 'done';
  return failure ? 'failed' : 'waiting';
}

/** What can be done with the key alone. */
function afterwards(failure: ErrorCode): string {
  if (failure === 'CLIENT_TOO_OLD') return words.keyTooOld;
  return failure === 'HOST_DIED' ? words.keyKept : words.keyOnly;
}

/** The proof of the other side, read off the connection. */
export function GatewayStep(props: GatewayStepProps) {
  const { platform, failure } = props;
  const state = stateOf(props);
  return (
    <Step number={3} title={words.gateway} state={state}>
      {state === 'waiting' && <p className="muted">{words.gatewayWaits}</p>}
      {state === 'busy' && <p className="muted">{words.gatewayProving}</p>}
      {state === 'done' && (
        <p className="proof">
          {words.gatewayProven(platform.tlsProtocol, platform.gatewaySubject)}
        </p>
      )}
      {state === 'failed' && failure && (
        <>
          <FailureNote code={failure} detail="" />
          <p className="muted">{afterwards(failure)}</p>
        </>
      )}
    </Step>
  );
}
