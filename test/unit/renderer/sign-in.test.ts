import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { GatewayStep } from '../../../renderer/screens/platform/gateway-step.tsx';
import { SignIn } from '../../../renderer/screens/sign-in/sign-in.tsx';
import { DescriptionContext } from '../../../renderer/state/description.ts';
import { platform as platformWords } from '../../../renderer/text/platform.ts';
import { signIn as words } from '../../../renderer/text/sign-in.ts';
import type { WindowStatus } from '../../../shared/ipc/window.ts';
import { statusWith } from './samples.ts';

const account = { unitAccount: '9900001234', user: '990001', unitName: '示例机械制造有限公司' };
const tooOld = statusWith({
  platform: { ...statusWith({}).platform, state: 'keyOnly', failure: 'CLIENT_TOO_OLD' },
});

function signInHtml(status: WindowStatus): string {
  const description = {
    ...{ version: '0.1.0', accounts: [account], banner: null, keyNote: null, hints: null },
    ...{ dataProtected: true, versions: { electron: '', chrome: '', node: '' } },
  };
  const form = createElement(SignIn, {
    account,
    chooser: null,
    status,
    onPlatform: () => undefined,
    onRefused: () => undefined,
  });
  return renderToStaticMarkup(createElement(DescriptionContext, { value: description }, form));
}

describe('a program older than the centre takes', () => {
  it('says at sign-in that it is too old, that drafts are kept, whom to ask, and signs in offline', () => {
    const html = signInHtml(tooOld);
    expect(html).toContain(words.tooOld('0.1.0'));
    expect(words.tooOld('0.1.0')).toMatch(/0\.1\.0 过低.*已录入的数据都在.*离线登录.*技术支持/);
    expect(html).toContain(words.offline);
    expect(html).toContain(words.syncTooOld);
    // neither a try that cannot help nor a sync that cannot come
    expect(html).not.toContain(words.toPlatform);
    expect(html).not.toContain(words.retryHint);
    expect(html).not.toMatch(/<input[^>]*checkbox[^>]*checked/);
  });

  it('says nothing of it otherwise', () => {
    expect(signInHtml(statusWith({}))).not.toContain('过低');
    const away = { ...tooOld.platform, failure: 'GATEWAY_UNREACHABLE' as const };
    expect(signInHtml(statusWith({ platform: away }))).toContain(words.retryHint);
  });

  it('says the same where the platform is started', () => {
    const { platform } = tooOld;
    const html = renderToStaticMarkup(
      createElement(GatewayStep, { platform, busy: false, failure: platform.failure }),
    );
    expect(html).toContain(platformWords.keyTooOld);
    expect(html).not.toContain(platformWords.keyOnly);
  });
});
