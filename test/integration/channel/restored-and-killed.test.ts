import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { client } from '../../../electron/host/contract.ts';
import { Peer } from '../../../electron/host/peer.ts';
import { portOfFork } from '../../../electron/host/port.ts';
import { dataContract } from '../../../shared/ipc/data.ts';
import { SERIAL_JUMP } from '../../../shared/wire/limits.ts';
import { Books } from './books.ts';
import { Clerk, makePerson, makeUnitKey, signWith, type UnitKey, valueOf } from './clerk.ts';
import { DemoCentre } from './demo-centre.ts';

const dataHost = fileURLToPath(new URL('../../../electron/data/main.ts', import.meta.url));
const PASSWORD = '888888';

let root: string;
let centre: DemoCentre;
let key: UnitKey;
let clerks = 0;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'restored-'));
  centre = await DemoCentre.prepare(join(root, 'practice'));
  key = await makeUnitKey(centre.folder);
  await centre.start();
});
afterAll(async () => {
  await centre.stop();
  rmSync(root, { recursive: true, force: true });
});
beforeEach(() => {
  centre.strike();
});

function newFolder(): string {
  clerks += 1;
  return join(root, `clerk-${clerks}`);
}

async function openClerk(folder: string): Promise<Clerk> {
  const clerk = new Clerk(folder, centre.gateway, key);
  await clerk.openAndSignIn();
  return clerk;
}

describe('the data host is killed', () => {
  /** The real program in a process of its own; the key is answered here, as main would. */
  async function startHost(folder: string) {
    const child = fork(dataHost, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const peer = new Peer(portOfFork(child));
    const sign = signWith(key);
    peer.handle('key.sign', async (request) => {
      const { toBeSigned } = request as { toBeSigned: Uint8Array };
      return { ok: true, value: { signature: valueOf(await sign(toBeSigned)) } };
    });
    const deadlines = Object.fromEntries(
      Object.keys(dataContract).map((op) => [op, 60_000]),
    ) as Record<keyof typeof dataContract, number>;
    const host = client(peer, dataContract, deadlines);
    valueOf(await host['unit.open'](new Clerk(folder, centre.gateway, key).openRequest));
    const { certificate } = key;
    valueOf(await host['session.signIn']({ password: PASSWORD, online: true, certificate }));
    return { child, host };
  }

  test.each(['delayBefore', 'delayAfter'] as const)(
    'between sent and answer (%s): resumes by itself, applied once',
    async (fault) => {
      const folder = newFolder();
      const books = new Books(folder);
      const { child, host } = await startHost(folder);
      const person = makePerson();
      const id = '01990000-0000-7000-8000-00000000000' + String(clerks % 10);
      const added = valueOf(await host['queue.add']({ id, typed: person }));
      if (!added.stored) throw new Error(JSON.stringify(added.issues));
      centre.strike({ do: fault, tx: 'WL1001', ms: 4_000 });
      const confirmed = host['orders.confirm']({
        kind: 'registration',
        ids: [id],
        expected: { count: 1, fen: added.draft.totalFen },
        waitForOpening: false,
      });
      await expect
        .poll(() => books.lastOrder()?.state, { timeout: 10_000, interval: 50 })
        .toBe('sent');
      // written before it leaves: give the bytes the time to do so
      await wait(300);
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
      expect(await confirmed).toMatchObject({ ok: false, code: 'HOST_DIED' });
      const { oid = '' } = books.lastOrder() ?? {};
      expect(books.orderState(oid)).toBe('sent');

      const second = fork(dataHost, [], { serialization: 'advanced' });
      const again = client(new Peer(portOfFork(second)), dataContract, {
        'unit.open': 30_000,
      } as Record<keyof typeof dataContract, number>);
      // nobody signs in and there is no key: opening the unit is enough
      valueOf(await again['unit.open'](new Clerk(folder, centre.gateway, key).openRequest));
      await expect.poll(() => books.orderState(oid), { timeout: 30_000 }).toBe('applied');
      second.kill('SIGKILL');
      // a delayed original that comes after the repeat finds its serial taken
      await wait(fault === 'delayBefore' ? 4_500 : 0);
      expect(books.submissions(oid)).toHaveLength(1);
      expect(centre.countApplied(oid)).toEqual({ orders: 1, items: 1 });
      expect(centre.countPerson(person.idNumber)).toBe(1);
    },
  );

  test('between the bytes and the signature: the order is given up, the draft waits again', async () => {
    const folder = newFolder();
    const books = new Books(folder);
    const clerk = await openClerk(folder);
    const drafts = await clerk.enter(1);
    let copied = false;
    const right = clerk.keySign;
    clerk.keySign = (toBeSigned) => {
      // the disk as a power cut would leave it at this moment
      cpSync(folder, `${folder}-cut`, { recursive: true });
      copied = true;
      return right(toBeSigned);
    };
    const order = valueOf(await clerk.confirm(drafts));
    expect(copied).toBe(true);
    expect(order.state).toBe('applied');
    await clerk.close();
    expect(books.orderState(order.oid)).toBe('applied');
    const cutBooks = new Books(`${folder}-cut`);
    expect(cutBooks.orderState(order.oid)).toBe('draft');
    await centre.stop(); // what the cut disk says alone
    const cut = new Clerk(`${folder}-cut`, centre.gateway, key);
    await cut.open();
    valueOf(await cut.signInOffline());
    expect(cutBooks.orderState(order.oid)).toBe('void');
    expect((await cut.queue()).map((draft) => draft.orderId)).toEqual([null]);
    await cut.close();
    await centre.start();
  });
});

describe('restored from a copy', () => {
  test('a client catches up by receipts, skips serials and files nothing twice', async () => {
    const folder = newFolder();
    const clerk = await openClerk(folder);
    const kept = await clerk.enter(1);
    await clerk.close();
    cpSync(folder, `${folder}-copy`, { recursive: true });
    await clerk.openAndSignIn();
    const lost = valueOf(await clerk.confirm(kept));
    expect(lost.state).toBe('applied');
    await clerk.close();

    const restored = await openClerk(`${folder}-copy`);
    const books = new Books(`${folder}-copy`);
    expect(books.countReceipts()).toBe(lost.receiptNumber);
    // the draft waits again; filing it once more is refused by the centre, not applied twice
    const repeated = valueOf(await restored.confirm(kept));
    expect(repeated.state).toBe('rejected');
    const serialOf = (sn: string) => Number(sn.slice(6));
    expect(serialOf(repeated.sn)).toBe(serialOf(lost.sn) + SERIAL_JUMP + 1);
    expect(centre.countPerson(kept[0]?.idNumber ?? '')).toBe(1);
    const fresh = valueOf(await restored.confirm(await restored.enter(1)));
    expect(fresh.state).toBe('applied');
    await restored.close();
  });

  test('a client whose copy was made while an order was on its way finds it applied', async () => {
    const folder = newFolder();
    const clerk = await openClerk(folder);
    const drafts = await clerk.enter(1);
    centre.strike({ do: 'dropAfter', tx: 'WL1001' });
    const order = valueOf(await clerk.confirm(drafts));
    expect(order.state).toBe('sent');
    cpSync(folder, `${folder}-copy`, { recursive: true });
    await clerk.orderWhen(order.oid, (each) => each.state === 'applied');
    await clerk.close();
    const restored = await openClerk(`${folder}-copy`);
    const found = await restored.orderWhen(order.oid, (each) => each.state !== 'sent');
    expect(found).toMatchObject({ state: 'applied', sn: order.sn });
    expect(centre.countApplied(order.oid)).toEqual({ orders: 1, items: 1 });
    await restored.close();
  });

  test('a centre that knows fewer receipts than it gave us: sending stops, nothing changes', async () => {
    const folder = newFolder();
    const clerk = await openClerk(folder);
    await centre.stop();
    centre.backUp();
    await centre.start();
    const order = valueOf(await clerk.confirm(await clerk.enter(1)));
    expect(order.state).toBe('applied');
    await centre.stop();
    centre.restore();
    await centre.start();
    expect(await clerk.signIn()).toMatchObject({ ok: false, code: 'LEDGER_REGRESSED' });
    valueOf(await clerk.signInOffline());
    expect((await clerk.status()).stopped).toBe('LEDGER_REGRESSED');
    expect((await clerk.order(order.oid)).state).toBe('applied');
    const drafts = await clerk.enter(1);
    expect(await clerk.confirm(drafts)).toMatchObject({ ok: false, code: 'LEDGER_REGRESSED' });
    expect(await clerk.queue()).toHaveLength(1);

    // another computer files something: the number is given again, to another receipt
    const other = await openClerk(newFolder());
    expect(valueOf(await other.confirm(await other.enter(1))).state).toBe('applied');
    await other.close();
    expect(await clerk.signIn()).toMatchObject({ ok: false, code: 'LEDGER_FORKED' });
    valueOf(await clerk.signInOffline());
    expect((await clerk.status()).stopped).toBe('LEDGER_FORKED');
    expect(await clerk.confirm(drafts)).toMatchObject({ ok: false, code: 'LEDGER_FORKED' });
    expect((await clerk.order(order.oid)).receiptMark).toBe(order.receiptMark);
    await clerk.close();
  });
});

test('two computers of one unit: one chain of receipts, one range of serials each', async () => {
  const folders = [newFolder(), newFolder()] as const;
  const first = await openClerk(folders[0]);
  const second = await openClerk(folders[1]);
  const a = valueOf(await first.confirm(await first.enter(1)));
  const b = valueOf(await second.confirm(await second.enter(1)));
  const c = valueOf(await first.confirm(await first.enter(1)));
  expect([a.state, b.state, c.state]).toEqual(['applied', 'applied', 'applied']);
  expect([b.receiptNumber, c.receiptNumber]).toEqual([a.receiptNumber + 1, a.receiptNumber + 2]);
  expect(a.sn.slice(0, 6)).not.toBe(b.sn.slice(0, 6));
  // the first one has a gap at the second one's receipt until it asks
  expect(new Books(folders[0]).countReceipts()).toBe(c.receiptNumber - 1);
  expect(valueOf(await first.host.handlers['orders.refresh']({})).changed).toBeGreaterThan(0);
  expect(new Books(folders[0]).countReceipts()).toBe(c.receiptNumber);
  await first.close();
  await second.close();
});
