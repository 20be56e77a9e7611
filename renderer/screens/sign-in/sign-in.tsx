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
  const { hints } = useDescription();
  const { unitAccount, unitName, user } = account;
  const online = status.platform.state === 'ready';
  /** An unlocked key lets the sign-in itself try the gateway once more. */
  const mayGoOnline = online || status.key.state === 'unlocked';
  const [password, setPassword] = useState('');
  const [wantsSync, setWantsSync] = useState(true);
  const [forced, setForced] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
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
    setPassword('');
    field.current?.focus();
    setFailure(answer);
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
        <span className="muted">
          {online
            ? platformWords.gatewayProven(
                status.platform.tlsProtocol,
                status.platform.gatewaySubject,
              )
            : mayGoOnline
              ? status.platform.failure === 'HOST_DIED'
                ? words.diedHint
                : words.retryHint
              : words.offlineHint}
        </span>
      </div>
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
        {!mayGoOnline ? words.syncOffline : forced ? words.syncForced : words.syncOnline}
      </p>
      {failure && <FailureNote code={failure.code} detail={failure.detail} />}
      <div className="buttons">
        <Button type="primary" htmlType="submit" loading={busy} disabled={password === ''}>
          {busy ? words.busy : words.confirm}
        </Button>
        <Button disabled={busy} onClick={() => void ask('app.quit', {})}>
          {words.leave}
        </Button>
        {!online && (
          <Button type="link" disabled={busy} onClick={onPlatform}>
            {words.toPlatform}
          </Button>
        )}
      </div>
    </form>
  );
}
