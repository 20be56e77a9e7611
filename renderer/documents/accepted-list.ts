import { succeed } from '../../shared/errors/result.ts';
import type { Result } from '../../shared/errors/result.ts';
import type { Order, UnitStatus } from '../../shared/ipc/data.ts';
import { addFen, formatFen, toFen } from '../../shared/rules/money.ts';
import { entryKindSchema } from '../../shared/wire/primitives.ts';
import type { EntryKind } from '../../shared/wire/primitives.ts';
import { ask } from '../bridge.ts';
import { readClock } from '../state/centre-time.ts';
import { documents as words } from '../text/documents.ts';
import { kindWords } from '../text/kinds.ts';
import { secondText, stampText } from '../text/time.ts';
import type { Paper, PaperColumn } from './paper.ts';

const kinds = entryKindSchema.options;

/** 已受理业务清单: every order of a business month the centre has taken, in the order of its receipts. */
export async function readAcceptedList(businessMonth: number): Promise<Result<Paper>> {
  const unit = await ask('unit.status', {});
  if (!unit.ok) return unit;
  const orders: Order[] = [];
  let fetchedAt: string | null = null;
  for (const kind of kinds) {
    const listed = await ask('orders.list', { kind, businessMonth });
    if (!listed.ok) return listed;
    fetchedAt = listed.value.fetchedAt;
    orders.push(...listed.value.orders.filter((order) => isTaken(order, businessMonth)));
  }
  const printedAt = new Date(readClock() + unit.value.clockOffsetMs).toISOString();
  return succeed(
    makeAcceptedList({ orders, businessMonth, unit: unit.value, fetchedAt, printedAt }),
  );
}

function isTaken({ state, businessMonth }: Order, month: number): boolean {
  return state === 'applied' && businessMonth === month;
}

interface AcceptedParts {
  readonly orders: readonly Order[];
  readonly businessMonth: number;
  readonly unit: Pick<UnitStatus, 'unitName' | 'unitAccount' | 'user'>;
  /** When the results were last asked for. */
  readonly fetchedAt: string | null;
  readonly printedAt: string;
}

/** Widths add up to 269 mm. */
const columns: readonly PaperColumn[] = [
  { title: words.seq, widthMm: 11, align: 'center' },
  { title: words.kind, widthMm: 22 },
  { title: words.origin, widthMm: 14, align: 'center' },
  { title: words.serialNumber, widthMm: 42 },
  { title: words.receiptNumber, widthMm: 18, align: 'right' },
  { title: words.receiptMark, widthMm: 36 },
  { title: words.number, widthMm: 17, align: 'right' },
  { title: words.amount, widthMm: 32, align: 'right' },
  { title: words.succeeded, widthMm: 15, align: 'right' },
  { title: words.failed, widthMm: 14, align: 'right' },
  { title: words.pending, widthMm: 15, align: 'right' },
  { title: words.acceptedAt, widthMm: 33 },
];

export function makeAcceptedList(parts: AcceptedParts): Paper {
  const { orders, businessMonth, unit, fetchedAt, printedAt } = parts;
  const inOrder = [...orders].sort((a, b) => a.receiptNumber - b.receiptNumber);
  return {
    title: words.acceptedTitle,
    landscape: true,
    mark: words.acceptedMark(businessMonth),
    facts: [
      [words.unit, unit.unitName],
      [words.unitAccount, unit.unitAccount],
      [words.month, String(businessMonth)],
      [words.clerk, unit.user],
      [words.printedAt, secondText(printedAt)],
    ],
    columns,
    rows: inOrder.map((order, index) => [
      String(index + 1),
      kindWords[order.kind],
      words.origins[order.origin],
      order.serialNumber,
      String(order.receiptNumber),
      order.receiptMark,
      String(order.acceptedCount),
      formatFen(toFen(order.acceptedFen)),
      String(order.succeeded),
      String(order.failed),
      String(order.pending),
      stampText(order.settledAt ?? order.createdAt),
    ]),
    totals: kinds.flatMap((kind) => subtotal(kind, inOrder)),
    notes: [
      ...(orders.length === 0 ? [words.noneAccepted] : []),
      fetchedAt === null ? words.neverAsked : words.asOf(secondText(fetchedAt)),
    ],
    signatures: [words.clerkSigns, words.unitSeal, words.date],
  };
}

/** Of different kinds the amounts are of different things: there is no sum over all. */
function subtotal(kind: EntryKind, all: readonly Order[]): string[][] {
  const orders = all.filter((order) => order.kind === kind);
  if (orders.length === 0) return [];
  const count = orders.reduce((sum, { acceptedCount }) => sum + acceptedCount, 0);
  const fen = addFen(...orders.map(({ acceptedFen }) => toFen(acceptedFen)));
  const sums = [words.count(count), `${words.amountOf[kind]} ${words.yuan(formatFen(fen))}`];
  return [[[words.subtotal(kind, orders.length), ...sums].join('，')]];
}
