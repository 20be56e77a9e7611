import { v7 as makeOrderId } from 'uuid';
import type { Draft } from '../../../shared/ipc/data.ts';
import { fail, type Failure, type Result, succeed } from '../../../shared/errors/result.ts';
import { dateAt } from '../../../shared/rules/dates.ts';
import { toMonth } from '../../../shared/rules/months.ts';
import { previewRegistration } from '../../../shared/rules/registration.ts';
import { filingWindow } from '../../../shared/rules/window.ts';
import { registrationOrderSchema } from '../../../shared/wire/orders.ts';
import type { Parameters } from '../../../shared/wire/parameters.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { encodeRequest } from '../channel/request.ts';
import type { OpenSession } from '../session/unit-session.ts';
import { makeRegistrationOrder, sumOf } from './content.ts';
import type { Desk } from './desk.ts';
import { readStopped } from './ledger.ts';
import { drawSerial } from './serials.ts';

export interface ConfirmRequest {
  readonly kind: EntryKind;
  readonly ids: readonly string[];
  /** What the clerk saw and agreed to. */
  readonly expected: { readonly count: number; readonly fen: number };
}

/** All that has to hold before anything is written: connection, session, rights, parameters, window. */
export async function checkReadiness(
  desk: Desk,
): Promise<Result<{ open: OpenSession; parameters: Parameters }>> {
  const { session } = desk;
  const wasOpen = session.current !== undefined;
  const open = await session.ensureOpen();
  if (!open.ok) return open;
  // opening has said hello itself; otherwise the gateway is proven and the clock set now
  const hello = wasOpen ? await session.link.hello() : undefined;
  if (hello?.ok === false) return hello;
  if (!open.value.answer.rights.includes('WL1001')) return fail('RIGHTS_MISSING', 'WL1001');
  const current = await checkParameters(desk);
  if (!current.ok) return current;
  const { state } = filingWindow(desk.clock.nowMs(), current.value.filing);
  if (state !== 'open') return fail('WINDOW_CLOSED', state);
  return succeed({ open: open.value, parameters: current.value });
}

/** Asked at every confirmation: the clerk agrees to amounts, and whatever is new is shown first. */
async function checkParameters(desk: Desk): Promise<Result<Parameters>> {
  const refreshed = await desk.parameters.refresh();
  if (!refreshed.ok) return refreshed;
  const current = desk.parameters.current();
  if (!current) return fail('POLICY_MISSING', 'no parameters yet');
  if (refreshed.value.changed) return fail('PARAMETERS_CHANGED', `now version ${current.version}`);
  return succeed(current);
}

/**
 * One transaction: the drafts are looked at once more, oid and serial are drawn, and the exact bytes
 * that will be signed are stored. A failure leaves the queue as it was.
 */
export function makeOrder(
  desk: Desk,
  request: ConfirmRequest,
  open: OpenSession,
  parameters: Parameters,
): Result<{ oid: string }> {
  const { database, journal, queue, audit, clock, session } = desk;
  return database.write(() => {
    const refusal = refuseNow(desk);
    if (refusal) return refusal;
    const drafts = queue.pick(request.kind, request.ids);
    const fault = findDraftFault(drafts, request, parameters, clock.nowMs());
    if (fault) return fault;
    const oid = makeOrderId();
    const sn = drawSerial(database.meta);
    const origin = findOrigin(desk, request.ids);
    const { businessMonth, version: prm } = parameters;
    const body = registrationOrderSchema.parse(
      makeRegistrationOrder(drafts, { origin, businessMonth }),
    );
    const parts = { tx: 'WL1001', body, sid: open.sid, sn, oid, prm } as const;
    const { count, fen } = body.totals;
    journal.create({
      ...{ oid, sn, kind: request.kind, origin, businessMonth, parameterVersion: prm },
      ...{ count, fen, user: desk.user, drafts, items: body.items },
      content: encodeRequest(session.link.parties, parts, clock.nowMs()),
    });
    queue.bind(
      drafts.map((draft) => draft.id),
      oid,
    );
    audit.record('orderConfirmed', { oid, sn, count, fen });
    return succeed({ oid });
  });
}

/** What stands against any new order, whatever is in it. */
export function refuseNow(desk: Desk): Failure | undefined {
  const stopped = readStopped(desk.database);
  if (stopped) return fail(stopped);
  const open = desk.journal.findOpen();
  return open && fail('ORDER_IN_FLIGHT', open.oid);
}

function findDraftFault(
  drafts: readonly Draft[],
  { ids, expected }: ConfirmRequest,
  parameters: Parameters,
  nowMs: number,
): Failure | undefined {
  const isComplete = drafts.length === ids.length && drafts.length === expected.count;
  if (!isComplete || sumOf(drafts) !== expected.fen) {
    return fail('TOTALS_CHANGED', `${drafts.length} of ${expected.count}`);
  }
  const stale = drafts.find((draft) => !holds(draft, parameters, nowMs));
  return stale && fail('PARAMETERS_CHANGED', `draft ${stale.id}`);
}

/** The draft's amounts are what the rules make of it today. */
function holds(draft: Draft, { terms, businessMonth }: Parameters, nowMs: number): boolean {
  const { amounts } = previewRegistration(draft.typed, {
    terms,
    businessMonth: toMonth(businessMonth),
    today: dateAt(nowMs),
    queueIds: [],
    activeIds: () => false,
  });
  return (
    amounts?.base === draft.base &&
    amounts.unitRatio === draft.unitRatio &&
    amounts.personalRatio === draft.personalRatio &&
    amounts.unitFen === draft.unitFen &&
    amounts.personalFen === draft.personalFen
  );
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
