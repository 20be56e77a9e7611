import { Button } from 'antd';
import { useEffect, useState } from 'react';
import type { ErrorCode } from '../../../shared/errors/catalogue.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import type { RescueOffer } from '../../../shared/ipc/backups.ts';
import { ask } from '../../bridge.ts';
import { FailureNote } from '../../parts/failure-note.tsx';
import { backup as words } from '../../text/backup.ts';
import { common } from '../../text/common.ts';
import { stampText } from '../../text/time.ts';
import { holdsText } from './holds-text.ts';

interface RescueProps {
  readonly unitAccount: string;
  readonly code: ErrorCode;
  readonly detail: string;
  readonly onDone: () => void;
}

/** The unit's file cannot be opened: the newest good backup in its place, or a fresh start. */
export function Rescue({ unitAccount, code, detail, onDone }: RescueProps) {
  const [offer, setOffer] = useState<RescueOffer>();
  const [failure, setFailure] = useState<Failure>();
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  const [done, setDone] = useState<{ restored: boolean; keptAs: string }>();

  useEffect(() => {
    let isGone = false;
    void ask('rescue.offer', { unitAccount }).then((answer) => {
      if (isGone) return;
      if (answer.ok) setOffer(answer.value);
      else setFailure(answer);
    });
    return () => {
      isGone = true;
    };
  }, [unitAccount]);

  async function run(name: string | null) {
    setAsking(false);
    setBusy(true);
    setFailure(undefined);
    const answer = await ask('rescue.run', { unitAccount, name });
    setBusy(false);
    if (answer.ok) setDone({ restored: name !== null, keptAs: answer.value.keptAs });
    else setFailure(answer);
  }

  if (done) {
    return (
      <section className="rescue" role="status">
        <p className="good">
          <strong>{done.restored ? words.rescueRestored : words.rescueBegun}</strong>
        </p>
        {done.keptAs !== '' && <p className="muted">{words.rescueKept(done.keptAs)}</p>}
        <p>{done.restored ? words.rescueAfter : words.rescueAnewAbout}</p>
        <div className="buttons">
          <Button type="primary" autoFocus onClick={onDone}>
            {words.rescueOn}
          </Button>
        </div>
      </section>
    );
  }
  return (
    <section className="rescue" aria-label={words.title}>
      <FailureNote code={code} detail={detail} />
      <p className="muted">{words.rescueKeeps}</p>
      {failure && <FailureNote code={failure.code} detail={failure.detail} />}
      {!offer && !failure && (
        <p role="status" className="busy">
          <span className="spinner" /> {words.rescueLook}
        </p>
      )}
      {offer && <Offer offer={offer} />}
      {asking ? (
        <div className="buttons">
          <span>{words.rescueQuestion}</span>
          <Button onClick={() => void run(null)}>{common.yes}</Button>
          <Button
            autoFocus
            onClick={() => {
              setAsking(false);
            }}
          >
            {common.no}
          </Button>
        </div>
      ) : (
        <Choices
          offer={offer}
          busy={busy}
          onRun={run}
          onAnew={() => {
            setAsking(true);
          }}
        />
      )}
    </section>
  );
}

function Offer({ offer: { backup, locked } }: { offer: RescueOffer }) {
  return (
    <>
      {backup ? (
        <dl className="facts">
          <div>
            <dt>{words.rescueFound}</dt>
            <dd>
              <strong>{stampText(backup.at)}</strong>（{words.reasons[backup.reason]}）
            </dd>
          </div>
          <div>
            <dt>{words.holds}</dt>
            <dd>{holdsText(backup.holds)}</dd>
          </div>
        </dl>
      ) : (
        <p>{words.rescueNone}</p>
      )}
      {locked > 0 && <p>{words.rescueLocked(locked)}</p>}
      <p className="muted">{backup ? words.rescueAfter : words.rescueAnewAbout}</p>
    </>
  );
}

interface ChoicesProps {
  readonly offer: RescueOffer | undefined;
  readonly busy: boolean;
  readonly onRun: (name: string | null) => Promise<void>;
  readonly onAnew: () => void;
}

function Choices({ offer, busy, onRun, onAnew }: ChoicesProps) {
  if (!offer) return null;
  const { backup } = offer;
  return (
    <div className="buttons">
      {backup ? (
        <>
          <Button type="primary" loading={busy} onClick={() => void onRun(backup.name)}>
            {busy ? words.rescueBusy : words.rescueRun}
          </Button>
          <Button disabled={busy} onClick={onAnew}>
            {words.rescueEmpty}
          </Button>
        </>
      ) : (
        <Button type="primary" loading={busy} onClick={() => void onRun(null)}>
          {words.rescueAnew}
        </Button>
      )}
    </div>
  );
}
