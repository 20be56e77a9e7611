import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { OFFLINE_TRIES_MAX } from '../../../electron/data/db/password-verifier.ts';
import { fail } from '../../../shared/errors/result.ts';
import { Clerk, makeUnitKey, signWith, type UnitKey, valueOf } from './clerk.ts';
import { DemoCentre } from './demo-centre.ts';

const WRONG = '111111';

let root: string;
let centre: DemoCentre;
let key: UnitKey;
let folder: string;
let clerk: Clerk;
let clerks = 0;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'signing-in-'));
  centre = await DemoCentre.prepare(join(root, 'practice'));
  key = await makeUnitKey(centre.folder);
  await centre.start();
});
afterAll(async () => {
  await centre.stop();
  rmSync(root, { recursive: true, force: true });
});
beforeEach(async () => {
  centre.strike();
  clerks += 1;
  folder = join(root, `clerk-${clerks}`);
  clerk = new Clerk(folder, centre.gateway, key);
  await clerk.open();
});
afterEach(async () => {
  await clerk.close();
});

test('hello needs no key and reads the connection at run time', async () => {
  clerk.keySign = () => Promise.reject(new Error('the key must not be asked'));
  const hello = valueOf(await clerk.host.handlers['channel.hello']({}));
  expect(hello.tlsProtocol).toBe('TLSv1.3');
  expect(hello.gatewaySubject).toContain('CN=gateway.demo.example');
  expect(hello.centreSubject).toContain('CN=演示住房公积金中心');
});

test('the first sign-in is online; from then on the password is checked without the centre', async () => {
  expect(await clerk.signInOffline()).toMatchObject({ ok: false, code: 'FIRST_SIGN_IN_ONLINE' });
  const first = valueOf(await clerk.signIn());
  expect(first).toEqual({ online: true, firstOnThisComputer: true });
  expect((await clerk.status()).channel).toBe('online');
  expect((await clerk.status()).parameters?.version).toBeGreaterThan(0);
  valueOf(await clerk.host.handlers['session.signOut']({}));
  expect(await clerk.host.handlers['unit.status']({})).toMatchObject({ code: 'NOT_SIGNED_IN' });
  await centre.stop();
  expect(valueOf(await clerk.signInOffline())).toEqual({
    online: false,
    firstOnThisComputer: false,
  });
  expect((await clerk.status()).channel).toBe('off');
  const drafts = await clerk.enter(1);
  expect(await clerk.confirm(drafts)).toMatchObject({ ok: false, code: 'KEY_NOT_LOGGED_IN' });
  expect(await clerk.queue()).toHaveLength(1);
  await centre.start();
  const { certificate } = key;
  valueOf(await clerk.host.handlers['session.goOnline']({ certificate }));
  expect(valueOf(await clerk.confirm(drafts)).state).toBe('applied');
  valueOf(await clerk.host.handlers['session.signOut']({}));
  expect(valueOf(await clerk.signIn())).toEqual({ online: true, firstOnThisComputer: false });
});

test('wrong passwords offline are counted across restarts and lock for a while', async () => {
  valueOf(await clerk.signIn());
  valueOf(await clerk.host.handlers['session.signOut']({}));
  for (let tries = 1; tries < OFFLINE_TRIES_MAX; tries += 1) {
    expect(await clerk.signInOffline(WRONG)).toMatchObject({ ok: false, code: 'PASSWORD_WRONG' });
    await clerk.close();
    await clerk.open();
  }
  expect(await clerk.signInOffline(WRONG)).toMatchObject({ ok: false, code: 'PASSWORD_LOCKED' });
  // also for the right one
  expect(await clerk.signInOffline()).toMatchObject({ ok: false, code: 'PASSWORD_LOCKED' });
  // the centre's word counts more: an online sign-in ends the pause
  valueOf(await clerk.signIn());
  valueOf(await clerk.host.handlers['session.signOut']({}));
  expect((await clerk.signInOffline()).ok).toBe(true);
});

test('a password refused by the centre leaves the offline one as it was', async () => {
  valueOf(await clerk.signIn());
  valueOf(await clerk.host.handlers['session.signOut']({}));
  expect(await clerk.signIn(WRONG)).toMatchObject({ ok: false, code: 'PASSWORD_WRONG' });
  expect(await clerk.signInOffline(WRONG)).toMatchObject({ ok: false, code: 'PASSWORD_WRONG' });
  expect((await clerk.signInOffline()).ok).toBe(true);
});

test('without the key, or with a wrong signature, nobody is signed in', async () => {
  clerk.keySign = () => Promise.resolve(fail('KEY_NOT_LOGGED_IN'));
  expect(await clerk.signIn()).toMatchObject({ ok: false, code: 'KEY_NOT_LOGGED_IN' });
  const stranger = await makeUnitKey(centre.folder);
  clerk.keySign = signWith(stranger);
  expect(await clerk.signIn()).toMatchObject({ ok: false, code: 'KEY_SIGNATURE_BAD' });
  expect(await clerk.host.handlers['unit.status']({})).toMatchObject({ code: 'NOT_SIGNED_IN' });
  expect(await clerk.signInOffline()).toMatchObject({ ok: false, code: 'FIRST_SIGN_IN_ONLINE' });
});

test.each(['html', 'otherKey', 'replay', 'flip'] as const)(
  'an answer to the sign-in that proves nothing (%s) signs nobody in',
  async (fault) => {
    centre.strike({ do: fault, tx: 'WL0002' });
    expect(await clerk.signIn()).toMatchObject({ ok: false, code: 'ANSWER_UNPROVEN' });
    expect(await clerk.host.handlers['unit.status']({})).toMatchObject({ code: 'NOT_SIGNED_IN' });
    expect((await clerk.signIn()).ok).toBe(true);
  },
);

test('a session the centre has ended is opened again by itself where the key is unlocked', async () => {
  valueOf(await clerk.signIn());
  centre.endSessions();
  // how many results it reads depends on the clerks before
  valueOf(await clerk.host.handlers['orders.refresh']({}));
  centre.endSessions();
  clerk.keySign = () => Promise.resolve(fail('KEY_REMOVED'));
  expect(await clerk.host.handlers['orders.refresh']({})).toMatchObject({
    ok: false,
    code: 'KEY_REMOVED',
  });
});
