import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Receipt } from '../../../shared/wire/orders.ts';
import { audit } from '../../soak/audit/audit.ts';
import type { AuditCase, AuditRule, ClientState } from '../../soak/audit/case.ts';
import type { CentreBooks, LedgerItem } from '../../soak/audit/centre-books.ts';
import { EntryBook } from '../../soak/entries.ts';

/**
 * The audit of the soak against books that are right, and against the same books with one thing wrong:
 * a rule that cannot fail would prove nothing.
 */
const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const DRAFT = '11111111-1111-4111-8111-111111111111';
const WAITING = '22222222-2222-4222-8222-222222222222';
const APPLIED = 'aaaaaaaa-aaaa-7aaa-8aaa-aaaaaaaaaaaa';
const REFUSED = 'bbbbbbbb-bbbb-7bbb-8bbb-bbbbbbbbbbbb';
const VOID = 'cccccccc-cccc-7ccc-8ccc-cccccccccccc';
const SERIALS = { [APPLIED]: '1', [REFUSED]: '2', [VOID]: '3' } as const;

type Part = Pick<Receipt, 'rno' | 'prev' | 'oid' | 'sn' | 'state' | 'count' | 'fen'>;

function receiptsOf(...parts: Omit<Part, 'rno' | 'prev'>[]): CentreBooks['receipts'] {
  let prev = '';
  return parts.map((part, index) => {
    const rno = index + 1;
    const cms = Buffer.from(JSON.stringify({ ...part, rno, prev }));
    const row = { rno, sn: part.sn, prev, hash: hash(cms), cms };
    prev = row.hash;
    return row;
  });
}

function makeCase(): AuditCase {
  const entries = new EntryBook();
  const typed = { kind: 'missedBackPay', fundType: '10', personalAccount: '990010000001' } as const;
  const months = { from: '202601', to: '202601', ratio: '12' };
  for (const [id, base] of [
    [DRAFT, '8000'],
    [WAITING, '9000'],
  ] as const) {
    const entry = entries.begin(id, 'pc1', { ...typed, ...months, base });
    entry.isStored = true;
    entry.versions[0] = {
      typed: { ...typed, ...months, base },
      tag: Number(base) * 100,
      totalFen: 200,
    };
  }
  const item: LedgerItem = {
    ...{ oid: APPLIED, seq: 1, kind: 'missedBackPay', unitFen: 100, personalFen: 100 },
    tag: 800_000,
  };
  const amounts = { count: 1, fen: 200, acceptedCount: 0, acceptedFen: 0 };
  const order = { kind: 'missedBackPay', receiptRno: null, ...amounts } as const;
  const receipts = receiptsOf(
    { oid: APPLIED, sn: SERIALS[APPLIED], state: 'applied', count: 1, fen: 200 },
    { oid: REFUSED, sn: SERIALS[REFUSED], state: 'rejected', count: 0, fen: 0 },
  );
  const serials = [
    { sn: '1', state: 'applied', oid: APPLIED, digest: 'd1' },
    { sn: '2', state: 'rejected', oid: REFUSED, digest: 'd2' },
    { sn: '3', state: 'void', oid: VOID, digest: '' },
  ] as const;
  const ledger = { oid: APPLIED, sn: '1', kind: 'missedBackPay', count: 1, fen: 200 } as const;
  const client: ClientState = {
    name: 'pc1',
    orders: [
      {
        ...order,
        oid: APPLIED,
        sn: '1',
        state: 'applied',
        receiptRno: 1,
        acceptedCount: 1,
        acceptedFen: 200,
      },
      { ...order, oid: REFUSED, sn: '2', state: 'rejected', receiptRno: 2 },
      { ...order, oid: VOID, sn: '3', state: 'void' },
    ],
    items: [{ oid: APPLIED, seq: 1, draftId: DRAFT, unitFen: 100, personalFen: 100 }],
    submissions: [
      { sn: '1', oid: APPLIED, state: 'applied', isSigned: 1, digest: 'd1', hasProof: 0 },
      { sn: '2', oid: REFUSED, state: 'rejected', isSigned: 1, digest: 'd2', hasProof: 0 },
      { sn: '3', oid: VOID, state: 'void', isSigned: 1, digest: 'd3', hasProof: 1 },
    ],
    drafts: [
      { id: DRAFT, state: 'settled', totalFen: 200, orderId: APPLIED },
      { id: WAITING, state: 'waiting', totalFen: 200, orderId: null },
    ],
    receipts: receipts.map(({ rno, prev, hash: own, cms }) => ({
      rno,
      prev,
      hash: own,
      bytes: cms,
    })),
    ...{ rosterDigest: 'roster', auditBreak: undefined, isSound: true },
  };
  return {
    centre: {
      ledger: new Map([[APPLIED, ledger]]),
      items: [item],
      serials: new Map(serials.map((row) => [row.sn, row])),
      receipts,
      ...{ rosterVersion: 1, rosterDigest: 'roster' },
    },
    clients: [client],
    entries,
    known: new Map([[APPLIED, { pc: 'pc1', fen: 200, draftIds: new Map([[1, DRAFT]]) }]]),
    receipts: {
      read: (bytes) => ({ hash: hash(bytes), receipt: JSON.parse(bytes.toString()) as Receipt }),
    },
    isFinal: true,
  };
}

type Change = (given: AuditCase) => Partial<AuditCase>;

const inCentre =
  (change: (books: CentreBooks) => Partial<CentreBooks>): Change =>
  ({ centre }) => ({ centre: { ...centre, ...change(centre) } });

const inClient =
  (change: (client: ClientState) => Partial<ClientState>): Change =>
  ({ clients }) => ({ clients: clients.map((client) => ({ ...client, ...change(client) })) });

const asState =
  (oid: string, state: ClientState['orders'][number]['state']): Change =>
  (given) =>
    inClient(({ orders }) => ({
      orders: orders.map((order) => (order.oid === oid ? { ...order, state } : order)),
    }))(given);

const asDraft =
  (id: string, state: ClientState['drafts'][number]['state']): Change =>
  (given) =>
    inClient(({ drafts }) => ({
      drafts: drafts.map((draft) => (draft.id === id ? { ...draft, state } : draft)),
    }))(given);

const wrong: readonly (readonly [AuditRule, string, Change])[] = [
  [
    'receiptChain',
    'a receipt is missing',
    inCentre(({ receipts }) => ({ receipts: receipts.slice(1) })),
  ],
  [
    'receiptChain',
    'a decided serial has no receipt',
    inCentre(({ receipts }) => ({ receipts: receipts.slice(0, 1) })),
  ],
  ['receiptChain', 'the ledger lacks what a receipt says', inCentre(() => ({ ledger: new Map() }))],
  [
    'appliedTwice',
    'one entry in two orders, found by its wage',
    inCentre(({ items }) => ({ items: items.flatMap((item) => [item, { ...item, oid: VOID }]) })),
  ],
  [
    'amounts',
    'another amount in the ledger than was shown',
    inCentre(({ items, ledger }) => ({
      items: items.map((item) => ({ ...item, unitFen: 101 })),
      ledger: new Map([...ledger].map(([oid, line]) => [oid, { ...line, fen: 201 }])),
    })),
  ],
  ['amounts', 'a line that is not the sum of its items', inCentre(() => ({ items: [] }))],
  ['stateDiffers', 'applied here, refused there', asState(REFUSED, 'applied')],
  ['stateDiffers', 'given up here, applied there', asState(APPLIED, 'void')],
  [
    'stateDiffers',
    'given up without proof',
    inClient(({ submissions }) => ({
      submissions: submissions.map((each) => ({ ...each, hasProof: 0 })),
    })),
  ],
  ['stateDiffers', 'in the ledger, not signed here', asState(APPLIED, 'draft')],
  ['unknownOrder', 'nobody has ever had it', () => ({ known: new Map() })],
  ['draftLost', 'nowhere', inClient(({ drafts }) => ({ drafts: drafts.slice(0, 1) }))],
  ['draftLost', 'waits though it was applied', asDraft(DRAFT, 'waiting')],
  ['draftLost', 'settled though it was not', asDraft(WAITING, 'settled')],
  ['draftLost', 'removed, and nobody asked', asDraft(WAITING, 'removed')],
  ['notSettled', 'still on its way', asState(VOID, 'sent')],
  [
    'receiptsDiffer',
    'one short here',
    inClient(({ receipts }) => ({ receipts: receipts.slice(0, 1) })),
  ],
  [
    'receiptsDiffer',
    'other bytes here',
    inClient(({ receipts }) => ({
      receipts: receipts.map((each) => ({ ...each, bytes: Buffer.from('x') })),
    })),
  ],
  ['rosterDiffers', 'after the last sync', inClient(() => ({ rosterDigest: 'other' }))],
  ['auditTrail', 'a row changed', inClient(() => ({ auditBreak: 3 }))],
  ['fileUnsound', 'a page changed', inClient(() => ({ isSound: false }))],
];

describe('the audit', () => {
  it('has nothing against books that are right', () => {
    expect(audit(makeCase())).toEqual([]);
  });

  it.each(wrong)('%s: %s', (rule, _what, change) => {
    const given = makeCase();
    const found = audit({ ...given, ...change(given) });
    expect(found.map((each) => each.rule)).toContain(rule);
  });

  it('leaves open what a copy put back cannot know, and still counts it once', () => {
    const given = makeCase();
    given.entries.restored('pc1', 0);
    const without = inClient(() => ({ drafts: [] }))(given);
    expect(audit({ ...given, ...without })).toEqual([]);
    const twice = inCentre(({ items }) => ({
      items: items.flatMap((item) => [item, { ...item, seq: 2 }]),
    }))(given);
    expect(audit({ ...given, ...twice }).map(({ rule }) => rule)).toContain('appliedTwice');
  });

  it('lets an order be on its way while faults go on', () => {
    const given = { ...makeCase(), isFinal: false };
    expect(audit({ ...given, ...asState(VOID, 'sent')(given) })).toEqual([]);
  });
});
