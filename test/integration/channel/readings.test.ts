import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { QueryGroup, QueryOrder } from '../../../shared/ipc/queries.ts';
import { BackupBench, handlers, restore } from './backup-bench.ts';
import { type Clerk, valueOf } from './clerk.ts';

const MONTH = 202612;
/** An answer of the centre that comes so late was made before what is asked meanwhile. */
const LATE_MS = 5_000;
const HANGING_MS = 20_000;

let bench: BackupBench;

beforeAll(async () => {
  bench = await BackupBench.open();
});
afterAll(async () => {
  await bench.close();
});
afterEach(async () => {
  bench.centre.strike();
  await bench.closeClerks();
});

const refresh = async (clerk: Clerk) => handlers(clerk)['orders.refresh']({});

async function orderOf(clerk: Clerk, group: QueryGroup, oid: string): Promise<QueryOrder> {
  const asked = { group, businessMonth: MONTH };
  const { orders } = valueOf(await handlers(clerk)['query.orders'](asked));
  const order = orders.find((each) => each.oid === oid);
  if (!order) throw new Error(`order ${oid} is not listed`);
  return order;
}

async function reduce(clerk: Clerk, index: number): Promise<string> {
  const person = (await clerk.people())[index];
  if (!person) throw new Error('the roster is too short');
  const { personalAccount, fundType } = person;
  const leaver = { kind: 'reduction', personalAccount, fundType, reason: '04' } as const;
  const draft = await clerk.enterPerson(leaver);
  return valueOf(await clerk.confirm([draft])).oid;
}

describe('results asked for twice at once', () => {
  test('an answer that is older than what is here changes nothing', async () => {
    const clerk = await bench.openAt();
    bench.centre.strike({ tx: 'WL2004', do: 'delayAfter', ms: LATE_MS, times: 1 });
    const started = Date.now();
    const oid = await reduce(clerk, 0);
    await expect.poll(async () => orderOf(clerk, 'reduction', oid)).toMatchObject({ succeeded: 1 });
    bench.centre.landIn(oid, 202701, '2026-12-21T02:00:00.000Z');
    valueOf(await refresh(clerk));
    expect(await orderOf(clerk, 'reduction', oid)).toMatchObject({ landedElsewhere: 1 });
    expect(Date.now() - started).toBeLessThan(LATE_MS);
    await wait(LATE_MS - (Date.now() - started) + 1_500);
    expect(await orderOf(clerk, 'reduction', oid)).toMatchObject({ landedElsewhere: 1 });
  });

  test('orders that a backup brought meanwhile get their results', async () => {
    const old = await bench.openAt();
    const { oid } = valueOf(await old.confirm(await old.enter(1)));
    const file = await bench.backUp(old);
    await old.close();
    const clerk = await bench.openAt();
    await wait(1_500);
    valueOf(await refresh(clerk));
    bench.centre.strike({ tx: 'WL2004', do: 'delayAfter', ms: LATE_MS, times: 1 });
    valueOf(await clerk.confirm(await clerk.enter(1)));
    await wait(1_000);
    await restore(clerk, file);
    expect(await orderOf(clerk, 'registration', oid)).toMatchObject({ pending: 1 });
    await wait(LATE_MS + 1_000);
    valueOf(await refresh(clerk));
    expect(await orderOf(clerk, 'registration', oid)).toMatchObject({ succeeded: 1, pending: 0 });
  });
});

describe('the unit is closed', () => {
  test('while refreshes wait for each other at a centre that hangs: at once', async () => {
    const clerk = await bench.openAt();
    bench.centre.strike(
      { tx: 'WL2003', do: 'delayAfter', ms: HANGING_MS, times: 9 },
      { tx: 'WL2004', do: 'delayAfter', ms: HANGING_MS, times: 9 },
    );
    const asked = [refresh(clerk), refresh(clerk), refresh(clerk)];
    await wait(500);
    const started = Date.now();
    await clerk.close();
    expect(Date.now() - started).toBeLessThan(5_000);
    for (const answer of await Promise.all(asked)) expect(answer.ok).toBe(false);
  });
});
