import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Order } from '../../../shared/ipc/data.ts';
import { Clerk, makeUnitKey, valueOf } from './clerk.ts';
import { DemoCentre } from './demo-centre.ts';

const script = fileURLToPath(
  new URL('../../../build/verify-receipt/verify-receipt.ts', import.meta.url),
);
/** Bytes turned over one at a time, spread over the whole file. */
const FLIPS = 12;
const CHINESE = /\p{Script=Han}/u;

let root: string;
let centre: DemoCentre;
let order: Order;
let receipt: Buffer;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'verify-receipt-'));
  centre = await DemoCentre.prepare(join(root, 'practice'));
  const key = await makeUnitKey(centre.folder);
  await centre.start();
  const clerk = new Clerk(join(root, 'clerk'), centre.gateway, key);
  await clerk.openAndSignIn();
  order = valueOf(await clerk.confirm(await clerk.enter(2)));
  const other = valueOf(await clerk.confirm(await clerk.enter(1)));
  const evidence = valueOf(await clerk.host.handlers['orders.evidence']({ oid: order.oid }));
  const others = valueOf(await clerk.host.handlers['orders.evidence']({ oid: other.oid }));
  await clerk.close();
  receipt = Buffer.from(evidence.receipt ?? []);
  writeFileSync(join(root, '回执.p7m'), receipt);
  writeFileSync(join(root, '业务.p7m'), evidence.order ?? '');
  writeFileSync(join(root, '别的业务.p7m'), others.order ?? '');
  writeFileSync(join(root, 'ca.pem'), centre.gateway.centreCaPem.join('\n'));
  writeFileSync(join(root, 'bank.pem'), centre.gateway.bankCaPem.join('\n'));
});
afterAll(async () => {
  await centre.stop();
  rmSync(root, { recursive: true, force: true });
});

interface Told {
  readonly readable: boolean;
  readonly verified: boolean;
  readonly reason?: string;
  readonly [more: string]: unknown;
}

function verify(args: readonly string[], configFolder = join(root, 'nothing')) {
  const env = { ...process.env, INIT_CWD: root, XDG_CONFIG_HOME: configFolder };
  const ran = spawnSync(process.execPath, [script, ...args], { env, encoding: 'utf8' });
  expect(ran.stderr).toBe('');
  return { exit: ran.status, told: JSON.parse(ran.stdout) as Told };
}

describe('verify-receipt', () => {
  test('verifies a receipt as it was saved, for the message as it was sent', () => {
    const { exit, told } = verify(['回执.p7m', '--ca', 'ca.pem', '--order', '业务.p7m']);
    expect(exit).toBe(0);
    expect(told).toMatchObject({
      ...{ readable: true, verified: true, order: 'matches' },
      hash: createHash('sha256').update(receipt).digest('hex'),
      receipt: { oid: order.oid, serialNumber: order.serialNumber, rno: order.receiptNumber },
    });
    expect(String(told.hash).slice(0, 16)).toBe(order.receiptMark);
  });

  test('takes the authorities of the program on this computer where none are named', () => {
    const alone = verify(['回执.p7m']);
    expect(alone).toMatchObject({ exit: 2, told: { verified: false } });
    expect(alone.told.reason).toContain('--ca');
    const place = join(root, 'config/jiaocuntong-practice/practice/configuration.json');
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, JSON.stringify(centre.configuration));
    const { exit, told } = verify(['回执.p7m'], join(root, 'config'));
    expect([exit, told.trust]).toEqual([0, place]);
  });

  test('believes no file in which a byte was turned over, and says so in Chinese', () => {
    const reasons = new Set<string>();
    for (let flip = 0; flip < FLIPS; flip += 1) {
      const at = Math.floor(((flip + 0.5) * receipt.length) / FLIPS);
      const bytes = Buffer.from(receipt);
      bytes.writeUInt8(bytes.readUInt8(at) ^ 0x01, at);
      writeFileSync(join(root, '改过.p7m'), bytes);
      const { exit, told } = verify(['改过.p7m', '--ca', 'ca.pem']);
      expect([1, 2], `byte ${at}`).toContain(exit);
      expect(told).toMatchObject({ verified: false, readable: exit === 1 });
      expect(told.reason, `byte ${at}`).toMatch(CHINESE);
      expect(told.reason).not.toMatch(/[a-z]{4,} [a-z]{3,}/i);
      reasons.add(told.reason ?? '');
    }
    expect([...reasons].join()).toContain('改动');
  });

  test('does not take another authority, nor a receipt for another message', () => {
    const foreign = verify(['回执.p7m', '--ca', 'bank.pem']);
    expect(foreign).toMatchObject({ exit: 1, told: { readable: true, verified: false } });
    expect(foreign.told.reason).toBe('签名证书不是所给的机构签发的');
    const other = verify(['回执.p7m', '--ca', 'ca.pem', '--order', '别的业务.p7m']);
    expect(other).toMatchObject({ exit: 1, told: { reason: '回执不是给这份业务报文的' } });
  });

  test.each([
    ['a file that is no CMS', () => Buffer.from('%PDF-1.4 不是回执'), '不是中心的回执'],
    ['an empty file', () => Buffer.alloc(0), '不是中心的回执'],
    ['half a receipt', () => receipt.subarray(0, receipt.length / 2), '不是中心的回执'],
    ['the order instead', () => readFileSync(join(root, '业务.p7m')), '不是中心的回执'],
  ])('says of %s that it is none', (_what, bytesOf, said) => {
    writeFileSync(join(root, '不是.p7m'), bytesOf());
    const { exit, told } = verify(['不是.p7m', '--ca', 'ca.pem']);
    expect([exit, told.readable, told.verified]).toEqual([2, false, false]);
    expect(told.reason).toContain(said);
  });

  test.each([
    [['没有.p7m', '--ca', 'ca.pem'], '没有这个文件'],
    [['.', '--ca', 'ca.pem'], '这是文件夹'],
    [['回执.p7m', '--ca', 'none.pem'], '没有这个文件'],
    [['回执.p7m', '--ca', '回执.p7m'], '没有证书'],
    [['回执.p7m', '--ca', 'ca.pem', '--order', 'none'], '没有这个文件'],
    [[], '用法'],
    [['回执.p7m', '--what'], '用法'],
  ])('%j is told with exit code 2', (args, said) => {
    const { exit, told } = verify(args);
    expect([exit, told.readable, told.verified]).toEqual([2, false, false]);
    expect(told.reason).toContain(said);
  });
});
