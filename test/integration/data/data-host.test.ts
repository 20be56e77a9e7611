import { type ChildProcess, fork } from 'node:child_process';
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { issueKeyCertificate } from '../../../electron/demo/key/key-certificate.ts';
import { PRACTICE_PASSWORD, PRACTICE_USER } from '../../../electron/demo/people/units.ts';
import { ensurePki } from '../../../electron/demo/pki.ts';
import { client, listen, serve } from '../../../electron/host/contract.ts';
import { Peer } from '../../../electron/host/peer.ts';
import { portOfFork } from '../../../electron/host/port.ts';
import { succeed } from '../../../shared/errors/result.ts';
import type { Result } from '../../../shared/errors/result.ts';
import { dataContract, dataEvents, keyContract } from '../../../shared/ipc/data.ts';
import { checkCharacter } from '../../../shared/rules/identity.ts';
import { DemoCentre } from '../channel/demo-centre.ts';
import { KEY, makeFolder } from './unit-folder.ts';
import type { TemporaryFolder } from './unit-folder.ts';

const program = fileURLToPath(new URL('../../../electron/data/main.ts', import.meta.url));
const SMALL_UNIT = '9900000500';
const LARGE_UNIT = '9900100000';
const DEADLINE_MS = 110_000;

function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(`${result.code}: ${result.detail}`);
}

let folder: TemporaryFolder;
let centre: DemoCentre;
const keys = new Map<
  string,
  { certificate: Uint8Array; sign: (bytes: Uint8Array) => Uint8Array }
>();

beforeAll(async () => {
  folder = makeFolder();
  centre = await DemoCentre.prepare(join(folder.path, 'practice'));
  const pki = await ensurePki(centre.folder);
  for (const unitAccount of [SMALL_UNIT, LARGE_UNIT]) {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const spki = pair.publicKey.export({ format: 'der', type: 'spki' });
    const holder = { unitAccount, unitName: '示例有限公司', userName: PRACTICE_USER };
    const certificate = await issueKeyCertificate(pki['bank-ca'], holder, spki);
    keys.set(unitAccount, {
      certificate: new Uint8Array(certificate.raw),
      sign: (bytes) => new Uint8Array(sign('sha256', bytes, pair.privateKey)),
    });
  }
  await centre.start();
});
afterAll(async () => {
  await centre.stop();
  folder.remove();
});

const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) await kill(child);
});

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** The program itself in a process of its own, as main starts it. */
function startHost(unitAccount: string) {
  const child = fork(program, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  children.push(child);
  const peer = new Peer(portOfFork(child));
  const key = keys.get(unitAccount);
  if (!key) throw new Error('no key');
  serve(peer, keyContract, {
    'key.sign': ({ toBeSigned }) => succeed({ signature: key.sign(toBeSigned) }),
  });
  const steps: { phase: string; rows: number; of: number }[] = [];
  const changed: string[] = [];
  listen(peer, dataEvents, {
    'sync.progress': (step) => steps.push(step),
    changed: ({ what }) => changed.push(...what),
  });
  const deadlines = Object.fromEntries(
    Object.keys(dataContract).map((op) => [op, DEADLINE_MS]),
  ) as Record<keyof typeof dataContract, number>;
  const host = client(peer, dataContract, deadlines);
  const open = () =>
    host['unit.open']({
      folder: join(folder.path, 'clerk'),
      unitAccount,
      user: PRACTICE_USER,
      databaseKey: KEY,
      gateway: centre.gateway,
      clientVersion: '0.1.0',
    });
  const signIn = (online: boolean) =>
    host['session.signIn']({
      password: PRACTICE_PASSWORD,
      online,
      ...(online ? { certificate: key.certificate } : {}),
    });
  return { child, host, steps, changed, open, signIn };
}

function typedOf(i: number) {
  const digits = `9901011990010${String(1_000 + i)}`;
  return {
    kind: 'registration' as const,
    fundType: '10',
    name: '𠮷田示例',
    idType: '01',
    idNumber: digits + checkCharacter(digits),
    base: '8000',
  };
}

describe('the data host as a process', () => {
  it('answers nothing about a unit before somebody has signed in', async () => {
    const { host, open } = startHost(SMALL_UNIT);
    const ask = async () => [
      await host['unit.status']({}),
      await host['queue.list']({ kind: 'registration' }),
      await host['roster.query']({
        text: '',
        sort: 'name',
        descending: false,
        offset: 0,
        limit: 1,
      }),
      await host['roster.sync']({}),
      await host['queue.add']({ id: randomUUID(), typed: typedOf(0) }),
      await host['queue.remove']({ ids: [randomUUID()] }),
      await host['orders.list']({ kind: 'registration', businessMonth: 202612 }),
      await host['orders.refresh']({}),
    ];
    const refused = Array.from({ length: 8 }, () => 'NOT_SIGNED_IN');
    const codes = (answers: Result<unknown>[]) => answers.map((a) => (a.ok ? 'ok' : a.code));
    expect(codes(await ask())).toEqual(refused);
    expect(valueOf(await open())).toEqual({ everSignedIn: false });
    expect(codes(await ask())).toEqual(refused);
    expect(await host['roster.cancelSync']({})).toEqual(succeed({ wasRunning: false }));
    expect(await host['unit.close']({})).toEqual(succeed({}));
  });

  it('signs in, syncs, finds people, and keeps every answered entry through kill -9', async () => {
    const first = startHost(SMALL_UNIT);
    valueOf(await first.open());
    const signedIn = valueOf(await first.signIn(true));
    expect(signedIn).toEqual({ online: true, firstOnThisComputer: true });
    const summary = valueOf(await first.host['roster.sync']({}));
    // 500 people, some of them with two funds
    const { count } = summary;
    expect(count).toBeGreaterThanOrEqual(500);
    expect(summary).toMatchObject({ mode: 'full', added: count, changed: 0, removed: 0 });
    expect(first.steps.map(({ phase }) => phase)).toEqual(
      expect.arrayContaining(['asking', 'downloading', 'checking', 'storing', 'done']),
    );
    const status = valueOf(await first.host['unit.status']({}));
    expect(status).toMatchObject({ channel: 'online', rosterCount: count, stopped: null });
    expect(status.parameters?.version).toBeGreaterThan(0);
    expect(first.changed).toEqual(expect.arrayContaining(['status', 'roster', 'queue']));

    const answered: string[] = [];
    const adding = (async () => {
      for (let i = 0; i < 5_000; i += 1) {
        const id = randomUUID();
        const added = await first.host['queue.add']({ id, typed: typedOf(i) });
        if (!added.ok || !added.value.stored) return;
        answered.push(id);
      }
    })();
    while (answered.length < 50) await wait(1);
    await kill(first.child);
    await adding;

    const second = startHost(SMALL_UNIT);
    expect(valueOf(await second.open())).toEqual({ everSignedIn: true });
    expect(valueOf(await second.signIn(false))).toMatchObject({ online: false });
    const { drafts } = valueOf(await second.host['queue.list']({ kind: 'registration' }));
    const kept = drafts.map(({ id }) => id);
    expect(kept.slice(0, answered.length)).toEqual(answered);
    // what was asked but not answered is there or not: asking again with the same id finds out
    expect(kept.length - answered.length).toBeLessThanOrEqual(1);
    expect(drafts.every(({ name }) => name === '𠮷田示例')).toBe(true);
    const found = valueOf(
      await second.host['roster.query']({
        text: '9900',
        sort: 'name',
        descending: false,
        offset: 0,
        limit: 10,
      }),
    );
    expect(found).toMatchObject({ total: count });
  });

  it('keeps every answered edit and undo through kill -9: each whole or not at all', async () => {
    const first = startHost(SMALL_UNIT);
    valueOf(await first.open());
    valueOf(await first.signIn(true));
    valueOf(await first.host['roster.sync']({}));
    const before = valueOf(await first.host['queue.list']({ kind: 'registration' })).drafts;
    const ids: string[] = [];
    for (let i = 0; i < 40; i += 1) {
      const id = randomUUID();
      const added = valueOf(await first.host['queue.add']({ id, typed: typedOf(6_000 + i) }));
      if (!added.stored) throw new Error(JSON.stringify(added.issues));
      ids.push(id);
    }
    /** The last wage answered for each draft, and whether it is to stand in the queue. */
    const answered = new Map(ids.map((id) => [id, { base: '8000', isThere: true }]));
    const asked = { edits: 0, undos: 0 };
    const working = (async () => {
      for (let round = 0; round < 500; round += 1) {
        for (const [i, id] of ids.entries()) {
          const base = String(8_001 + round);
          const typed = { ...typedOf(6_000 + i), base };
          const edited = await first.host['queue.edit']({ id, typed });
          if (!edited.ok) return;
          answered.set(id, { base, isThere: true });
          asked.edits += 1;
          if (i % 4 !== 0) continue;
          if (!(await first.host['queue.remove']({ ids: [id] })).ok) return;
          answered.set(id, { base, isThere: false });
          if (!(await first.host['queue.restore']({ ids: [id] })).ok) return;
          answered.set(id, { base, isThere: true });
          asked.undos += 1;
        }
      }
    })();
    while (asked.edits < 100) await wait(1);
    await kill(first.child);
    await working;
    expect(asked.undos).toBeGreaterThan(10);

    const second = startHost(SMALL_UNIT);
    valueOf(await second.open());
    valueOf(await second.signIn(false));
    const { drafts } = valueOf(await second.host['queue.list']({ kind: 'registration' }));
    const places = [...before.map(({ id }) => id), ...ids];
    const kept = new Map(drafts.map((draft) => [draft.id, draft]));
    expect(drafts.map(({ id }) => id)).toEqual(places.filter((id) => kept.has(id)));
    // one call may have been on its way: its draft is as before it or as after it
    const differing = ids.filter((id) => {
      const draft = kept.get(id);
      const due = answered.get(id);
      const wage = draft?.typed.kind === 'registration' ? draft.typed.base : due?.base;
      return wage !== due?.base || (draft !== undefined) !== due?.isThere;
    });
    expect(differing.length).toBeLessThanOrEqual(1);
    for (const draft of drafts) expect(draft.typedBase % 100).toBe(0);
    for (const id of ids) {
      const draft = kept.get(id);
      if (draft?.typed.kind !== 'registration') continue;
      expect(draft.typedBase).toBe(Number(draft.typed.base) * 100);
    }
    // an undo asked again after the restart finds what the kill left removed
    const gone = ids.filter((id) => !kept.has(id));
    expect(gone.length).toBeLessThanOrEqual(1);
    if (gone.length > 0) {
      expect(await second.host['queue.restore']({ ids: gone })).toMatchObject({
        value: { restored: 1 },
      });
    }
    valueOf(await second.host['queue.remove']({ ids }));
  });

  it('syncs 100,000 people from the centre into the file: cancelled, looked at meanwhile, whole', async () => {
    const { host, steps, open, signIn } = startHost(LARGE_UNIT);
    valueOf(await open());
    valueOf(await signIn(true));
    const look = (text: string) =>
      host['roster.query']({ text, sort: 'base', descending: true, offset: 0, limit: 100 });

    const cancelled = host['roster.sync']({});
    while ((steps.at(-1)?.rows ?? 0) < 20_000) await wait(5);
    expect(valueOf(await host['roster.cancelSync']({}))).toEqual({ wasRunning: true });
    expect(await cancelled).toMatchObject({ ok: false, code: 'SYNC_CANCELLED' });
    expect(valueOf(await look('')).total).toBe(0);

    const syncing = host['roster.sync']({});
    const waits: number[] = [];
    const progress = { isDone: false };
    void syncing.then(() => {
      progress.isDone = true;
    });
    while (!progress.isDone) {
      const start = performance.now();
      expect([0, 100_000]).toContain(valueOf(await look('')).total);
      waits.push(performance.now() - start);
      await wait(20);
    }
    expect(valueOf(await syncing)).toMatchObject({ count: 100_000, added: 100_000 });
    waits.sort((a, b) => a - b);
    console.log({
      lookupsDuringSync: waits.length,
      medianMs: waits[Math.floor(waits.length / 2)],
      p95Ms: waits[Math.floor(waits.length * 0.95)],
      longestMs: waits.at(-1),
    });
    expect(waits[Math.floor(waits.length / 2)] ?? 0).toBeLessThan(250);
    expect(valueOf(await look('王')).total).toBeGreaterThan(0);
    expect(await host['roster.sync']({})).toMatchObject({ ok: true, value: { mode: 'unchanged' } });
  });
});
