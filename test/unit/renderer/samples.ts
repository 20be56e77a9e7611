import type { Batch, BatchRowView } from '../../../shared/ipc/batches.ts';
import type { Order, OrderItem, UnitStatus } from '../../../shared/ipc/data.ts';
import type { Draft } from '../../../shared/ipc/entries.ts';
import type { RosterRow } from '../../../shared/wire/roster.ts';
import type { CertificateView, WindowStatus } from '../../../shared/ipc/window.ts';

export function orderWith(over: Partial<Order>): Order {
  return {
    oid: '019a8f7e-0000-7000-8000-000000000001',
    sn: '1000010000000001',
    kind: 'registration',
    origin: 'single',
    state: 'applied',
    opensAt: null,
    businessMonth: 202611,
    count: 1,
    fen: 192_000,
    serialNumber: '2026111700000042',
    receiptNumber: 1,
    receiptMark: '9f3c2a117be04d58',
    acceptedCount: 1,
    acceptedFen: 192_000,
    reason: '',
    succeeded: 0,
    failed: 0,
    pending: 1,
    createdAt: '2026-11-17T02:00:00.000Z',
    sentAt: null,
    settledAt: null,
    ...over,
  };
}

export function itemWith(over: Partial<OrderItem>): OrderItem {
  return {
    seq: 1,
    name: '赵一',
    idNumber: '990100199001010012',
    fundType: '10',
    from: 0,
    to: 0,
    reductionReason: '',
    base: 800_000,
    unitRatio: 12,
    personalRatio: 12,
    unitFen: 96_000,
    personalFen: 96_000,
    totalFen: 192_000,
    state: 'pending',
    reason: '',
    personalAccount: '',
    landedMonth: 0,
    changedAt: null,
    ...over,
  };
}

export function draftWith(over: Partial<Draft>): Draft {
  return {
    id: '019a8f7e-0000-7000-8000-00000000000a',
    kind: 'registration',
    typed: {
      kind: 'registration',
      fundType: '10',
      name: '赵一',
      idType: '01',
      idNumber: '990100199001010012',
      base: '8000',
    },
    name: '赵一',
    idNumber: '990100199001010012',
    personalAccount: '',
    fundType: '10',
    base: 800_000,
    typedBase: 800_000,
    unitRatio: 12,
    personalRatio: 12,
    from: 0,
    to: 0,
    reason: '',
    unitFen: 96_000,
    personalFen: 96_000,
    totalFen: 192_000,
    issues: [],
    holds: true,
    orderId: null,
    createdAt: '2026-11-17T02:00:00.000Z',
    ...over,
  };
}

export function accountWith(over: Partial<RosterRow>): RosterRow {
  return {
    personalAccount: '990000000001',
    fundType: '10',
    name: '赵一',
    idType: '01',
    idNumber: '990100199001010012',
    status: '01',
    base: 800_000,
    unitRatio: 12,
    personalRatio: 12,
    unitFen: 96_000,
    personalFen: 96_000,
    openedMonth: 202001,
    paid: [[202001, 202610]],
    ...over,
  };
}

export function unitWith(over: Partial<UnitStatus>): UnitStatus {
  return {
    unitAccount: '9900001234',
    unitName: '示例机械制造有限公司',
    user: '990001',
    channel: 'online',
    clockOffsetMs: 0,
    lastSyncAt: '2026-11-17T00:10:00.000Z',
    rosterVersion: 12,
    rosterCount: 100,
    parameters: null,
    queueCounts: { registration: 0, reduction: 0, missedBackPay: 0, shortfallBackPay: 0 },
    counterCount: 0,
    openOrders: 0,
    stopped: null,
    diskFull: false,
    auditBrokenAt: null,
    backupFailed: null,
    ...over,
  };
}

export function statusWith(over: Partial<WindowStatus>): WindowStatus {
  return {
    key: {
      state: 'unlocked',
      label: 'k',
      serial: '1',
      subject: 's',
      detail: '',
      interrupted: false,
      driver: 'd',
    },
    platform: { state: 'ready', tlsProtocol: 'TLSv1.3', gatewaySubject: 'CN=g', failure: null },
    hosts: { data: 'ready', token: 'ready' },
    unit: null,
    interrupted: false,
    ...over,
  };
}

export function certificateWith(over: Partial<CertificateView>): CertificateView {
  return {
    fingerprint: 'a'.repeat(64),
    tokenLabel: 'k',
    tokenSerial: '1',
    subject: '示例机械制造有限公司',
    issuer: 'CN=bank',
    notBefore: '2026-01-01T00:00:00.000Z',
    notAfter: '2029-01-01T00:00:00.000Z',
    usable: true,
    reason: '',
    pin: 'ask',
    ...over,
  };
}

export function batchWith(over: Partial<Batch>): Batch {
  return {
    id: '019a8f7e-0000-7000-8000-0000000000b1',
    kind: 'registration',
    fundType: '10',
    name: '11月新进职工',
    fileName: '11月新进职工.xlsx',
    sheet: {
      sheet: '批量职工登记',
      format: 'xlsx',
      headingRow: 1,
      letters: { name: 'A', idNumber: 'B', base: 'C' },
      headings: { name: '姓名', idNumber: '身份证号码', base: '月均工资' },
      notices: [],
    },
    importedAt: '2026-11-17T02:00:00.000Z',
    isChecked: true,
    ...{ open: 1, good: 1, bad: 0, counter: 0, differing: 0, goodFen: 192_000, removed: 0 },
    oids: [],
    revision: 1,
    ...over,
  };
}

export function batchRowWith(over: Partial<BatchRowView>): BatchRowView {
  const cell = (text: string) => ({ text, edited: false });
  return {
    seq: 1,
    row: 2,
    state: 'open',
    isChecked: true,
    cells: { name: cell('赵一'), idNumber: cell('990100199001010012'), base: cell('8000') },
    issues: [],
    differences: [],
    amounts: { unitFen: 96_000, personalFen: 96_000, totalFen: 192_000 },
    rosterName: '',
    rosterIdNumber: '',
    ...over,
  };
}
