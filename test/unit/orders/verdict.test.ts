import { beforeAll, describe, expect, test } from 'vitest';
import { signWithSoftwareKey } from '../../../electron/cms/sign.ts';
import { type CentreTrust, hashHex, readTrust } from '../../../electron/data/channel/proof.ts';
import { readVerdict, type Submitted } from '../../../electron/data/orders/verdict.ts';
import { type WireCodeName, wireCodes } from '../../../shared/wire/codes.ts';
import type { WireAnswer } from '../../../shared/wire/envelope.ts';
import type { Receipt } from '../../../shared/wire/orders.ts';
import {
  CENTRE_NAME,
  type Identities,
  type Identity,
  makeIdentities,
  UNIT,
} from '../../integration/channel/identities.ts';

let identities: Identities;
let trust: CentreTrust;

const submitted: Submitted = {
  unit: UNIT,
  oid: '01990000-0000-7000-8000-000000000001',
  sn: '1000010000000001',
  digest: 'ab'.repeat(32),
};

beforeAll(async () => {
  identities = await makeIdentities();
  trust = readTrust({
    host: 'localhost',
    port: 1,
    serverName: 'localhost',
    gatewayCaPem: [identities.gatewayCa.certificatePem],
    centreCaPem: [identities.centreCa.certificatePem],
    centreName: CENTRE_NAME,
    bankCaPem: [identities.bankCa.certificatePem],
  });
});

function makeReceipt(changes: Partial<Receipt> = {}): Receipt {
  return {
    v: 1,
    typ: 'receipt',
    unit: submitted.unit,
    unitName: '示例科技有限公司',
    sn: submitted.sn,
    oid: submitted.oid,
    kind: 'registration',
    digest: submitted.digest,
    state: 'applied',
    code: '000000',
    rno: 1,
    prev: '',
    at: '2026-11-21T02:00:00.000Z',
    businessMonth: 202612,
    serialNumber: '2026112100000001',
    count: 1,
    fen: 128_000,
    ...changes,
  };
}

function seal(receipt: Receipt, as: Identity = identities.centre): string {
  const bytes = Buffer.from(JSON.stringify(receipt));
  const cms = signWithSoftwareKey(bytes, as.certificateDer, as.privateKey, new Date(receipt.at));
  return cms.toString('base64');
}

function makeAnswer(code: WireCodeName, receipt?: string): WireAnswer {
  const { cls, msg } = wireCodes[code];
  const ts = '2026-11-21T02:00:00.000Z';
  const answer = {
    v: 1,
    typ: 'rsp',
    re: submitted.digest,
    code,
    cls,
    msg,
    ts,
    body: null,
  } as const;
  return receipt === undefined ? answer : { ...answer, receipt };
}

const judge = (answer: WireAnswer) => readVerdict(answer, submitted, trust);
const unproven = { ok: false, code: 'ANSWER_UNPROVEN' };

describe('class A', () => {
  test('with the receipt of these bytes: decided, and the receipt is kept as it came', () => {
    const sealed = seal(makeReceipt());
    const verdict = judge(makeAnswer('000000', sealed));
    if (!verdict.ok || verdict.value.kind !== 'receipt') throw new Error('not decided');
    const { proven } = verdict.value;
    expect(Buffer.from(proven.bytes).toString('base64')).toBe(sealed);
    expect(proven.hash).toBe(hashHex(Buffer.from(sealed, 'base64')));
  });

  test.each<[string, Partial<Receipt>]>([
    ['of another unit', { unit: '9900000002' }],
    ['of another order', { oid: '01990000-0000-7000-8000-000000000002' }],
    ['of another serial', { sn: '1000010000000002' }],
    ['of other bytes', { digest: 'cd'.repeat(32) }],
    ['that says rejected', { state: 'rejected', serialNumber: '' }],
  ])('with a receipt %s proves nothing', (_name, changes) => {
    expect(judge(makeAnswer('000000', seal(makeReceipt(changes))))).toMatchObject(unproven);
  });

  test('without a receipt, or with one the centre did not sign, proves nothing', () => {
    expect(judge(makeAnswer('000000'))).toMatchObject(unproven);
    const forged = seal(makeReceipt(), identities.strangerCentre);
    expect(judge(makeAnswer('000000', forged))).toMatchObject(unproven);
    const colleague = seal(makeReceipt(), identities.colleague);
    expect(judge(makeAnswer('000000', colleague))).toMatchObject(unproven);
  });

  test('WLS303 is decided by a receipt of the same order under another serial, of no other order', () => {
    const elsewhere = { sn: '1000010000000009', digest: 'cd'.repeat(32) };
    const verdict = judge(makeAnswer('WLS303', seal(makeReceipt(elsewhere))));
    expect(verdict).toMatchObject({ ok: true, value: { kind: 'receipt' } });
    const other = { ...elsewhere, oid: '01990000-0000-7000-8000-000000000002' };
    expect(judge(makeAnswer('WLS303', seal(makeReceipt(other))))).toMatchObject(unproven);
  });
});

describe('class R', () => {
  const rejected: Partial<Receipt> = { state: 'rejected', code: 'WLB401', serialNumber: '' };

  test('needs a receipt that says rejected', () => {
    const verdict = judge(makeAnswer('WLB401', seal(makeReceipt(rejected))));
    expect(verdict).toMatchObject({ ok: true, value: { kind: 'receipt' } });
    expect(judge(makeAnswer('WLB401'))).toMatchObject(unproven);
    expect(judge(makeAnswer('WLB401', seal(makeReceipt())))).toMatchObject(unproven);
  });
});

test.each(
  Object.entries(wireCodes)
    .filter(([code, { cls }]) => cls === 'N' && code !== 'WLS301')
    .map(([code]) => code as WireCodeName),
)('class N, %s: not applied, the serial is still to be closed', (code) => {
  expect(judge(makeAnswer(code))).toMatchObject({ ok: true, value: { kind: 'notApplied', code } });
});

describe('WLS301', () => {
  test('with the owner’s receipt: ours can never be applied', () => {
    const owner = { oid: '01990000-0000-7000-8000-000000000002', digest: 'cd'.repeat(32) };
    const verdict = judge(makeAnswer('WLS301', seal(makeReceipt(owner))));
    expect(verdict).toMatchObject({ ok: true, value: { kind: 'serialTaken' } });
  });

  test('whose owner is this very order in other bytes: decided', () => {
    const verdict = judge(makeAnswer('WLS301', seal(makeReceipt({ digest: 'cd'.repeat(32) }))));
    expect(verdict).toMatchObject({ ok: true, value: { kind: 'receipt' } });
  });

  test('with a receipt of our own bytes, or of another serial, proves nothing', () => {
    expect(judge(makeAnswer('WLS301', seal(makeReceipt())))).toMatchObject(unproven);
    const elsewhere = { sn: '1000010000000009', digest: 'cd'.repeat(32) };
    expect(judge(makeAnswer('WLS301', seal(makeReceipt(elsewhere))))).toMatchObject(unproven);
  });
});

test.each(['WLS305', 'WLX501', 'WLX502'] as const)(
  'class W, %s: the same bytes again later',
  (code) => {
    expect(judge(makeAnswer(code))).toEqual({ ok: true, value: { kind: 'notNow', code } });
  },
);

test('class U proves nothing', () => {
  expect(judge({ ...makeAnswer('000000'), cls: 'U' })).toMatchObject(unproven);
});
