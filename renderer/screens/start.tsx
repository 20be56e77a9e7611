import { Button, Select } from 'antd';
import { useState } from 'react';
import type { Failure } from '../../shared/errors/result.ts';
import type { WindowStatus } from '../../shared/ipc/window.ts';
import { ErrorLink } from '../parts/error-link.tsx';
import { Rescue } from './backup/rescue.tsx';
import { PlatformForm } from './platform/platform-form.tsx';
import { ask } from '../bridge.ts';
import { hostNotice, keyNotice } from './frame/notice.ts';
import { SignIn } from './sign-in/sign-in.tsx';
import { useDescription } from '../state/description.ts';
import { openHelpOver } from '../state/help.ts';
import { common } from '../text/common.ts';
import { help } from '../text/help.ts';
import { platform as words } from '../text/platform.ts';
import { signIn } from '../text/sign-in.ts';

/** The two steps before the main window: 启动外联平台, then 登录 (manual 三). */
export function Start({ status }: { status: WindowStatus }) {
  const { accounts, banner, version } = useDescription();
  const [unitAccount, setUnitAccount] = useState(accounts[0]?.unitAccount ?? '');
  const [step, setStep] = useState<'platform' | 'signIn'>(
    status.key.state === 'unlocked' ? 'signIn' : 'platform',
  );
  /** Why the unit's file cannot be opened. */
  const [broken, setBroken] = useState<Failure>();
  const account = accounts.find((one) => one.unitAccount === unitAccount) ?? accounts[0];
  if (!account) return null;
  const trouble = hostNotice(status) ?? keyNotice(status);
  const givenUp = trouble?.action === 'quit';
  function noteRefused(failure: Failure) {
    if (failure.code === 'DB_DAMAGED' || failure.code === 'DB_KEY_LOST') setBroken(failure);
  }
  const chooser =
    accounts.length > 1 ? (
      <div className="field">
        <label htmlFor="account">{words.account}</label>
        <Select
          id="account"
          value={unitAccount}
          onChange={setUnitAccount}
          options={accounts.map((one) => ({
            value: one.unitAccount,
            label: `${one.unitAccount} ${one.unitName}`,
          }))}
        />
      </div>
    ) : null;
  return (
    <main className="start">
      <div className="start-box">
        <header className="start-head">
          <h1>{common.product}</h1>
          {banner && <span className="badge badge-practice">{banner}</span>}
          <span className="version">{version}</span>
          <button
            type="button"
            className="link push"
            onClick={() => {
              openHelpOver({ page: 'topic', topic: 'start' });
            }}
          >
            {help.title}
          </button>
        </header>
        {trouble && (
          <p role="alert" className={`start-note ${trouble.tone}`}>
            {trouble.text}
            {trouble.code && <ErrorLink code={trouble.code} />}
          </p>
        )}
        {status.interrupted && !givenUp && (
          <p role="status" className="start-note warn">
            {signIn.interrupted}
          </p>
        )}
        {givenUp ? (
          // nothing behind the window would answer any more
          <div className="buttons start-end">
            <Button type="primary" autoFocus onClick={() => void ask('app.quit', {})}>
              {signIn.leave}
            </Button>
          </div>
        ) : broken ? (
          <Rescue
            key={unitAccount}
            unitAccount={unitAccount}
            code={broken.code}
            detail={broken.detail}
            onDone={() => {
              setBroken(undefined);
              setStep(status.key.state === 'unlocked' ? 'signIn' : 'platform');
            }}
          />
        ) : step === 'platform' ? (
          <section aria-label={words.title}>
            <p className="muted">{words.intro}</p>
            {chooser}
            <PlatformForm
              key={unitAccount}
              unitAccount={unitAccount}
              status={status}
              onReady={() => {
                setStep('signIn');
              }}
              onRefused={noteRefused}
              extra={
                <Button
                  title={words.offlineHint}
                  onClick={() => {
                    setStep('signIn');
                  }}
                >
                  {words.offline}
                </Button>
              }
            />
          </section>
        ) : (
          <SignIn
            account={account}
            chooser={status.platform.state === 'ready' ? null : chooser}
            status={status}
            onPlatform={() => {
              setStep('platform');
            }}
            onRefused={noteRefused}
          />
        )}
      </div>
    </main>
  );
}
