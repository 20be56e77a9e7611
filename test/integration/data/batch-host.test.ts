import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { PRACTICE_PASSWORD, PRACTICE_USER } from '../../../electron/demo/people/units.ts';
import { client, listen, serve } from '../../../electron/host/contract.ts';
import { Peer } from '../../../electron/host/peer.ts';
import { portOfFork } from '../../../electron/host/port.ts';
import { succeed } from '../../../shared/errors/result.ts';
import { BATCH_ROWS_MAX, IMPORT_SLICE_ROWS } from '../../../shared/ipc/import.ts';
import type { Batch } from '../../../shared/ipc/batches.ts';
import { dataContract, dataEvents, keyContract } from '../../../shared/ipc/data.ts';
import type { BatchRow } from '../../../shared/batch/rows.ts';
import { FILE_BYTES, newcomer, rowsOf, sheetOf } from '../channel/batch-desk.ts';
import { makeUnitKey, signWith, type UnitKey, valueOf } from '../channel/clerk.ts';
import { DemoCentre, UNIT } from '../channel/demo-centre.ts';
import { KEY, makeFolder } from './unit-folder.ts';
import type { TemporaryFolder } from './unit-folder.ts';

const program = fileURLToPath(new URL('../../../electron/data/main.ts', import.meta.url));
const DEADLINE_MS = 110_000;
/** Other calls while a whole batch is checked; generous against a busy machine, a check takes seconds. */
const ANSWER_MS = 1_000;
/** The centre's own answers while it takes a whole batch. */
const CENTRE_ANSWER_MS = 10_000;

let folder: TemporaryFolder;
let centre: DemoCentre;
let key: UnitKey;
const children: ChildProcess[] = [];

beforeAll(async () => {
  folder = makeFolder();
  centre = await DemoCentre.prepare(join(folder.path, 'practice'));
  key = await makeUnitKey(centre.folder);
  await centre.start('2026-11-24T10:00:00+08:00');
});
afterAll(async () => {
  await centre.stop();
  folder.remove();
});
afterEach(async () => {
  for (const child of children.splice(0)) await kill(child);
});

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** The program itself in a process of its own: every answer is held against the contract. */
async function startHost(name: string) {
  const stdio = ['ignore', 'inherit', 'inherit', 'ipc'] as const;
  const child = fork(program, [], { serialization: 'advanced', stdio: [...stdio] });
  children.push(child);
  const peer = new Peer(portOfFork(child));
  const sign = signWith(key);
  serve(peer, keyContract, {
    'key.sign': async ({ toBeSigned }) => {
      const signed = await sign(toBeSigned);
      return signed.ok ? succeed({ signature: signed.value }) : signed;
    },
  });
  const steps: { id: string; rows: number; of: number }[] = [];
  listen(peer, dataEvents, { 'batch.progress': (step) => steps.push(step) });
  const deadlines = Object.fromEntries(
    Object.keys(dataContract).map((op) => [op, DEADLINE_MS]),
  ) as Record<keyof typeof dataContract, number>;
  const host = client(peer, dataContract, deadlines);
  const opened = await host['unit.open']({
    ...{ folder: join(folder.path, name), unitAccount: UNIT, user: PRACTICE_USER },
    ...{ databaseKey: KEY, gateway: centre.gateway, clientVersion: '0.1.0' },
  });
  valueOf(opened);
  const { certificate } = key;
  valueOf(await host['session.signIn']({ password: PRACTICE_PASSWORD, online: true, certificate }));
  return { child, host, steps };
}

type Host = Awaited<ReturnType<typeof startHost>>['host'];

async function append(host: Host, id: string, rows: readonly BatchRow[]): Promise<void> {
  const file = { kind: 'registration', fundType: '10', fileName: '示例.xlsx' } as const;
  valueOf(await host['batches.begin']({ id, ...file }));
  for (let i = 0; i < rows.length; i += IMPORT_SLICE_ROWS) {
    const slice = rows.slice(i, i + IMPORT_SLICE_ROWS);
    valueOf(await host['batches.append']({ id, rows: slice }));
  }
}

const whole = (id: string) => ({ id, sheet: sheetOf('registration'), bytes: FILE_BYTES });
const newcomers = (count: number, from = 0) =>
  rowsOf(Array.from({ length: count }, (_, i) => newcomer(from + i)));

/** Longest time one call takes while `work` goes on. */
async function watch<T>(
  work: Promise<T>,
  call: () => Promise<unknown>,
): Promise<{ value: T; longestMs: number }> {
  let longestMs = 0;
  const ended = work.then(
    () => true,
    () => true,
  );
  do {
    const beganMs = performance.now();
    await call();
    longestMs = Math.max(longestMs, performance.now() - beganMs);
  } while (!(await Promise.race([ended, wait(5, false)])));
  return { value: await work, longestMs };
}

it(
  `${BATCH_ROWS_MAX} rows are checked, the host answering meanwhile, and sent as one order`,
  { timeout: 180_000 },
  async () => {
    const { host, steps } = await startHost('large');
    const id = randomUUID();
    await append(host, id, newcomers(BATCH_ROWS_MAX));
    const shown: Batch[] = [];
    const look = async () => {
      shown.push(...valueOf(await host['batches.list']({ kind: 'registration' })).batches);
    };
    const finished = await watch(host['batches.finish'](whole(id)), look);
    const batch = valueOf(finished.value);
    // what can be seen before all are checked says so
    expect(shown.some(({ isChecked }) => !isChecked)).toBe(true);
    expect(shown.filter(({ isChecked, good }) => isChecked && good < BATCH_ROWS_MAX)).toEqual([]);
    expect(batch).toMatchObject({ open: BATCH_ROWS_MAX, good: BATCH_ROWS_MAX });
    expect(finished.longestMs).toBeLessThan(ANSWER_MS);
    expect(steps.at(-1)).toEqual({ id, rows: BATCH_ROWS_MAX, of: BATCH_ROWS_MAX });
    const page = { id, filter: { show: 'all', text: '' }, offset: 19_900, limit: 500 } as const;
    const beganMs = performance.now();
    const { rows, total } = valueOf(await host['batches.rows'](page));
    const pageMs = performance.now() - beganMs;
    expect([rows.length, total]).toEqual([100, BATCH_ROWS_MAX]);
    const editedMs = performance.now();
    const change = { id, seq: 1, column: 'base', text: '9000' } as const;
    const edited = valueOf(await host['batches.edit'](change));
    const editMs = performance.now() - editedMs;
    expect(edited.row.amounts?.totalFen).toBe(144_000);

    const { goodFen: fen, good: count } = edited.batch;
    const sending = host['batches.send']({
      ...{ id, which: 'all', expected: { count, fen }, differing: 0, waitForOpening: false },
    });
    // what somebody else at the same centre notices of it
    const other = await startHost('other');
    const hello = async () => valueOf(await other.host['channel.hello']({}));
    const { value: sent, longestMs: centreMs } = await watch(sending, hello);
    const order = valueOf(sent);
    expect(order).toMatchObject({ state: 'applied', count: BATCH_ROWS_MAX, acceptedFen: fen });
    expect(centre.countApplied(order.oid)).toEqual({ orders: 1, items: BATCH_ROWS_MAX });
    const settled = await settledOrder(host, order.oid);
    expect(settled).toMatchObject({ succeeded: BATCH_ROWS_MAX, failed: 0 });
    const { longestMs } = finished;
    console.log(JSON.stringify({ longestMs, pageMs, editMs, centreMs }, null, 1));
    expect(centreMs).toBeLessThan(CENTRE_ANSWER_MS);
  },
);

async function settledOrder(host: Host, oid: string) {
  const lastMs = Date.now() + 60_000;
  for (;;) {
    const query = { kind: 'registration', businessMonth: 202612 } as const;
    const { orders } = valueOf(await host['orders.list'](query));
    const order = orders.find((each) => each.oid === oid);
    if (order?.pending === 0) return order;
    if (Date.now() > lastMs) throw new Error(`order is still ${JSON.stringify(order)}`);
    await wait(500);
  }
}

it('killed while the rows come in: nothing of it is left; killed after: all of it', async () => {
  const first = await startHost('killed');
  const unread = randomUUID();
  await append(first.host, unread, newcomers(1_000, 30_000));
  await kill(first.child);

  const second = await startHost('killed');
  const listed = valueOf(await second.host['batches.list']({ kind: 'registration' }));
  expect(listed.batches).toEqual([]);
  expect(await second.host['batches.finish'](whole(unread))).toMatchObject({ code: 'NO_RECORD' });
  const id = randomUUID();
  await append(second.host, id, newcomers(5_000, 30_000));
  const finishing = second.host['batches.finish'](whole(id));
  // under way: it is on the disk before its first check
  while (second.steps.length === 0) await wait(5);
  await kill(second.child);
  await finishing;

  const third = await startHost('killed');
  const found = () => third.host['batches.list']({ kind: 'registration' });
  expect(valueOf(await found()).batches).toMatchObject([{ id, open: 5_000 }]);
  await expect
    .poll(async () => valueOf(await found()).batches[0]?.good, { timeout: 20_000 })
    .toBe(5_000);
});
