import { fail, succeed } from '../../shared/errors/result.ts';
import type { Result } from '../../shared/errors/result.ts';
import type { Order, OrderItem, UnitStatus } from '../../shared/ipc/data.ts';
import { groupIdNumber } from '../../shared/rules/identity.ts';
import { addFen, formatFen, toFen } from '../../shared/rules/money.ts';
import type { Fen } from '../../shared/rules/money.ts';
import { capitalAmount } from '../../shared/rules/money-words.ts';
import type { EntryKind } from '../../shared/wire/primitives.ts';
import { ask } from '../bridge.ts';
import { reasonText } from '../screens/entry/form.ts';
import type { Reasons } from '../screens/entry/form.ts';
import { readClock } from '../state/centre-time.ts';
import { documents as words } from '../text/documents.ts';
import { totalWords } from '../text/kinds.ts';
import { secondText } from '../text/time.ts';
import type { Paper, PaperColumn } from './paper.ts';

/** 业务凭单 of an order the centre has taken; NO_RECORD of any other. */
export async function readVoucher(oid: string): Promise<Result<Paper>> {
  const [told, listed, unit] = await Promise.all([
    ask('story.order', { oid }),
    ask('orders.items', { oid }),
    ask('unit.status', {}),
  ]);
  if (!told.ok) return told;
  if (!listed.ok) return listed;
  if (!unit.ok) return unit;
  const { order, story } = told.value;
  if (order.state !== 'applied' || !story.receipt) return fail('NO_RECORD', `${oid} is not taken`);
  return succeed(
    makeVoucher({
      order,
      items: listed.value.items,
      unit: unit.value,
      acceptedAt: story.receipt.issuedAt,
      printedAt: new Date(readClock() + unit.value.clockOffsetMs).toISOString(),
    }),
  );
}

interface VoucherParts {
  readonly order: Order;
  readonly items: readonly OrderItem[];
  readonly unit: Pick<UnitStatus, 'unitName' | 'unitAccount' | 'user' | 'parameters'>;
  readonly acceptedAt: string;
  readonly printedAt: string;
}

export function makeVoucher({ order, items, unit, acceptedAt, printedAt }: VoucherParts): Paper {
  const { kind, origin, acceptedCount, acceptedFen } = order;
  const columns = columnsOf(kind, unit.parameters?.reductionReasons ?? []);
  const differs = acceptedCount !== items.length || acceptedFen !== sumOf(items, 'totalFen');
  return {
    title: words.voucherTitle,
    landscape: isBackPay(kind),
    mark: words.voucherMark(order.serialNumber),
    facts: [
      [words.unit, unit.unitName],
      [words.unitAccount, unit.unitAccount],
      [words.kind, words.kindOf(kind, origin)],
      [words.month, String(order.businessMonth)],
      [words.serialNumber, order.serialNumber],
      [words.acceptedAt, secondText(acceptedAt)],
      [words.receiptNumber, String(order.receiptNumber)],
      [words.receiptMark, order.receiptMark],
      [words.accepted, words.count(acceptedCount)],
      [words.acceptedSum, words.yuan(formatFen(toFen(acceptedFen)))],
      [words.clerk, unit.user],
      [words.printedAt, secondText(printedAt)],
    ],
    columns: columns.map(({ column }) => column),
    rows: items.map((item) => columns.map(({ read }) => read(item))),
    totals: [[totalLine(kind, items)]],
    notes: [
      words.capital(capitalAmount(toFen(acceptedFen))),
      ...(differs ? [words.differs] : []),
      words.voucherNote,
    ],
    signatures: [words.clerkSigns, words.unitSeal, words.date],
  };
}

/** More columns than an upright page holds. */
function isBackPay(kind: EntryKind): boolean {
  return kind === 'missedBackPay' || kind === 'shortfallBackPay';
}

function sumOf(items: readonly OrderItem[], key: 'unitFen' | 'personalFen' | 'totalFen'): Fen {
  return addFen(...items.map((item) => toFen(item[key])));
}

function totalLine(kind: EntryKind, items: readonly OrderItem[]): string {
  const sums = [
    [words.unitPart, 'unitFen'],
    [words.personalPart, 'personalFen'],
    [totalWords[kind], 'totalFen'],
  ] as const;
  const told = sums.map(([label, key]) => `${label} ${words.yuan(formatFen(sumOf(items, key)))}`);
  return [`${words.total} ${words.count(items.length)}`, ...told].join('，');
}

interface ItemColumn {
  readonly column: PaperColumn;
  readonly read: (item: OrderItem) => string;
}

function text(
  title: string,
  widthMm: number,
  read: (item: OrderItem) => string,
  more: Partial<PaperColumn> = {},
): ItemColumn {
  return { column: { title, widthMm, ...more }, read };
}

function amount(
  title: string,
  widthMm: number,
  key: 'base' | 'unitFen' | 'personalFen' | 'totalFen',
): ItemColumn {
  return text(title, widthMm, (item) => formatFen(toFen(item[key])), { align: 'right' });
}

const seq = text(words.seq, 11, (item) => String(item.seq), { align: 'center' });
const name = (widthMm: number) => text(words.name, widthMm, (item) => item.name, { wraps: true });
const idNumber = text(words.idNumber, 38, (item) => groupIdNumber(item.idNumber));
const account = text(words.account, 26, (item) => item.personalAccount);
const fund = text(words.fund, 14, (item) => words.fundShort[item.fundType], { align: 'center' });
const ratio = text(words.ratio, 11, (item) => `${item.unitRatio}%`, { align: 'right' });
const months = text(words.months, 30, ({ from, to }) =>
  from === to ? String(from) : `${from}–${to}`,
);
const result = text(words.result, 14, ({ state }) => (state ? words.results[state] : ''), {
  align: 'center',
});

/** Widths add up to what lies between the margins: 186 mm upright, 269 mm lying. */
function columnsOf(kind: EntryKind, reasons: Reasons): ItemColumn[] {
  const parts = (widthMm: number) => [
    amount(words.unitPart, widthMm, 'unitFen'),
    amount(words.personalPart, widthMm, 'personalFen'),
  ];
  const total = (widthMm: number) => amount(totalWords[kind], widthMm, 'totalFen');
  switch (kind) {
    case 'registration':
      return [
        ...[seq, name(20), idNumber, fund, amount(words.base, 20, 'base'), ratio],
        ...[...parts(19), total(20), result],
      ];
    case 'reduction': {
      const read = ({ reductionReason }: OrderItem) => reasonText(reductionReason, reasons);
      const reason = text(words.reason, 25, read, { wraps: true });
      return [seq, account, name(35), idNumber, fund, reason, total(23), result];
    }
    case 'missedBackPay':
      return [
        ...[seq, account, name(32), idNumber, fund, months, amount(words.wage, 23, 'base')],
        ...[ratio, ...parts(22), total(26), result],
      ];
    case 'shortfallBackPay':
      return [
        ...[seq, account, name(42), idNumber, fund, months, amount(words.dueWage, 24, 'base')],
        ...[...parts(22), total(26), result],
      ];
  }
}
