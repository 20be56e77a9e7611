import { afterEach, beforeEach, describe, expect, type MockInstance, test, vi } from 'vitest';
import { z } from 'zod';
import { client, emitterOf, listen, serve } from '../../../electron/host/contract.ts';
import { Peer } from '../../../electron/host/peer.ts';
import { fail, succeed } from '../../../shared/errors/result.ts';
import { operation } from '../../../shared/ipc/contract.ts';
import { createPairedPorts } from '../../fixtures/paired-ports.ts';

const contract = {
  double: operation(z.strictObject({ number: z.int() }), z.int(), []),
  refuse: operation(z.strictObject({}), z.null(), ['KEY_ABSENT']),
  foreign: operation(z.strictObject({}), z.null(), []),
  silent: operation(z.strictObject({}), z.null(), []),
};
const events = { changed: z.strictObject({ what: z.string() }) };
const deadlinesMs = { double: 1_000, refuse: 1_000, foreign: 1_000, silent: 20 };

let stderr: MockInstance<typeof process.stderr.write>;

beforeEach(() => {
  stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});

afterEach(() => {
  stderr.mockRestore();
});

function connect() {
  const ports = createPairedPorts();
  const left = new Peer(ports.left);
  const right = new Peer(ports.right);
  const silences: (() => void)[] = [];
  serve(right, contract, {
    double: ({ number }) => succeed(number * 2),
    refuse: () => fail('KEY_ABSENT', 'no key'),
    foreign: () => fail('PIN_LOCKED'),
    silent: () =>
      new Promise((resolve) => {
        silences.push(() => {
          resolve(succeed(null));
        });
      }),
  });
  return { left, right, ports, silences, api: client(left, contract, deadlinesMs) };
}

describe('a call', () => {
  test('ends in the value or in the failure the other side gave', async () => {
    const { api } = connect();
    expect(await api.double({ number: 21 })).toEqual(succeed(42));
    expect(await api.refuse({})).toEqual(fail('KEY_ABSENT', 'no key'));
    expect(stderr).not.toHaveBeenCalled();
  });

  test('goes either way', async () => {
    const { left, right } = connect();
    left.handle('name', () => succeed('left'));
    expect(await right.call('name', null, { deadlineMs: 1_000 })).toEqual(succeed('left'));
  });

  test('with a request outside the contract never reaches the handler', async () => {
    const { left } = connect();
    const answer = await left.call('double', { number: 'x', more: 1 }, { deadlineMs: 1_000 });
    expect(answer).toMatchObject({ ok: false, code: 'REQUEST_INVALID' });
    expect(answer).toHaveProperty('detail', expect.stringContaining('number'));
  });

  test('of an unknown operation is REQUEST_INVALID', async () => {
    const { left } = connect();
    const answer = await left.call('toString', {}, { deadlineMs: 1_000 });
    expect(answer).toEqual(fail('REQUEST_INVALID', 'unknown operation toString'));
  });

  test('without an answer is HOST_LATE, and the answer after that is dropped', async () => {
    const { api, silences } = connect();
    expect(await api.silent({})).toMatchObject({ ok: false, code: 'HOST_LATE' });
    for (const answer of silences) answer();
    expect(await api.double({ number: 1 })).toEqual(succeed(2));
  });

  test('with a deadline of its own keeps to that one', async () => {
    const { api, silences } = connect();
    const answer = api.silent({}, { deadlineMs: 5_000 });
    await new Promise((resolve) => setTimeout(resolve, 60));
    for (const speak of silences) speak();
    expect(await answer).toEqual(succeed(null));
  });

  test('is HOST_DIED when the port closes, and at once when it is closed', async () => {
    const { api, left, ports } = connect();
    let closes = 0;
    left.onClose(() => {
      closes += 1;
    });
    const pending = Promise.all([
      api.silent({}, { deadlineMs: 60_000 }),
      api.silent({}, { deadlineMs: 60_000 }),
    ]);
    ports.close();
    for (const answer of await pending) expect(answer).toMatchObject({ code: 'HOST_DIED' });
    expect(await api.double({ number: 1 })).toMatchObject({ code: 'HOST_DIED' });
    ports.close();
    expect(closes).toBe(1);
  });

  test('with a request that cannot be cloned is INTERNAL and leaves nothing behind', async () => {
    const { left, api } = connect();
    const answer = await left.call('double', () => 1, { deadlineMs: 60_000 });
    expect(answer).toMatchObject({ ok: false, code: 'INTERNAL' });
    expect(await api.double({ number: 1 })).toEqual(succeed(2));
  });
});

describe('a bug of the other side', () => {
  test('that throws is logged there and answered as INTERNAL', async () => {
    const { left, right } = connect();
    right.handle('bug', () => {
      throw new TypeError('on purpose');
    });
    const answer = await left.call('bug', {}, { deadlineMs: 1_000 });
    expect(answer).toEqual(fail('INTERNAL', 'bug: on purpose'));
    expect(String(stderr.mock.calls[0]?.[0])).toContain('TypeError: on purpose');
  });

  test('that answers outside the contract is INTERNAL', async () => {
    const ports = createPairedPorts();
    const api = client(new Peer(ports.left), contract, deadlinesMs);
    new Peer(ports.right).handle('double', () => succeed('forty-two'));
    expect(await api.double({ number: 21 })).toMatchObject({ ok: false, code: 'INTERNAL' });
  });

  test('that returns what cannot be cloned is INTERNAL', async () => {
    const { left, right } = connect();
    right.handle('function', () => succeed(() => 1));
    const answer = await left.call('function', {}, { deadlineMs: 1_000 });
    expect(answer).toMatchObject({ ok: false, code: 'INTERNAL' });
  });

  test('that fails with a code the contract does not name is told, and reported', async () => {
    const { api } = connect();
    expect(await api.foreign({})).toEqual(fail('PIN_LOCKED'));
    expect(String(stderr.mock.calls[0]?.[0])).toContain('does not name PIN_LOCKED');
  });

  test('that posts something else altogether is reported and dropped', async () => {
    const { api, ports } = connect();
    ports.right.post({ kind: 'answer', id: 'one' });
    ports.right.post('hello');
    expect(await api.double({ number: 3 })).toEqual(succeed(6));
    expect(stderr).toHaveBeenCalledTimes(2);
  });
});

describe('an event', () => {
  test('reaches every listener, in order', async () => {
    const { left, right, api } = connect();
    const heard: string[] = [];
    listen(left, events, { changed: ({ what }) => heard.push(`first ${what}`) });
    listen(left, events, { changed: ({ what }) => heard.push(`second ${what}`) });
    const emit = emitterOf<typeof events>(right);
    emit('changed', { what: 'queue' });
    emit('changed', { what: 'orders' });
    await api.double({ number: 1 });
    expect(heard).toEqual(['first queue', 'second queue', 'first orders', 'second orders']);
  });

  test('outside the contract, or a listener that throws, is reported and hurts nobody', async () => {
    const { left, right, api } = connect();
    const heard: string[] = [];
    left.on('changed', () => {
      throw new Error('listener on purpose');
    });
    listen(left, events, { changed: ({ what }) => heard.push(what) });
    right.emit('changed', { what: 7 });
    right.emit('changed', { what: 'queue' });
    await api.double({ number: 1 });
    expect(heard).toEqual(['queue']);
    expect(stderr).toHaveBeenCalledTimes(3);
  });
});

test('one operation has one handler', () => {
  const { right } = connect();
  expect(() => {
    right.handle('double', () => succeed(1));
  }).toThrow('already handled');
});
