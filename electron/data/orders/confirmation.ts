import { v7 as makeOrderId } from 'uuid';
import { fail, type Failure, type Result, succeed } from '../../../shared/errors/result.ts';
import { filingWindow } from '../../../shared/rules/window.ts';
import type { Transaction } from '../../../shared/wire/envelope.ts';
import { submitTransactions } from '../../../shared/wire/orders.ts';
import type { Parameters } from '../../../shared/wire/parameters.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { encodeRequest } from '../channel/request.ts';
import type { OrderLine, OrderSource } from '../ports.ts';
import type { OpenSession } from '../session/unit-session.ts';
import { makeOrderBody, sumOf } from './content.ts';
import type { Desk } from './desk.ts';
import type { NewOrder, WaitingOrder } from './journal.ts';
import { readStopped } from './ledger.ts';
import { drawSerial } from './serials.ts';

export interface Readiness {
  readonly open: OpenSession;
  readonly parameters: Parameters;
  /** This very look at the centre has brought other parameters. */
  readonly changed: boolean;
}

/** All that has to hold before anything is written: connection, session, rights, parameters, window. */
export async function checkReadiness(desk: Desk, kind: EntryKind): Promise<Result<Readiness>> {
  const { session } = desk;
  const wasOpen = session.current !== undefined;
  const open = await session.ensureOpen();
  if (!open.ok) return open;
  // opening has said hello itself; otherwise the gateway is proven and the clock set now
  const hello = wasOpen ? await session.link.hello() : undefined;
  if (hello?.ok === false) return hello;
  const tx: Transaction = submitTransactions[kind];
  if (!open.value.answer.rights.includes(tx)) return fail('RIGHTS_MISSING', tx);
  const refreshed = await refreshParameters(desk);
  if (!refreshed.ok) return refreshed;
  const { parameters } = refreshed.value;
  const { state } = filingWindow(desk.clock.nowMs(), parameters.filing);
  if (state !== 'open') return fail('WINDOW_CLOSED', state);
  return succeed({ open: open.value, ...refreshed.value });
}

/** Asked at every confirmation: the clerk agrees to amounts, and whatever is new is shown first. */
export async function refreshParameters(
  desk: Desk,
): Promise<Result<{ parameters: Parameters; changed: boolean }>> {
  const refreshed = await desk.parameters.refresh();
  if (!refreshed.ok) return refreshed;
  const parameters = desk.parameters.current();
  if (!parameters) return fail('POLICY_MISSING', 'no parameters yet');
  return succeed({ parameters, changed: refreshed.value.changed });
}

/**
 * One transaction: what is to be ordered is taken once more from where it waits, oid and serial are
 * drawn, and the exact bytes that will be signed are stored. A failure leaves everything as it was.
 */
export function makeOrder(
  desk: Desk,
  source: OrderSource,
  { open, parameters }: Readiness,
): Result<{ oid: string }> {
  const { database, journal } = desk;
  return database.write(() => {
    const refusal = refuseNow(desk);
    if (refusal) return refusal;
    const taken = source.take();
    if (!taken.ok) return taken;
    const { businessMonth } = parameters;
    const order = describeOrder(desk, source, taken.value, parameters, businessMonth);
    const { sn, content } = makeContent(desk, order, taken.value, open);
    journal.create(order, sn, content);
    return bindDrafts(desk, source, order, sn);
  });
}

/**
 * One transaction: the same, for an order that is signed and sent at the opening. Its drafts are
 * bound and its items fixed; serial and bytes come then.
 */
export function keepOrder(
  desk: Desk,
  source: OrderSource,
  parameters: Parameters,
  opening: { readonly businessMonth: number; readonly opensAt: string },
): Result<{ oid: string }> {
  const { database, journal } = desk;
  return database.write(() => {
    const stopped = readStopped(database);
    if (stopped) return fail(stopped);
    const taken = source.take();
    if (!taken.ok) return taken;
    const { businessMonth, opensAt } = opening;
    const order = describeOrder(desk, source, taken.value, parameters, businessMonth);
    journal.createWaiting(order, opensAt);
    return bindDrafts(desk, source, order, '');
  });
}

/** One transaction: the opening. `lines`: what was kept, checked against everything as it is now. */
export function startKeptOrder(
  desk: Desk,
  order: WaitingOrder,
  lines: readonly OrderLine[],
  { open, parameters }: Readiness,
): Result<{ oid: string }> {
  const { database, journal, audit } = desk;
  const { oid, count, fen } = order;
  return database.write(() => {
    const refusal = refuseNow(desk);
    if (refusal) return refusal;
    if (lines.length !== count || sumOf(lines) !== fen) {
      return fail('TOTALS_CHANGED', `${lines.length} of ${count}`);
    }
    const current = { ...order, parameterVersion: parameters.version };
    const { sn, content } = makeContent(desk, current, lines, open);
    journal.startWaiting(oid, parameters.version, sn, content);
    audit.record('orderConfirmed', { oid, sn, count, fen });
    return succeed({ oid });
  });
}

/** What stands against any order being sent now, whatever is in it. */
export function refuseNow(desk: Desk): Failure | undefined {
  const stopped = readStopped(desk.database);
  if (stopped) return fail(stopped);
  const open = desk.journal.findOpen();
  return open && fail('ORDER_IN_FLIGHT', open.oid);
}

function describeOrder(
  desk: Desk,
  { kind, origin }: OrderSource,
  lines: readonly OrderLine[],
  { version }: Parameters,
  businessMonth: number,
): NewOrder {
  return {
    oid: makeOrderId(),
    kind,
    origin,
    businessMonth,
    parameterVersion: version,
    count: lines.length,
    fen: sumOf(lines),
    user: desk.user,
    draftIds: lines.map(({ draftId }) => draftId),
  };
}

function makeContent(
  { database, session, clock }: Desk,
  order: Omit<NewOrder, 'user' | 'draftIds'>,
  lines: readonly OrderLine[],
  open: OpenSession,
): { sn: string; content: Buffer } {
  const sn = drawSerial(database.meta);
  const body = makeOrderBody(order, lines);
  const tx = submitTransactions[order.kind];
  const parts = { tx, body, sid: open.sid, sn, oid: order.oid, prm: order.parameterVersion };
  return { sn, content: encodeRequest(session.link.parties, parts, clock.nowMs()) };
}

function bindDrafts(
  { queue, audit }: Desk,
  source: OrderSource,
  { oid, count, fen, draftIds }: NewOrder,
  sn: string,
): Result<{ oid: string }> {
  queue.bind(draftIds, oid);
  source.ordered?.(oid);
  if (sn === '') audit.record('orderKept', { oid, count, fen });
  else audit.record('orderConfirmed', { oid, sn, count, fen });
  return succeed({ oid });
}
