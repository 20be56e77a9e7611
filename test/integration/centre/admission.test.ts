import { randomBytes, randomUUID } from 'node:crypto';
import { connect } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GATEWAY_SERVER_NAME } from '../../../electron/demo/pki.ts';
import { PLAIN_CONTENT_TYPE, SIGNED_CONTENT_TYPE } from '../../../shared/wire/envelope.ts';
import { CentreProcess } from './centre-process.ts';
import { hashOf, makeSigner, RawClient } from './raw-client.ts';
import { sampleItem, sampleOrder } from './sample-order.ts';

const UNIT = '9900000500';
const centre = new CentreProcess();
let client: RawClient;

beforeAll(async () => {
  await centre.start('--body-idle-seconds', '1', '--request-seconds', '4');
  client = new RawClient(centre, UNIT, await makeSigner(centre, UNIT));
  await client.signIn();
});
afterAll(async () => {
  client.close();
  await centre.remove();
});

/** A submission that would be applied but for what the test does to it. */
function submission(number: number, doctoring = {}): Buffer {
  const ids = { sn: client.nextSerial(), oid: randomUUID() };
  return client.signed('WL1001', sampleOrder([sampleItem(number)]), { ...ids, ...doctoring });
}

describe('transport', () => {
  test('TLS 1.3 only, by a certificate of the gateway CA for the gateway name', async () => {
    const protocol = await handshake({ minVersion: 'TLSv1.3' });
    expect(protocol).toBe('TLSv1.3');
    await expect(handshake({ maxVersion: 'TLSv1.2' })).rejects.toThrow(/protocol version|alert/i);
    await expect(handshake({ servername: 'other.example' })).rejects.toThrow(/altnames/i);
    await expect(handshake({ ca: centre.pki('bank-ca.pem') })).rejects.toThrow(/verify|issuer/i);
  });

  test('one path, one method, two kinds of content; anything else gets no body', async () => {
    const bytes = client.content('WL0001', { versions: [1], client: 't' });
    const plain = { 'content-type': PLAIN_CONTENT_TYPE };
    const replies = [
      await client.post(bytes, plain, { path: '/' }),
      await client.post(bytes, plain, { method: 'PUT' }),
      await client.post(bytes, { 'content-type': 'text/xml' }),
      await client.post(bytes, { ...plain, 'content-encoding': 'br' }),
      await client.post(bytes, { ...plain, 'content-encoding': 'gzip' }),
    ];
    expect(replies.map(({ status }) => status)).toEqual([404, 405, 415, 400, 400]);
    expect(replies.every((reply) => reply.bytes.byteLength === 0)).toBe(true);
  });

  test('a gzip body is unpacked before it is hashed, judged and stored', async () => {
    const bytes = submission(1);
    const packed = { 'content-type': SIGNED_CONTENT_TYPE, 'content-encoding': 'gzip' };
    const answer = client.prove(await client.post(gzipSync(bytes), packed), hashOf(bytes));
    expect(answer.code).toBe('000000');
    expect((await client.sendSigned(bytes)).dup).toBe(true);
  });

  test('a body over the cap is refused by a signed WLP207, plain or unpacked from gzip', async () => {
    const huge = Buffer.alloc(17 * 1024 * 1024, 0x20);
    expect((await client.sendSigned(huge)).code).toBe('WLP207');
    const packed = { 'content-type': SIGNED_CONTENT_TYPE, 'content-encoding': 'gzip' };
    const reply = await client.post(gzipSync(huge), packed);
    expect(client.prove(reply, hashOf(huge)).code).toBe('WLP207');
  });

  test('a gzip bomb is cut off, and the centre goes on serving', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024));
    const packed = { 'content-type': SIGNED_CONTENT_TYPE, 'content-encoding': 'gzip' };
    const outcome = await client.post(bomb, packed).then(
      ({ status }) => status,
      () => 'cut',
    );
    expect([413, 'cut']).toContain(outcome);
    expect((await client.ask('WL2001', { refSn: '1'.repeat(16) })).code).toBe('000000');
  });

  test('a body that stops in the middle is given up within its deadline', async () => {
    const started = Date.now();
    await sendSlowly(0);
    const stopped = Date.now() - started;
    expect(stopped).toBeLessThan(3_500);
  });

  test('a body that trickles for ever is given up by the deadline of the whole request', async () => {
    const started = Date.now();
    await sendSlowly(300);
    expect(Date.now() - started).toBeLessThan(8_000);
  });
});

describe('message', () => {
  test('garbage is answered by a signed refusal, whatever it is', async () => {
    for (const bytes of [Buffer.alloc(0), Buffer.from('{}'), randomBytes(500), Buffer.alloc(40)]) {
      expect((await client.sendSigned(bytes)).code).toBe('WLP201');
    }
    const plain = async (text: string) => (await client.sendPlain(Buffer.from(text))).code;
    expect(await plain('')).toBe('WLP201');
    expect(await plain('[1]')).toBe('WLP203');
    expect(await plain('"WL0001"')).toBe('WLP203');
    expect((await client.sendPlain(Buffer.from([0xff, 0xfe]))).code).toBe('WLP201');
  });

  test('every flipped bit of a signed order is refused and takes no serial', async () => {
    const sn = client.nextSerial();
    const bytes = submission(2, { sn });
    for (let at = 7; at < bytes.byteLength; at += Math.floor(bytes.byteLength / 60)) {
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8(flipped.readUInt8(at) ^ 0x10, at);
      expect((await client.sendSigned(flipped)).cls).toBe('N');
    }
    const state = await client.ask('WL2001', { refSn: sn });
    expect(state.body).toEqual({ state: 'unknown' });
    expect((await client.sendSigned(bytes)).code).toBe('000000');
  });

  test('certificates that do not count: other CA, other unit, expired', async () => {
    const signers = [
      await makeSigner(centre, UNIT, { authority: 'centre-ca' }),
      await makeSigner(centre, UNIT, { subjectUnit: '9900000030' }),
      await makeSigner(centre, UNIT, { subjectUnit: `${UNIT}1` }),
      await makeSigner(centre, UNIT, { notAfter: new Date('2026-01-01T00:00:00Z') }),
    ];
    for (const signer of signers) {
      expect((await client.sendSigned(submission(3, { signer }))).code).toBe('WLA102');
    }
  });

  test('audience, version, schema, and the wrong kind of message for its transaction', async () => {
    const code = async (doctoring: object) =>
      (await client.sendSigned(submission(4, doctoring))).code;
    expect(await code({ aud: '别处的中心' })).toBe('WLP204');
    expect(await code({ v: 2 })).toBe('WLP206');
    expect(await code({ unit: '99' })).toBe('WLP203');
    expect(await code({ extra: 1 })).toBe('WLP203');
    expect(await code({ sn: '' })).toBe('WLP203');
    expect(await code({ oid: '' })).toBe('WLP203');
    const unsignedOrder = client.content('WL1001', sampleOrder([sampleItem(4)]), {
      sn: client.nextSerial(),
      oid: randomUUID(),
    });
    expect((await client.sendPlain(unsignedOrder)).code).toBe('WLP202');
    expect((await client.sendSigned(client.signed('WL2003', { after: 0, limit: 1 }))).code).toBe(
      'WLP203',
    );
  });

  test('audience comes before the unit of the certificate', async () => {
    const signer = await makeSigner(centre, UNIT, { subjectUnit: '9900000030' });
    expect((await client.sendSigned(submission(5, { signer, aud: '别处' }))).code).toBe('WLP204');
  });

  test('an order body that is none is refused without taking the serial', async () => {
    const ids = { sn: client.nextSerial(), oid: randomUUID() };
    const broken = { ...sampleOrder([sampleItem(6)]), items: [] };
    const answer = await client.sendSigned(client.signed('WL1001', broken, ids));
    expect([answer.code, answer.receipt]).toEqual(['WLP203', undefined]);
    const good = client.signed('WL1001', sampleOrder([sampleItem(6)]), ids);
    expect((await client.sendSigned(good)).code).toBe('000000');
  });
});

function handshake(options: object): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: '127.0.0.1',
      port: centre.port,
      ca: centre.pki('gateway-ca.pem'),
      servername: GATEWAY_SERVER_NAME,
      ...options,
    });
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      resolve(socket.getProtocol());
      socket.destroy();
    });
  });
}

/** Announces 1,000 bytes and sends one every `everyMs`, or none at all; resolves at the close. */
function sendSlowly(everyMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: '127.0.0.1',
      port: centre.port,
      ca: centre.pki('gateway-ca.pem'),
      servername: GATEWAY_SERVER_NAME,
    });
    let timer: NodeJS.Timeout | undefined;
    socket.once('secureConnect', () => {
      socket.write(
        `POST /wl/v1 HTTP/1.1\r\nhost: x\r\ncontent-type: ${PLAIN_CONTENT_TYPE}\r\ncontent-length: 1000\r\n\r\n{`,
      );
      if (everyMs > 0) timer = setInterval(() => socket.write(' '), everyMs);
    });
    socket.resume();
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error);
    });
    socket.once('close', () => {
      clearInterval(timer);
      resolve();
    });
  });
}
