import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Link } from '../../../electron/data/channel/link.ts';
import type { Clock } from '../../../electron/data/ports.ts';
import type { Gateway } from '../../../shared/ipc/data.ts';
import { type Identities, makeIdentities, UNIT, USER } from './identities.ts';
import { helloBody, ScriptedGateway, type Script } from './scripted-gateway.ts';

const YEARS_8_MS = 8 * 365 * 86_400_000;
const MEGABYTE = 1024 * 1024;

let identities: Identities;
const opened: { stop: () => Promise<void> | void }[] = [];

beforeAll(async () => {
  identities = await makeIdentities();
});
afterEach(async () => {
  for (const each of opened.splice(0)) await each.stop();
});
afterAll(() => {
  expect(opened).toEqual([]);
});

function makeClock(localMs: () => number = Date.now): Clock {
  let offsetMs = 0;
  return {
    get offsetMs() {
      return offsetMs;
    },
    nowMs: () => localMs() + offsetMs,
    now: () => new Date(localMs() + offsetMs).toISOString(),
    measure: (serverTime) => {
      offsetMs = Date.parse(serverTime) - localMs();
    },
  };
}

async function startGateway(
  script: Script,
  tls?: Parameters<typeof ScriptedGateway.start>[1],
): Promise<ScriptedGateway> {
  const gateway = await ScriptedGateway.start(identities, tls);
  gateway.script = script;
  opened.push(gateway);
  return gateway;
}

function openLink(gateway: Gateway, clock = makeClock(), answerDeadlineMs = 5_000): Link {
  const link = new Link({
    gateway,
    unit: UNIT,
    user: USER,
    clientVersion: '0.1.0',
    clock,
    answerDeadlineMs,
    batchDeadlineMs: answerDeadlineMs,
  });
  opened.push({
    stop: () => {
      void link.close();
    },
  });
  return link;
}

/** Answers every hello as the centre does. */
const sayHello =
  (get: () => ScriptedGateway): Script =>
  (received, response) => {
    response.end(get().sign(received, { body: helloBody() }));
  };

const anything = z.looseObject({});
const question = { tx: 'WL2001', body: { refSn: '0'.repeat(16) }, sid: 'ab'.repeat(32) } as const;

describe('the gateway is proven before a byte leaves', () => {
  test('TLS 1.3 with the pinned authority: protocol, cipher and subject are read at run time', async () => {
    const gateway: ScriptedGateway = await startGateway(sayHello(() => gateway));
    const hello = await openLink(gateway.describe()).hello();
    expect(hello).toMatchObject({ ok: true, value: { tls: { protocol: 'TLSv1.3' } } });
    if (!hello.ok) return;
    expect(hello.value.centreSubject).toContain('CN=示例市');
    expect(hello.value.tls.cipher).toMatch(/^TLS_/);
    expect(hello.value.tls.gatewaySubject).toContain('CN=gateway.example.invalid');
  });

  test.each([
    [
      'of an unknown authority',
      'GATEWAY_UNTRUSTED',
      () => ({ identity: identities.strangerGateway }),
    ],
    ['for another name', 'GATEWAY_UNTRUSTED', () => ({ identity: identities.gatewayOtherName })],
    ['that ended', 'GATEWAY_DATE', () => ({ identity: identities.gatewayExpired })],
    ['at TLS 1.2', 'GATEWAY_UNTRUSTED', () => ({ maxVersion: 'TLSv1.2' as const })],
  ])('a gateway %s is %s and sees no request', async (_name, code, tls) => {
    const gateway: ScriptedGateway = await startGateway(
      sayHello(() => gateway),
      tls(),
    );
    const link = openLink(gateway.describe());
    expect(await link.hello()).toMatchObject({ ok: false, code });
    expect(await link.send(Buffer.from('order'), 'batch')).toMatchObject({ ok: false, code });
    expect(gateway.received).toHaveLength(0);
  });

  test('nobody listens, and a port that never answers the handshake: GATEWAY_UNREACHABLE', async () => {
    const gateway = await startGateway(() => undefined);
    const described = gateway.describe();
    await gateway.stop();
    expect(await openLink(described).hello()).toMatchObject({
      ok: false,
      code: 'GATEWAY_UNREACHABLE',
    });
    const silent = await listenSilently();
    const startedMs = Date.now();
    const port = (silent.address() as AddressInfo).port;
    expect(await openLink({ ...described, port }).hello()).toMatchObject({
      ok: false,
      code: 'GATEWAY_UNREACHABLE',
    });
    expect(Date.now() - startedMs).toBeLessThan(7_000);
  });

  function listenSilently(): Promise<Server> {
    const server = createServer(() => undefined);
    opened.push({
      stop: () => {
        server.close();
      },
    });
    return new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        resolve(server);
      });
    });
  }
});

describe('an answer that proves nothing is no answer', () => {
  const honest = (gateway: ScriptedGateway, received: Parameters<Script>[0]) =>
    gateway.sign(received, { body: { state: 'unknown' } });

  const lies: [string, string, (gateway: ScriptedGateway) => Script][] = [
    [
      'signed by another key of the same name',
      'ANSWER_UNPROVEN',
      (gateway) => (received, response) => {
        response.end(gateway.sign(received, {}, { as: identities.strangerCentre }));
      },
    ],
    [
      'signed by another certificate of the same authority',
      'ANSWER_UNPROVEN',
      (gateway) => (received, response) => {
        response.end(gateway.sign(received, {}, { as: identities.colleague }));
      },
    ],
    [
      'to another request',
      'ANSWER_UNPROVEN',
      (gateway) => (received, response) => {
        response.end(gateway.sign(received, {}, { re: '00'.repeat(32) }));
      },
    ],
    [
      'an HTML page',
      'ANSWER_UNPROVEN',
      () => (_received, response) => {
        response.setHeader('content-type', 'text/html');
        response.end('<!doctype html><p>请先登录网络</p>');
      },
    ],
    [
      'an empty HTTP 500',
      'ANSWER_UNPROVEN',
      () => (_received, response) => {
        response.statusCode = 500;
        response.end();
      },
    ],
    [
      'cut in half',
      'ANSWER_UNPROVEN',
      (gateway) => (received, response) => {
        const whole = honest(gateway, received);
        response.end(whole.subarray(0, whole.byteLength / 2));
      },
    ],
    [
      'shorter than announced',
      'RECEIVE_FAILED',
      (gateway) => (received, response) => {
        const whole = honest(gateway, received);
        response.setHeader('content-length', whole.byteLength);
        response.write(whole.subarray(0, 100));
        response.destroy();
      },
    ],
    [
      'with one bit turned',
      'ANSWER_UNPROVEN',
      (gateway) => (received, response) => {
        const whole = honest(gateway, received);
        whole.writeUInt8(whole.readUInt8(400) ^ 4, 400);
        response.end(whole);
      },
    ],
    [
      'whose class is not the code’s',
      'ANSWER_UNPROVEN',
      (gateway) => (received, response) => {
        const { re } = received;
        const ts = new Date().toISOString();
        const content = { v: 1, typ: 'rsp', re, code: 'WLX501', cls: 'A', msg: '', ts, body: {} };
        response.end(gateway.signContent(content));
      },
    ],
    [
      'with a code nobody knows',
      'ANSWER_UNPROVEN',
      (gateway) => (received, response) => {
        const { re } = received;
        const ts = new Date().toISOString();
        const content = { v: 1, typ: 'rsp', re, code: 'WLZ999', cls: 'U', msg: '', ts, body: {} };
        response.end(gateway.signContent(content));
      },
    ],
    [
      'that unpacks to more than 16 MB',
      'ANSWER_UNPROVEN',
      () => (_received, response) => {
        response.setHeader('content-encoding', 'gzip');
        response.end(gzipSync(Buffer.alloc(17 * MEGABYTE)));
      },
    ],
    [
      'of more than 16 MB',
      'ANSWER_UNPROVEN',
      () => (_received, response) => {
        response.end(Buffer.alloc(17 * MEGABYTE));
      },
    ],
    [
      'a connection cut without a word',
      'RECEIVE_FAILED',
      () => (_received, response) => {
        response.destroy();
      },
    ],
  ];

  test.each(lies)('%s: %s', async (_name, code, script) => {
    const gateway: ScriptedGateway = await startGateway(() => undefined);
    gateway.script = script(gateway);
    const link = openLink(gateway.describe());
    expect(await link.ask(question, anything)).toMatchObject({ ok: false, code });
    expect(gateway.received).toHaveLength(1);
    // the very same link believes the honest answer: the refusal was not for another reason
    gateway.script = (received, response) => {
      response.end(honest(gateway, received));
    };
    expect(await link.ask(question, anything)).toEqual({ ok: true, value: { state: 'unknown' } });
  });

  test('an earlier hello played again does not set the clock', async () => {
    const gateway: ScriptedGateway = await startGateway(() => undefined);
    const wrongTime = new Date(Date.now() - 3_600_000);
    let kept: Buffer | undefined;
    gateway.script = (received, response) => {
      kept ??= gateway.sign(received, { body: helloBody({ serverTime: wrongTime }) });
      response.end(kept);
    };
    const first = openLink(gateway.describe());
    expect((await first.hello()).ok).toBe(true);
    expect(Math.abs(first.clock.offsetMs + 3_600_000)).toBeLessThan(2_000);
    const clock = makeClock();
    const replayed = await openLink(gateway.describe(), clock).hello();
    expect(replayed).toMatchObject({ ok: false, code: 'ANSWER_UNPROVEN' });
    expect(clock.offsetMs).toBe(0);
  });

  test('no answer in time: ANSWER_LATE', async () => {
    const gateway = await startGateway(() => undefined);
    const link = openLink(gateway.describe(), makeClock(), 300);
    expect(await link.ask(question, anything)).toMatchObject({ ok: false, code: 'ANSWER_LATE' });
    expect(gateway.received).toHaveLength(1);
  });

  test('a wait given up: RECEIVE_FAILED at once', async () => {
    const gateway = await startGateway(() => undefined);
    const signal = AbortSignal.timeout(100);
    const startedMs = Date.now();
    const asked = await openLink(gateway.describe()).ask(question, anything, signal);
    expect(asked).toMatchObject({ ok: false, code: 'RECEIVE_FAILED' });
    expect(Date.now() - startedMs).toBeLessThan(3_000);
  });
});

describe('time', () => {
  test.each([-YEARS_8_MS, YEARS_8_MS])(
    'a clock off by %d ms is found out by hello',
    async (offMs) => {
      const gateway: ScriptedGateway = await startGateway(sayHello(() => gateway));
      const clock = makeClock(() => Date.now() + offMs);
      const link = openLink(gateway.describe(), clock);
      expect((await link.hello()).ok).toBe(true);
      expect(Math.abs(clock.nowMs() - Date.now())).toBeLessThan(2_000);
      gateway.script = (received, response) => {
        response.end(gateway.sign(received, { body: {} }));
      };
      expect((await link.ask(question, anything)).ok).toBe(true);
      const sent = gateway.received.at(-1)?.request;
      expect(Math.abs(Date.parse(sent?.ts ?? '') - Date.now())).toBeLessThan(5_000);
      expect(Date.parse(sent?.exp ?? '') - Date.parse(sent?.ts ?? '')).toBe(600_000);
    },
  );

  test('a hello that speaks of a time outside the life of its certificate is unproven', async () => {
    const gateway: ScriptedGateway = await startGateway((received, response) => {
      const ts = new Date('2008-06-01T00:00:00Z');
      response.end(gateway.sign(received, { body: helloBody({ serverTime: ts }) }, { ts }));
    });
    const clock = makeClock();
    const hello = await openLink(gateway.describe(), clock).hello();
    expect(hello).toMatchObject({ ok: false, code: 'ANSWER_UNPROVEN' });
    expect(clock.offsetMs).toBe(0);
  });

  test('a centre that asks for a newer program: CLIENT_TOO_OLD', async () => {
    const gateway: ScriptedGateway = await startGateway((received, response) => {
      response.end(gateway.sign(received, { body: helloBody({ minimumClient: '1.0.0' }) }));
    });
    expect(await openLink(gateway.describe()).hello()).toMatchObject({
      ok: false,
      code: 'CLIENT_TOO_OLD',
    });
  });
});

test('a kept connection that was closed meanwhile is replaced, and the same bytes go out', async () => {
  const gateway: ScriptedGateway = await startGateway(() => undefined);
  let isFirst = true;
  gateway.script = (received, response, request) => {
    response.end(gateway.sign(received, { body: {} }));
    // closes without the courtesy of a header, as a proxy does
    if (isFirst) setTimeout(() => request.socket.destroy(), 50);
    isFirst = false;
  };
  const link = openLink(gateway.describe());
  expect((await link.ask(question, anything)).ok).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect((await link.ask(question, anything)).ok).toBe(true);
  expect(gateway.received).toHaveLength(2);
});
