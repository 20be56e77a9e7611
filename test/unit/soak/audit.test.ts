import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Receipt } from '../../../shared/wire/orders.ts';
import { audit } from '../../soak/audit/audit.ts';
import type { AuditCase, AuditRule, ClientState } from '../../soak/audit/case.ts';
import type { CentreBooks, LedgerItem } from '../../soak/audit/centre-books.ts';
import { entryOfRow } from '../../../electron/data/batches/row-entry.ts';
import { type Entry, EntryBook } from '../../soak/entries.ts';

/**
 * The audit of the soak against books that are right, and against the same books with one thing wrong:
 * a rule that cannot fail would prove nothing.
 */
const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const DRAFT = '11111111-1111-4111-8111-111111111111';
const WAITING = '22222222-2222-4222-8222-222222222222';
const BATCH = '33333333-3333-4333-8333-333333333333';
const ROW_DRAFT = '44444444-4444-4444-8444-444444444444';
const REFUSED_DRAFT = '55555555-5555-4555-8555-555555555555';
/** A row that went out with the order that was applied, and one of the order that was refused. */
const SENT_ROW = entryOfRow(BATCH, 1);
const OPEN_ROW = entryOfRow(BATCH, 2);
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
  for (const [id, base, seq] of [
    [DRAFT, '8000', 0],
    [WAITING, '9000', 0],
    [SENT_ROW, '8100', 1],
    [OPEN_ROW, '8200', 2],
  ] as const) {
    const row = seq === 0 ? undefined : { batch: BATCH, seq };
    const entry = entries.begin(id, 'pc1', { ...typed, ...months, base }, row);
    entry.isStored = true;
    entry.versions[0] = {
      typed: { ...typed, ...months, base },
      tag: Number(base) * 100,
      totalFen: 200,
    };
  }
  const common = {
    kind: 'missedBackPay',
    unitFen: 100,
    personalFen: 100,
    state: 'succeeded',
  } as const;
  const items: LedgerItem[] = [
    { ...common, oid: APPLIED, seq: 1, tag: 800_000, entry: DRAFT },
    { ...common, oid: APPLIED, seq: 2, tag: 810_000, entry: SENT_ROW },
  ];
  const amounts = { count: 2, fen: 400, acceptedCount: 0, acceptedFen: 0 };
  const order = { kind: 'missedBackPay', receiptRno: null, ...amounts } as const;
  const receipts = receiptsOf(
    { oid: APPLIED, sn: SERIALS[APPLIED], state: 'applied', count: 2, fen: 400 },
    { oid: REFUSED, sn: SERIALS[REFUSED], state: 'rejected', count: 0, fen: 0 },
  );
  const serials = [
    { sn: '1', state: 'applied', oid: APPLIED, digest: 'd1' },
    { sn: '2', state: 'rejected', oid: REFUSED, digest: 'd2' },
    { sn: '3', state: 'void', oid: VOID, digest: '' },
  ] as const;
  const ledger = { oid: APPLIED, sn: '1', kind: 'missedBackPay', count: 2, fen: 400 } as const;
  const client: ClientState = {
    name: 'pc1',
    orders: [
      {
        ...order,
        oid: APPLIED,
        sn: '1',
        state: 'applied',
        receiptRno: 1,
        acceptedCount: 2,
        acceptedFen: 400,
      },
      { ...order, oid: REFUSED, sn: '2', state: 'rejected', receiptRno: 2 },
      { ...order, oid: VOID, sn: '3', state: 'void' },
    ],
    items: [DRAFT, ROW_DRAFT].map((draftId, at) => ({
      ...{ oid: APPLIED, seq: at + 1, draftId, unitFen: 100, personalFen: 100 },
      state: 'succeeded',
    })),
    rows: [
      {
        ...{ batch: BATCH, seq: 1, state: 'settled', refusal: 'none' },
        ...{ draftId: ROW_DRAFT, draftState: 'settled', orderId: APPLIED },
      },
      {
        ...{ batch: BATCH, seq: 2, state: 'open', refusal: 'said' },
        ...{ draftId: REFUSED_DRAFT, draftState: 'removed', orderId: null },
      },
    ],
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
      items,
      serials: new Map(serials.map((row) => [row.sn, row])),
      receipts,
      ...{ rosterVersion: 1, rosterDigest: 'roster' },
    },
    clients: [client],
    entries,
    known: new Map([
      [
        APPLIED,
        {
          ...{ pc: 'pc1', fen: 400 },
          entryIds: new Map([
            [1, DRAFT],
            [2, SENT_ROW],
          ]),
        },
      ],
    ]),
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

const asRow =
  (seq: number, change: Partial<ClientState['rows'][number]>): Change =>
  (given) =>
    inClient(({ rows }) => ({
      rows: rows.map((row) => (row.seq === seq ? { ...row, ...change } : row)),
    }))(given);

/** The book itself is changed: the clerk did something else. */
const asEntry =
  (id: string, change: Partial<Pick<Entry, 'isAbandoned' | 'removal'>>): Change =>
  ({ entries }) => {
    const entry = entries.entries.get(id);
    if (entry) Object.assign(entry, change);
    return {};
  };

const inItems = (change: Partial<LedgerItem>): Change =>
  inCentre(({ items }) => ({
    items: items.map((item) => (item.seq === 2 ? { ...item, ...change } : item)),
  }));

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
    'receiptChain',
    'a line of the ledger has neither serial nor receipt',
    inCentre(({ receipts, serials, ledger }) => ({
      receipts: receipts.slice(0, 0),
      serials: new Map([...serials].filter(([, { state }]) => state === 'void')),
      ledger,
    })),
  ],
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
      ledger: new Map([...ledger].map(([oid, line]) => [oid, { ...line, fen: 402 }])),
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
  [
    'appliedTwice',
    'one row of a batch in two orders, found by what it was bound to',
    ({ known, centre }) => {
      const reductions = centre.items.map((item) => ({ ...item, tag: null }));
      const again = reductions.slice(1).map((item) => ({ ...item, oid: REFUSED }));
      const other = { pc: 'pc1', fen: 200, entryIds: new Map([[2, SENT_ROW]]) };
      return {
        known: new Map([...known, [REFUSED, other]]),
        centre: { ...centre, items: [...reductions, ...again] },
      };
    },
  ],
  ['draftLost', 'a row is nowhere', inClient(({ rows }) => ({ rows: rows.slice(0, 1) }))],
  [
    'draftLost',
    'a row is open though it was applied',
    asRow(1, { state: 'open', draftState: 'removed' }),
  ],
  [
    'draftLost',
    'a row is settled though its order was refused',
    asRow(2, { state: 'settled', draftState: 'settled', orderId: REFUSED }),
  ],
  ['draftLost', 'a row is removed, and nobody asked', asRow(2, { state: 'removed' })],
  [
    'draftLost',
    'a row is open though the clerk removed it',
    asEntry(OPEN_ROW, { removal: 'done' }),
  ],
  [
    'draftLost',
    'a row is ordered when nothing is on its way',
    asRow(2, { state: 'ordered', draftState: 'ordered', orderId: VOID }),
  ],
  ['misnamed', 'a row went out under another name', inItems({ entry: WAITING })],
  ['misnamed', 'a row went out without a name', inItems({ entry: null })],
  ['rowDiffers', 'a row is settled, its draft is not', asRow(1, { draftState: 'ordered' })],
  ['rowDiffers', 'a row is open, its draft waits', asRow(2, { draftState: 'waiting' })],
  ['refusalLost', 'a refused row that says nothing of it', asRow(2, { refusal: 'silent' })],
  [
    'halfRead',
    'a row of a batch that was not read to its end',
    asEntry(OPEN_ROW, { isAbandoned: true }),
  ],
  [
    'halfRead',
    'such a row in the ledger',
    (given) => ({
      ...asEntry(SENT_ROW, { isAbandoned: true })(given),
      ...inClient(() => ({ rows: [] }))(given),
    }),
  ],
  ['halfRead', 'a row that nobody brought in', asRow(2, { seq: 3 })],
  ['resultDiffers', 'succeeded here, failed there', inItems({ state: 'failed' })],
  [
    'resultDiffers',
    'never asked for',
    inClient(({ items }) => ({ items: items.map((item) => ({ ...item, state: 'processing' })) })),
  ],
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
    const without = inClient(() => ({ drafts: [], rows: [] }))(given);
    expect(audit({ ...given, ...without })).toEqual([]);
    const twice = inCentre(({ items }) => ({
      items: items.flatMap((item) => [item, { ...item, seq: 2 }]),
    }))(given);
    expect(audit({ ...given, ...twice }).map(({ rule }) => rule)).toContain('appliedTwice');
  });

  it('takes no copy put back as a reason for what is called done and is not', () => {
    const given = makeCase();
    given.entries.restored('pc1', 0);
    for (const change of [asDraft(WAITING, 'settled'), asDraft(WAITING, 'ordered')]) {
      const found = audit({ ...given, ...change(given) });
      expect(found.map(({ rule }) => rule)).toEqual(['draftLost']);
    }
    expect(audit({ ...given, ...asDraft(DRAFT, 'waiting')(given) })).toEqual([]);
  });

  it('lets an order be on its way while faults go on', () => {
    const given = { ...makeCase(), isFinal: false };
    expect(audit({ ...given, ...asState(VOID, 'sent')(given) })).toEqual([]);
  });

  it('lets results be under review while faults go on', () => {
    const given = { ...makeCase(), isFinal: false };
    const before = inClient(({ items }) => ({
      items: items.map((item) => ({ ...item, state: 'processing' })),
    }))(given);
    expect(audit({ ...given, ...before })).toEqual([]);
  });

  it('asks nothing more of a refused row that the clerk has removed and brought back', () => {
    const given = makeCase();
    asEntry(OPEN_ROW, { removal: 'asked' })(given);
    expect(audit({ ...given, ...asRow(2, { refusal: 'silent' })(given) })).toEqual([]);
  });
});
