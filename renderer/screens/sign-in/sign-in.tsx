import { Button, Checkbox, Input } from 'antd';
import type { InputRef } from 'antd';
import { useRef, useState } from 'react';
import type { Failure } from '../../../shared/errors/result.ts';
import type { Description, WindowStatus } from '../../../shared/ipc/window.ts';
import { ask } from '../../bridge.ts';
import { FailureNote } from '../../parts/failure-note.tsx';
import { Field } from '../../parts/field.tsx';
import { StateWord } from '../../parts/state-word.tsx';
import { useDescription } from '../../state/description.ts';
import { openScreen } from '../../state/navigation.ts';
import { dropExpectedSync, expectSync } from '../../state/sync.ts';
import { refreshStatus } from '../../state/window-status.ts';
import { isTooOld } from '../frame/notice.ts';
import { platform as platformWords } from '../../text/platform.ts';
import { signIn as words } from '../../text/sign-in.ts';

interface SignInProps {
  readonly account: Description['accounts'][number];
  /** Choice of the account, where there are several. */
  readonly chooser: React.ReactNode | null;
  readonly status: WindowStatus;
  readonly onPlatform: () => void;
  readonly onRefused: (failure: Failure) => void;
}

/** 登录 (manual 三(二)): online where the platform is ready, otherwise offline. */
export function SignIn({ account, chooser, status, onPlatform, onRefused }: SignInProps) {
  const { hints, version } = useDescription();
  const { unitAccount, unitName, user } = account;
  const online = status.platform.state === 'ready';
  /** An unlocked key lets the sign-in itself try the gateway once more. */
  const tooOld = !online && isTooOld(status);
  const mayGoOnline = online || (!tooOld && status.key.state === 'unlocked');
  const [password, setPassword] = useState('');
  const [wantsSync, setWantsSync] = useState(true);
  const [forced, setForced] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  /** Too old was known before: only a computer never signed in on is refused again. */
  const [isRepeated, setRepeated] = useState(false);
  const field = useRef<InputRef>(null);
  const sync = mayGoOnline && (forced || wantsSync);

  async function enter() {
    if (password === '' || busy) return;
    setBusy(true);
    setFailure(undefined);
    // before asking: main starts the sync by itself and its events may come before the answer
    if (sync) expectSync();
    const answer = await ask('session.signIn', { unitAccount, password, sync });
    const syncs = sync && answer.ok && answer.value.online;
    if (!syncs) dropExpectedSync();
    if (answer.ok) {
      openScreen(syncs && answer.value.firstOnThisComputer ? 'roster-sync' : 'today');
      await refreshStatus();
      return;
    }
    setBusy(false);
    if (answer.code === 'SYNC_REQUIRED') {
      // said beside the box, which is ticked now: 确定 again is all that is left to do
      setForced(true);
      return;
    }
    setFailure(answer);
    if (answer.code === 'CLIENT_TOO_OLD') {
      // nothing is wrong with the password: 确定 again signs in offline, where that is possible
      setRepeated(tooOld);
      return;
    }
    setPassword('');
    field.current?.focus();
    onRefused(answer);
  }

  return (
    <form
      className="sign-in"
      aria-label={words.title}
      onSubmit={(event) => {
        event.preventDefault();
        void enter();
      }}
    >
      <div className="sign-in-mode">
        <StateWord tone={online ? 'good' : mayGoOnline ? 'warn' : 'idle'}>
          {online ? words.online : words.offline}
        </StateWord>
        <span className="muted">{modeText(status, online, mayGoOnline)}</span>
      </div>
      {tooOld && (
        <p className="bad" role="alert">
          {words.tooOld(version)}
        </p>
      )}
      {chooser}
      <dl className="facts">
        {!chooser && (
          <div>
            <dt>{words.account}</dt>
            <dd>
              {unitAccount} {unitName}
            </dd>
          </div>
        )}
        <div>
          <dt>{words.user}</dt>
          <dd>{user}</dd>
        </div>
      </dl>
      <Field
        id="transaction-password"
        label={words.password}
        message={hints ? words.passwordHint(hints.transactionPassword) : null}
      >
        <Input
          type="password"
          ref={field}
          autoFocus
          id="transaction-password"
          autoComplete="off"
          maxLength={64}
          value={password}
          onChange={(event) => {
            setPassword(event.target.value);
          }}
        />
      </Field>
      <Checkbox
        checked={sync}
        disabled={!mayGoOnline || forced}
        onChange={(event) => {
          setWantsSync(event.target.checked);
        }}
      >
        {words.sync}
      </Checkbox>
      <p className={`sync-note ${forced ? 'warn' : 'muted'}`} role="status">
        {tooOld
          ? words.syncTooOld
          : !mayGoOnline
            ? words.syncOffline
            : forced
              ? words.syncForced
              : words.syncOnline}
      </p>
      {failure?.code === 'CLIENT_TOO_OLD'
        ? isRepeated && <p className="bad">{words.tooOldFirst}</p>
        : failure && <FailureNote code={failure.code} detail={failure.detail} />}
      <div className="buttons">
        <Button type="primary" htmlType="submit" loading={busy} disabled={password === ''}>
          {busy ? words.busy : words.confirm}
        </Button>
        <Button disabled={busy} onClick={() => void ask('app.quit', {})}>
          {words.leave}
        </Button>
        {!online && !tooOld && (
          <Button type="link" disabled={busy} onClick={onPlatform}>
            {words.toPlatform}
          </Button>
        )}
      </div>
    </form>
  );
}

function modeText(status: WindowStatus, online: boolean, mayGoOnline: boolean): string {
  const { platform } = status;
  if (online) return platformWords.gatewayProven(platform.tlsProtocol, platform.gatewaySubject);
  if (isTooOld(status)) return words.offlineTooOld;
  if (!mayGoOnline) return words.offlineHint;
  return platform.failure === 'HOST_DIED' ? words.diedHint : words.retryHint;
}
