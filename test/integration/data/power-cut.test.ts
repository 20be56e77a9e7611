import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openUnitDatabase } from '../../../electron/data/db/open.ts';
import { SeededRandom } from '../../../electron/demo/people/random.ts';
import { client, type Client } from '../../../electron/host/contract.ts';
import { Peer } from '../../../electron/host/peer.ts';
import { portOfFork } from '../../../electron/host/port.ts';
import { dataContract } from '../../../shared/ipc/data.ts';
import type { EntryTyped } from '../../../shared/rules/entry.ts';
import { CutDisk, type Fate } from '../../fixtures/writelog/cut-disk.ts';
import {
  buildWriteLog,
  type FileName,
  type LogRecord,
  readWriteLog,
} from '../../fixtures/writelog/write-log.ts';
import {
  Clerk,
  DATABASE_KEY,
  makePerson,
  makeUnitKey,
  signWith,
  type UnitKey,
  valueOf,
} from '../channel/clerk.ts';
import { DemoCentre, UNIT } from '../channel/demo-centre.ts';
import { findLoss, Promises } from './promises.ts';

/**
 * A power cut at every sync of the database's files, and between them: what the disk may hold then is
 * made from the list of all writes and syncs (test/fixtures/writelog) and opened by the program.
 * Whatever had been answered to the window is there, and no order had left that is not.
 */
const dataHost = fileURLToPath(new URL('../../../electron/data/main.ts', import.meta.url));
const marks = new URL('../../fixtures/writelog/marks.ts', import.meta.url).href;
const PASSWORD = '888888';
const CALL_DEADLINE_MS = 60_000;
const TEST_DEADLINE_MS = 360_000;
const CARELESS_SHARE = 0.05;
/** As the recorded program gives it: another one would make a backup first. */
const CLIENT_VERSION = '0.1.0';
const fates: readonly Fate[] = ['none', 'some', 'all'];

let root: string;
let centre: DemoCentre;
let key: UnitKey;

beforeAll(async () => {
  // what is cut is made here, whatever the disk below does: in memory it is quick
  root = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'power-cut-'));
  centre = await DemoCentre.prepare(join(root, 'practice'));
  key = await makeUnitKey(centre.folder);
  await centre.start('2026-11-24T10:00:00+08:00');
});
afterAll(async () => {
  await centre.stop();
  rmSync(root, { recursive: true, force: true });
});

type Host = Client<typeof dataContract>;

/** The real data host with its writes written down; ends as a program ends whose power is cut. */
async function record(writeLog: string, work: (host: Host) => Promise<void>): Promise<LogRecord[]> {
  const folder = join(root, 'recorded');
  const list = join(root, 'writes');
  const child = fork(dataHost, [], {
    serialization: 'advanced',
    execArgv: ['--import', marks],
    env: { ...process.env, LD_PRELOAD: writeLog, WRITELOG_FILE: list },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const peer = new Peer(portOfFork(child));
  const sign = signWith(key);
  peer.handle('key.sign', async (request) => {
    const { toBeSigned } = request as { toBeSigned: Uint8Array };
    return { ok: true, value: { signature: valueOf(await sign(toBeSigned)) } };
  });
  const deadlines = Object.fromEntries(
    Object.keys(dataContract).map((op) => [op, CALL_DEADLINE_MS]),
  ) as Record<keyof typeof dataContract, number>;
  const host = client(peer, dataContract, deadlines);
  valueOf(await host['unit.open'](new Clerk(folder, centre.gateway, key).openRequest));
  const { certificate } = key;
  valueOf(await host['session.signIn']({ password: PASSWORD, online: true, certificate }));
  await work(host);
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  return readWriteLog(list);
}

/** Entries, edits, removals and undo, a sync, and orders of which some lose their answer. */
async function workAsAClerk(host: Host): Promise<void> {
  valueOf(await host['roster.sync']({}));
  const query = { text: '', sort: 'personalAccount', descending: false, offset: 0 } as const;
  const { rows } = valueOf(await host['roster.query']({ ...query, limit: 20, status: '01' }));
  const reduce = (index: number): EntryTyped => {
    const personalAccount = rows[index]?.personalAccount ?? '';
    return { kind: 'reduction', fundType: '10', personalAccount, reason: '04' };
  };
  const enter = async (typed: EntryTyped) => {
    const added = valueOf(await host['queue.add']({ id: randomUUID(), typed }));
    if (!added.stored) throw new Error(JSON.stringify(added.issues));
    return added.draft;
  };
  for (let turn = 0; turn < 3; turn += 1) {
    const person = makePerson();
    const drafts = [await enter(person), await enter(makePerson()), await enter(makePerson())];
    const [first, second, third] = drafts;
    if (!first || !second || !third) throw new Error('nothing was entered');
    valueOf(await host['queue.edit']({ id: first.id, typed: { ...person, base: '9000' } }));
    valueOf(await host['queue.remove']({ ids: [second.id, third.id] }));
    valueOf(await host['queue.restore']({ ids: [third.id] }));
    const {
      drafts: waiting,
      count,
      totalFen,
    } = valueOf(await host['queue.list']({ kind: 'registration' }));
    if (turn % 2 === 1) centre.strike({ do: 'dropAfter', tx: 'WL1001' });
    valueOf(
      await host['orders.confirm']({
        kind: 'registration',
        waitForOpening: false,
        ids: waiting.filter(({ orderId }) => orderId === null).map(({ id }) => id),
        expected: { count, fen: totalFen },
      }),
    );
    centre.strike();
    await expect
      .poll(async () => valueOf(await host['unit.status']({})).openOrders, { timeout: 20_000 })
      .toBe(0);
    const draft = await enter(reduce(turn));
    valueOf(
      await host['orders.confirm']({
        kind: 'reduction',
        waitForOpening: false,
        ids: [draft.id],
        expected: { count: 1, fen: draft.totalFen },
      }),
    );
  }
  valueOf(await host['roster.sync']({}));
}

interface Cut {
  readonly images: number;
  readonly losses: string[];
}

/** Opens the disk of a cut at every sync (`share` of them), and at some writes and answers between them. */
function cutEverywhere(records: readonly LogRecord[], disk: CutDisk, share = 1): Cut {
  const random = new SeededRandom('power cut');
  const promises = new Promises();
  const losses: string[] = [];
  let images = 0;
  for (const [index, record] of records.entries()) {
    const isSync = record.kind === 'sync';
    const isBetween = record.kind === 'write' && random.chance(0.02);
    const isTold = record.kind === 'mark' && random.chance(0.2);
    if ((isSync || isBetween || isTold) && random.fraction() < share) {
      for (const fate of isSync ? fates : (['some'] as const)) {
        const found = open(disk, fate, random, promises);
        images += 1;
        if (found !== undefined) losses.push(`record ${index}, ${fate}: ${found}`);
      }
    }
    disk.take(record);
    if (record.kind === 'mark') promises.take(record.content);
  }
  return { images, losses };
}

/** What the program lost by it; undefined where it lost nothing. */
function open(
  disk: CutDisk,
  fate: Fate,
  random: SeededRandom,
  promises: Promises,
): string | undefined {
  const folder = join(root, 'cut');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const ends = { database: '', log: '-wal', journal: '-journal' } as const;
  for (const [name, end] of Object.entries(ends) as [FileName, string][]) {
    const image = disk.image(name, fate, random);
    if (image.byteLength > 0) writeFileSync(join(folder, `${UNIT}.db${end}`), image);
  }
  try {
    const opened = openUnitDatabase({
      ...{ folder, unitAccount: UNIT, databaseKey: DATABASE_KEY, clientVersion: CLIENT_VERSION },
    });
    if (!opened.ok) return `${opened.code} ${opened.detail}`;
    try {
      return findLoss(opened.value, promises);
    } finally {
      opened.value.close();
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

test(
  'nothing that was answered is lost, and nothing has left that was not stored',
  async (context) => {
    const built = buildWriteLog();
    if ('missing' in built) {
      context.skip(true, built.missing);
      return;
    }
    const records = await record(built.path, workAsAClerk);
    const syncs = records.filter(({ kind }) => kind === 'sync').length;
    expect(syncs).toBeGreaterThan(50);
    const cut = cutEverywhere(records, new CutDisk());
    expect(cut.losses).toEqual([]);
    expect(cut.images).toBeGreaterThan(fates.length * syncs);

    // the same cuts on a disk that was never asked to sync: the test would notice
    const careless = cutEverywhere(records, new CutDisk({ honoursSyncs: false }), CARELESS_SHARE);
    expect(careless.losses.length).toBeGreaterThan(careless.images / 4);
  },
  TEST_DEADLINE_MS,
);
