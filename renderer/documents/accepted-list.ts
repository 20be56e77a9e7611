import { succeed } from '../../shared/errors/result.ts';
import type { Result } from '../../shared/errors/result.ts';
import type { Order, UnitStatus } from '../../shared/ipc/data.ts';
import { queryKinds } from '../../shared/ipc/queries.ts';
import type { QueryGroup, QueryOrder } from '../../shared/ipc/queries.ts';
import { addFen, formatFen, toFen } from '../../shared/rules/money.ts';
import { entryKindSchema } from '../../shared/wire/primitives.ts';
import type { EntryKind } from '../../shared/wire/primitives.ts';
import { ask } from '../bridge.ts';
import { readClock } from '../state/centre-time.ts';
import { documents as words } from '../text/documents.ts';
import { kindWords } from '../text/kinds.ts';
import { countText } from '../text/numbers.ts';
import { secondText, stampText } from '../text/time.ts';
import type { Paper, PaperColumn } from './paper.ts';

const kinds = entryKindSchema.options;

const groups = Object.keys(queryKinds) as readonly QueryGroup[];

/** 已受理业务清单: every order of the unit in a business month that the centre has taken, in the order of its receipts. */
export async function readAcceptedList(businessMonth: number): Promise<Result<Paper>> {
  const unit = await ask('unit.status', {});
  if (!unit.ok) return unit;
  const orders: AcceptedOrder[] = [];
  let fetchedAt: string | null = null;
  for (const kind of kinds) {
    const listed = await ask('orders.list', { kind, businessMonth });
    if (!listed.ok) return listed;
    const taken = listed.value.orders.filter((order) => isTaken(order, businessMonth));
    orders.push(...taken.map(ofThisComputer));
  }
  for (const group of groups) {
    const listed = await ask('query.orders', { group, businessMonth });
    if (!listed.ok) return listed;
    fetchedAt = listed.value.fetchedAt;
    const taken = listed.value.orders.filter((order) => isTaken(order, businessMonth));
    orders.push(...taken.filter(({ isElsewhere }) => isElsewhere).map(ofAnotherComputer));
  }
  const printedAt = new Date(readClock() + unit.value.clockOffsetMs).toISOString();
  return succeed(
    makeAcceptedList({ orders, businessMonth, unit: unit.value, fetchedAt, printedAt }),
  );
}

function isTaken(order: Pick<Order, 'state' | 'businessMonth'>, month: number): boolean {
  return order.state === 'applied' && order.businessMonth === month;
}

/** An order by its receipt, whichever computer of the unit it went out from. */
interface AcceptedOrder extends Pick<
  QueryOrder,
  'kind' | 'serialNumber' | 'receiptNumber' | 'receiptMark' | 'count' | 'fen'
> {
  readonly origin: keyof typeof words.origins;
  readonly succeeded: number;
  readonly failed: number;
  readonly pending: number;
  readonly acceptedAt: string;
}

export function ofThisComputer(order: Order): AcceptedOrder {
  const { acceptedCount: count, acceptedFen: fen, settledAt, createdAt } = order;
  return { ...order, count, fen, acceptedAt: settledAt ?? createdAt };
}

/** What is known of it is its receipt; the results come with the others'. */
export function ofAnotherComputer(order: QueryOrder): AcceptedOrder {
  return { ...order, origin: 'elsewhere', acceptedAt: order.createdAt };
}

interface AcceptedParts {
  readonly orders: readonly AcceptedOrder[];
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
  { title: words.origin, widthMm: 20, align: 'center' },
  { title: words.serialNumber, widthMm: 38 },
  { title: words.receiptNumber, widthMm: 18, align: 'right' },
  { title: words.receiptMark, widthMm: 34 },
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
      countText(order.count),
      formatFen(toFen(order.fen)),
      countText(order.succeeded),
      countText(order.failed),
      countText(order.pending),
      stampText(order.acceptedAt),
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
function subtotal(kind: EntryKind, all: readonly AcceptedOrder[]): string[][] {
  const orders = all.filter((order) => order.kind === kind);
  if (orders.length === 0) return [];
  const count = orders.reduce((sum, order) => sum + order.count, 0);
  const fen = addFen(...orders.map(({ fen: one }) => toFen(one)));
  const sums = [words.count(count), `${words.amountOf[kind]} ${words.yuan(formatFen(fen))}`];
  return [[[words.subtotal(kind, orders.length), ...sums].join('，')]];
}
