import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { client, listen, serve } from '../../electron/host/contract.ts';
import { type Clock, systemClock } from '../../electron/main/supervisor/clock.ts';
import { forkedHost } from '../../electron/host/host-process.ts';
import {
  type HostState,
  Supervisor,
  type SupervisorOptions,
} from '../../electron/main/supervisor/supervisor.ts';
import { succeed } from '../../shared/errors/result.ts';
import {
  parentContract,
  SAMPLE_DEADLINE_MS,
  sampleContract,
  sampleEvents,
} from '../fixtures/sample-contract.ts';

const sampleHost = fileURLToPath(new URL('../fixtures/sample-host.ts', import.meta.url));
const MEGABYTE = 1024 * 1024;

interface Started {
  readonly supervisor: Supervisor;
  readonly api: ReturnType<typeof clientOf>;
  readonly states: HostState[];
  readonly log: string[];
  readonly pids: number[];
  readonly stderr: string[];
}

let folder: string;
let started: Supervisor[] = [];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'supervisor-'));
});

afterEach(async () => {
  await Promise.all(started.map((supervisor) => supervisor.stop()));
  started = [];
  rmSync(folder, { recursive: true });
});

function clientOf(supervisor: Supervisor) {
  const operations = Object.keys(sampleContract) as (keyof typeof sampleContract)[];
  const deadlinesMs = Object.fromEntries(operations.map((op) => [op, SAMPLE_DEADLINE_MS]));
  return client(
    supervisor,
    sampleContract,
    deadlinesMs as Record<(typeof operations)[number], number>,
  );
}

/** A supervisor over real processes; `modes` are the ways the first, second… process behaves. */
function supervise(modes: string[] = [], options: Partial<SupervisorOptions> = {}): Started {
  const log: string[] = [];
  const pids: number[] = [];
  const stderr: string[] = [];
  const supervisor = new Supervisor({
    name: 'sample',
    spawn: () => {
      const mode = modes[Math.min(pids.length, modes.length - 1)] ?? 'normal';
      const child = fork(sampleHost, [mode, path.join(folder, 'stopped')], {
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
        execArgv: [],
      });
      child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk.toString()));
      pids.push(child.pid ?? 0);
      return forkedHost(child);
    },
    readyDeadlineMs: 20_000,
    stopGraceMs: 5_000,
    log: (line) => log.push(line),
    ...options,
  });
  const states: HostState[] = [];
  supervisor.onState((state) => states.push(state));
  started.push(supervisor);
  return { supervisor, api: clientOf(supervisor), states, log, pids, stderr };
}

/** Real time, but each wait for a restart is cut short and the clock put forward by it. */
function makeHurriedClock(): Clock {
  let aheadMs = 0;
  return {
    nowMs: () => systemClock.nowMs() + aheadMs,
    after: (delayMs, action) => {
      const isRestart = [100, 1_000, 5_000].includes(delayMs);
      if (isRestart) aheadMs += delayMs;
      return systemClock.after(isRestart ? 1 : delayMs, action);
    },
  };
}

function until(supervisor: Supervisor, due: HostState): Promise<void> {
  if (supervisor.state === due) return Promise.resolve();
  return new Promise((resolve) => {
    const forget = supervisor.onState((state) => {
      if (state !== due) return;
      forget();
      resolve();
    });
  });
}

function killProcess(pid: number | undefined): void {
  if (!pid) throw new Error('no process to kill');
  process.kill(pid, 'SIGKILL');
}

describe('a host that works', () => {
  test('answers, refuses, and tells a bug from a refusal', async () => {
    const { supervisor, api, states, stderr } = supervise();
    expect(await supervisor.start()).toEqual(succeed(null));
    expect(await api.add({ a: 20, b: 22 })).toEqual(succeed(42));
    expect(await api.refuse({})).toMatchObject({ ok: false, code: 'KEY_ABSENT' });
    expect(await api.bug({})).toMatchObject({ code: 'INTERNAL', detail: 'bug: a bug on purpose' });
    expect(await api.breakContract({})).toMatchObject({ ok: false, code: 'INTERNAL' });
    expect(await api.returnFunction({})).toMatchObject({ ok: false, code: 'INTERNAL' });
    expect(states).toEqual(['starting', 'ready']);
    expect(stderr.join('')).toContain('TypeError: a bug on purpose');
  });

  test('takes calls while it still starts', async () => {
    const { supervisor, api } = supervise();
    const start = supervisor.start();
    expect(await api.add({ a: 1, b: 2 })).toEqual(succeed(3));
    expect(await start).toEqual(succeed(null));
  });

  test('carries 1 MB of bytes there and back unchanged', async () => {
    const { supervisor, api } = supervise();
    await supervisor.start();
    const bytes = Uint8Array.from({ length: MEGABYTE }, (_, index) => (index * 7919) % 256);
    const answer = await api.reverse({ bytes });
    if (!answer.ok) throw new Error(answer.detail);
    expect(answer.value.bytes.byteLength).toBe(MEGABYTE);
    expect(Buffer.from(answer.value.bytes.toReversed()).equals(bytes)).toBe(true);
  });

  test('answers 500 calls at once, each its own', async () => {
    const { supervisor, api } = supervise();
    await supervisor.start();
    const numbers = Array.from({ length: 500 }, (_, index) => index);
    const answers = await Promise.all(numbers.map((a) => api.add({ a, b: 1_000 })));
    expect(answers).toEqual(numbers.map((a) => succeed(a + 1_000)));
  });

  test('sends events in order, before and after a restart', async () => {
    const { supervisor, api, pids } = supervise();
    const heard: number[] = [];
    listen(supervisor, sampleEvents, {
      tick: ({ number, bytes }) => heard.push(number * 10 + (bytes[0] ?? 0)),
    });
    await supervisor.start();
    await api.tick({ times: 3 });
    expect(heard).toEqual([11, 22, 33]);
    killProcess(pids[0]);
    await until(supervisor, 'restarting');
    await api.tick({ times: 1 });
    expect(heard).toEqual([11, 22, 33, 11]);
  });

  test('can ask its parent, also after a restart', async () => {
    const { supervisor, api, pids } = supervise();
    serve(supervisor, parentContract, { 'parent.add': ({ a, b }) => succeed(a + b) });
    await supervisor.start();
    expect(await api.askParent({ a: 2, b: 3 })).toEqual(succeed(5));
    killProcess(pids[0]);
    await until(supervisor, 'restarting');
    expect(await api.askParent({ a: 4, b: 5 })).toEqual(succeed(9));
  });
});

describe('a late call', () => {
  test('is HOST_LATE and leaves an ordinary host alone', async () => {
    const { supervisor, api, pids } = supervise();
    await supervisor.start();
    const late = await api.wait({ ms: 400 }, { deadlineMs: 50 });
    expect(late).toMatchObject({ ok: false, code: 'HOST_LATE' });
    expect(await api.pid({})).toEqual(succeed(pids[0]));
  });

  test('ends a host marked for it, though it hangs; the next call meets a fresh one', async () => {
    const { supervisor, api, pids, states, log } = supervise([], { killWhenLate: true });
    await supervisor.start();
    const waiting = api.add({ a: 1, b: 1 });
    expect(await waiting).toEqual(succeed(2));
    const hung = api.hang({}, { deadlineMs: 200 });
    const behind = api.add({ a: 1, b: 1 });
    expect(await hung).toMatchObject({ ok: false, code: 'HOST_LATE' });
    expect(await behind).toMatchObject({ ok: false, code: 'HOST_DIED' });
    const fresh = await api.pid({});
    expect(fresh).toEqual(succeed(pids[1]));
    expect(pids[1]).not.toBe(pids[0]);
    expect(states).toEqual(['starting', 'ready', 'restarting', 'ready']);
    expect(log.join('\n')).toContain('hang was late');
  });
});

describe('a host that dies', () => {
  test('under calls answers them all HOST_DIED and comes back', async () => {
    const { supervisor, api, pids } = supervise();
    await supervisor.start();
    const pending = [1, 2, 3].map(() => api.wait({ ms: 60_000 }, { deadlineMs: 120_000 }));
    await api.pid({});
    killProcess(pids[0]);
    for (const answer of await Promise.all(pending)) {
      expect(answer).toMatchObject({ ok: false, code: 'HOST_DIED' });
    }
    expect(await api.pid({})).toEqual(succeed(pids[1]));
  });

  test('has its state opened again before any other call reaches it', async () => {
    let readies = 0;
    const { supervisor, api, pids } = supervise([], {
      onReady: async (caller) => {
        readies += 1;
        const text = `opened ${readies}`;
        const answer = await caller.call('remember', { text }, { deadlineMs: SAMPLE_DEADLINE_MS });
        if (!answer.ok) throw new Error(answer.detail);
      },
    });
    await supervisor.start();
    expect(await api.recall({})).toEqual(succeed('opened 1'));
    killProcess(pids[0]);
    await until(supervisor, 'restarting');
    expect(await api.recall({})).toEqual(succeed('opened 2'));
  });

  test('once at its start is started again', async () => {
    const { supervisor, api, states } = supervise(['exitAtStart', 'throwAtStart', 'normal']);
    expect(await supervisor.start()).toEqual(succeed(null));
    expect(await api.add({ a: 1, b: 1 })).toEqual(succeed(2));
    expect(states).toEqual(['starting', 'restarting', 'ready']);
  });

  test('four times is given up; every call then says so; start tries afresh', async () => {
    const clock = makeHurriedClock();
    const { supervisor, api, pids, states } = supervise([], { clock });
    await supervisor.start();
    const waiting: Promise<unknown>[] = [];
    for (const crash of [0, 1, 2, 3]) {
      expect(await api.pid({})).toEqual(succeed(pids[crash]));
      waiting.push(api.wait({ ms: 60_000 }));
      expect(await api.exit({ code: 1 })).toMatchObject({ ok: false, code: 'HOST_DIED' });
    }
    await until(supervisor, 'givenUp');
    expect(pids).toHaveLength(4);
    for (const answer of await Promise.all(waiting)) {
      expect(answer).toMatchObject({ ok: false, code: 'HOST_DIED' });
    }
    expect(await api.add({ a: 1, b: 1 })).toMatchObject({ ok: false, code: 'HOST_GIVEN_UP' });
    expect(states.filter((state) => state === 'ready')).toHaveLength(4);
    expect(states.at(-1)).toBe('givenUp');
    expect(await supervisor.start()).toEqual(succeed(null));
    expect(await api.add({ a: 1, b: 1 })).toEqual(succeed(2));
  });

  test('at every start is given up, and start says so', async () => {
    const { supervisor, pids } = supervise(['exitAtStart'], { clock: makeHurriedClock() });
    expect(await supervisor.start()).toMatchObject({ ok: false, code: 'HOST_GIVEN_UP' });
    expect(pids).toHaveLength(4);
  });

  test('by never being ready is killed after the deadline', async () => {
    const { supervisor, log, pids } = supervise(['neverReady', 'normal'], {
      readyDeadlineMs: 6_000,
    });
    expect(await supervisor.start()).toEqual(succeed(null));
    expect(log[0]).toContain('not ready within 6000 ms');
    expect(pids).toHaveLength(2);
  });

  test('by closing its channel while it still runs is ended', async () => {
    const { supervisor, api, log, pids } = supervise();
    await supervisor.start();
    expect(await api.closeChannel({})).toMatchObject({ ok: false, code: 'HOST_DIED' });
    expect(await api.pid({})).toEqual(succeed(pids[1]));
    expect(log.join('\n')).toContain('its channel is closed');
  });
});

describe('a host that is replaced', () => {
  test('on purpose is not counted as crashed, however often', async () => {
    const { supervisor, api, pids } = supervise([], { retireExitCodes: [71] });
    await supervisor.start();
    for (const round of [0, 1, 2]) {
      await api.pid({});
      supervisor.kill('renew');
      expect(await api.pid({})).toEqual(succeed(pids[round * 2 + 1]));
      expect(await api.exit({ code: 71 })).toMatchObject({ code: 'HOST_DIED' });
      expect(await api.pid({})).toEqual(succeed(pids[round * 2 + 2]));
    }
    expect(supervisor.state).toBe('ready');
    expect(pids).toHaveLength(7);
  });
});

describe('stop', () => {
  test('lets the host close what it has open', async () => {
    const { supervisor, api, states, log } = supervise();
    await supervisor.start();
    await supervisor.stop();
    expect(readFileSync(path.join(folder, 'stopped'), 'utf8')).toBe('stopped\n');
    expect(states.at(-1)).toBe('stopped');
    expect(log.join('\n')).toContain('ended with 0');
    expect(await api.add({ a: 1, b: 1 })).toMatchObject({ ok: false, code: 'HOST_DIED' });
    expect(await supervisor.start()).toEqual(succeed(null));
    expect(await api.add({ a: 1, b: 1 })).toEqual(succeed(2));
  });

  test('kills a host that does not stop within the grace', async () => {
    const { supervisor, log } = supervise(['slowStop'], { stopGraceMs: 300 });
    await supervisor.start();
    await supervisor.stop();
    expect(log.join('\n')).toContain('not stopped within 300 ms');
    expect(supervisor.state).toBe('stopped');
  });

  test('between two restarts leaves nothing behind', async () => {
    const { supervisor, pids } = supervise(['exitAtStart']);
    const start = supervisor.start();
    await until(supervisor, 'restarting');
    await supervisor.stop();
    expect(await start).toMatchObject({ ok: false, code: 'HOST_DIED' });
    const count = pids.length;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(pids).toHaveLength(count);
  });

  test('ends when its parent is gone', async () => {
    const { supervisor, api } = supervise();
    await supervisor.start();
    expect(await api.pid({})).toMatchObject({ ok: true });
    const child = fork(sampleHost, ['normal', path.join(folder, 'orphan')], {
      serialization: 'advanced',
      stdio: 'ignore',
      execArgv: [],
    });
    const code = new Promise((resolve) => child.once('exit', resolve));
    await new Promise((resolve) => child.once('message', resolve));
    child.disconnect();
    expect(await code).toBe(0);
    expect(readFileSync(path.join(folder, 'orphan'), 'utf8')).toBe('stopped\n');
  });
});
