import { v7 as makeOrderId } from 'uuid';
import { fail, type Failure, type Result, succeed } from '../../../shared/errors/result.ts';
import { filingWindow } from '../../../shared/rules/window.ts';
import type { Transaction } from '../../../shared/wire/envelope.ts';
import { submitTransactions } from '../../../shared/wire/orders.ts';
import type { Parameters } from '../../../shared/wire/parameters.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { encodeRequest } from '../channel/request.ts';
import type { CheckedDraft } from '../ports.ts';
import type { OpenSession } from '../session/unit-session.ts';
import { makeOrderBody, sumOf } from './content.ts';
import type { Desk } from './desk.ts';
import type { NewOrder, WaitingOrder } from './journal.ts';
import { readStopped } from './ledger.ts';
import { drawSerial } from './serials.ts';

export interface ConfirmRequest {
  readonly kind: EntryKind;
  readonly ids: readonly string[];
  /** What the clerk saw and agreed to. */
  readonly expected: { readonly count: number; readonly fen: number };
}

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
 * One transaction: the drafts are checked once more, oid and serial are drawn, and the exact bytes
 * that will be signed are stored. A failure leaves the queue as it was.
 */
export function makeOrder(
  desk: Desk,
  request: ConfirmRequest,
  { open, parameters }: Readiness,
): Result<{ oid: string }> {
  const { database, journal } = desk;
  return database.write(() => {
    const refusal = refuseNow(desk);
    if (refusal) return refusal;
    const checked = checkDrafts(desk, request);
    if (!checked.ok) return checked;
    const { businessMonth } = parameters;
    const order = describeOrder(desk, request, checked.value, parameters, businessMonth);
    const { sn, content } = makeContent(desk, order, checked.value, open);
    journal.create(order, sn, content);
    return bindDrafts(desk, order, sn);
  });
}

/**
 * One transaction: the same, for an order that is signed and sent at the opening. Its drafts are
 * bound and its items fixed; serial and bytes come then.
 */
export function keepOrder(
  desk: Desk,
  request: ConfirmRequest,
  parameters: Parameters,
  opening: { readonly businessMonth: number; readonly opensAt: string },
): Result<{ oid: string }> {
  const { database, journal } = desk;
  return database.write(() => {
    const stopped = readStopped(database);
    if (stopped) return fail(stopped);
    const checked = checkDrafts(desk, request);
    if (!checked.ok) return checked;
    const { businessMonth, opensAt } = opening;
    const order = describeOrder(desk, request, checked.value, parameters, businessMonth);
    journal.createWaiting(order, opensAt);
    return bindDrafts(desk, order, '');
  });
}

/** One transaction: the opening. What was kept is checked once more and gets serial and bytes. */
export function startKeptOrder(
  desk: Desk,
  order: WaitingOrder,
  { open, parameters }: Readiness,
): Result<{ oid: string }> {
  const { database, journal, queue, audit } = desk;
  const { oid, count, fen } = order;
  return database.write(() => {
    const refusal = refuseNow(desk);
    if (refusal) return refusal;
    const drafts = queue.ofOrder(oid);
    const checked = queue.check(drafts);
    if (!checked.ok) return checked;
    if (drafts.length !== count || sumOf(drafts) !== fen) {
      return fail('TOTALS_CHANGED', `${drafts.length} of ${count}`);
    }
    const current = { ...order, parameterVersion: parameters.version };
    const { sn, content } = makeContent(desk, current, checked.value, open);
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

/** The drafts the clerk agreed to, as many and as much as she saw, each still holding. */
function checkDrafts(
  { queue }: Desk,
  { kind, ids, expected }: ConfirmRequest,
): Result<CheckedDraft[]> {
  const drafts = queue.pick(kind, ids);
  const isComplete = drafts.length === ids.length && drafts.length === expected.count;
  if (!isComplete || sumOf(drafts) !== expected.fen) {
    return fail('TOTALS_CHANGED', `${drafts.length} of ${expected.count}`);
  }
  return queue.check(drafts);
}

function describeOrder(
  desk: Desk,
  { kind, ids }: ConfirmRequest,
  checked: readonly CheckedDraft[],
  { version }: Parameters,
  businessMonth: number,
): NewOrder {
  const drafts = checked.map(({ draft }) => draft);
  return {
    oid: makeOrderId(),
    kind,
    origin: findOrigin(desk, ids),
    businessMonth,
    parameterVersion: version,
    count: drafts.length,
    fen: sumOf(drafts),
    user: desk.user,
    draftIds: drafts.map((draft) => draft.id),
  };
}

function makeContent(
  { database, session, clock }: Desk,
  order: Omit<NewOrder, 'user' | 'draftIds'>,
  checked: readonly CheckedDraft[],
  open: OpenSession,
): { sn: string; content: Buffer } {
  const sn = drawSerial(database.meta);
  const body = makeOrderBody(order, checked);
  const tx = submitTransactions[order.kind];
  const parts = { tx, body, sid: open.sid, sn, oid: order.oid, prm: order.parameterVersion };
  return { sn, content: encodeRequest(session.link.parties, parts, clock.nowMs()) };
}

function bindDrafts({ queue, audit }: Desk, order: NewOrder, sn: string): Result<{ oid: string }> {
  const { oid, count, fen, draftIds } = order;
  queue.bind(draftIds, oid);
  if (sn === '') audit.record('orderKept', { oid, count, fen });
  else audit.record('orderConfirmed', { oid, sn, count, fen });
  return succeed({ oid });
}

function findOrigin({ database }: Desk, ids: readonly string[]): 'single' | 'batch' {
  const hasBatch = database.handle
    .prepare<[string], number>(
      `SELECT EXISTS (SELECT 1 FROM draft
         WHERE origin = 'batch' AND id IN (SELECT value FROM json_each(?)))`,
    )
    .pluck()
    .get(JSON.stringify(ids));
  return hasBatch === 1 ? 'batch' : 'single';
}
