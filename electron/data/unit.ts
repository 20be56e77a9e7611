import { fail, succeed } from '../../shared/errors/result.ts';
import type { Result } from '../../shared/errors/result.ts';
import type { Handlers, RequestOf } from '../../shared/ipc/contract.ts';
import type { dataContract } from '../../shared/ipc/data.ts';
import type { BatchProgress, UnitStatus } from '../../shared/ipc/data.ts';
import type { outputContract } from '../../shared/ipc/export.ts';
import { openAudit } from './audit/chain.ts';
import { AuditTrail } from './audit/trail.ts';
import { Batches } from './batches/batches.ts';
import { Backups } from './backup/backups.ts';
import { finishRescue } from './backup/rescue.ts';
import { openSession } from './channel/open.ts';
import { openClock } from './clock.ts';
import { openUnitDatabase } from './db/open.ts';
import type { OpenUnitDatabase } from './db/unit-database.ts';
import { readUnit } from './db/unit-row.ts';
import { MonthClose } from './month/month-close.ts';
import { NoticeMarks } from './notices/marks.ts';
import { openOrders } from './orders/open.ts';
import { findRegistered } from './orders/registered.ts';
import { StoredParameters } from './parameters/book.ts';
import { metaKeys } from './ports.ts';
import type { Changed, KeySign, OrderBook, Session, UnitContext } from './ports.ts';
import { readBasisOf } from './queue/basis.ts';
import { CounterList } from './queue/counter.ts';
import { PendingQueue } from './queue/queue.ts';
import { Queries } from './queries/queries.ts';
import { Roster } from './roster/roster.ts';
import { SyncRecords } from './roster/sync-records.ts';
import { RosterSync } from './roster/sync.ts';
import type { SyncProgress } from './roster/sync.ts';

export type OpenRequest = RequestOf<typeof dataContract, 'unit.open'>;

export interface UnitSurroundings {
  readonly keySign: KeySign;
  readonly changed: (...what: Changed[]) => void;
  readonly progress: (progress: SyncProgress) => void;
  readonly checking: (progress: BatchProgress) => void;
}

/** One open unit: its file, and all that works with it. */
export interface Unit {
  readonly database: OpenUnitDatabase;
  readonly session: Session;
  readonly parameters: StoredParameters;
  readonly roster: Roster;
  readonly sync: RosterSync;
  readonly syncs: SyncRecords;
  readonly months: MonthClose;
  readonly queue: PendingQueue;
  readonly counter: CounterList;
  readonly batches: Batches;
  readonly orders: OrderBook;
  readonly trail: AuditTrail;
  readonly queries: Queries;
  readonly backups: Backups;
  readonly noteOutput: Handlers<typeof outputContract>['output.note'];
  readonly notices: NoticeMarks;
  readonly status: () => UnitStatus;
  readonly everSignedIn: () => boolean;
  /** Stops what is under way, then folds everything into the file. */
  readonly close: () => Promise<void>;
}

export function openUnit(request: OpenRequest, around: UnitSurroundings): Result<Unit> {
  const opened = openUnitDatabase(request);
  if (!opened.ok) return opened;
  try {
    return succeed(composeUnit(opened.value, request, around));
  } catch (error) {
    opened.value.close();
    throw error;
  }
}

function composeUnit(
  database: OpenUnitDatabase,
  request: OpenRequest,
  { keySign, changed, progress, checking }: UnitSurroundings,
): Unit {
  const { unitAccount, user, clientVersion, gateway, databaseKey, folder: unitsFolder } = request;
  const clock = openClock(database);
  const audit = openAudit(database, clock, user);
  const trail = new AuditTrail(database);
  const auditBrokenAt = trail.findRecentBreak();
  database.onFullChanged = () => {
    changed('status');
  };
  const context: UnitContext = {
    database,
    clock,
    audit,
    unitAccount,
    user,
    clientVersion,
    changed,
  };
  const roster = new Roster(database);
  const session = openSession({ ...context, gateway, keySign });
  const { channel } = session;
  const queueContext = {
    ...context,
    parameters: () => parameters.current(),
    roster,
    isUnderReview: findRegistered(database),
  };
  const queue: PendingQueue = new PendingQueue(queueContext);
  const counter = new CounterList(queueContext, queue);
  const parameters = new StoredParameters({
    ...context,
    channel,
    recheck: (fresh) => {
      queue.recheck(fresh);
    },
  });
  const sync = new RosterSync({
    ...{ ...context, channel, roster, progress },
    recheck: () => {
      queue.recheck(parameters.current());
    },
  });
  const basis = readBasisOf({ ...context, parameters: queueContext.parameters });
  const batches = new Batches({
    ...{ ...context, basis, parameters: queueContext.parameters, progress: checking },
    ...{ checks: queue.checks, drafts: queue.rows },
  });
  const work = { ...context, session, parameters, queue: batches.beside(queue) };
  const backups = new Backups({ ...work, unitsFolder, databaseKey });
  // before anything of it goes out by itself
  const rescued = finishRescue(work);
  if (!rescued.ok) throw new Error(`${rescued.code}: ${rescued.detail}`);
  const orders = openOrders({ ...work, keySign, basis });
  const syncs = new SyncRecords(database);
  const { trust } = session.link;
  const months = new MonthClose({ ...context, channel, trust, parameters, sync, orders });
  const held = { queue, counter, batches, syncs, months };
  const notices = new NoticeMarks(context);
  const books = { orders, trail, backups, notices };
  const parts = { database, session, parameters, roster, sync, ...held, ...books };
  return {
    ...parts,
    queries: new Queries({ database, audit, roster }),
    status: () => ({ ...readStatus(context, parts), auditBrokenAt }),
    noteOutput: ({ what, rows }) =>
      database.write(() => {
        audit.record('output', { what, rows });
        return succeed({});
      }),
    everSignedIn: () => database.meta.get(metaKeys.firstSignIn) !== undefined,
    close: async () => {
      await sync.close();
      await batches.close();
      await orders.close();
      await session.close();
      backups.takeAtEnd();
      database.close();
    },
  };
}

function readStatus(
  { database, clock, unitAccount, user }: UnitContext,
  {
    session,
    parameters,
    queue,
    counter,
    backups,
  }: Pick<Unit, 'session' | 'parameters' | 'queue' | 'counter' | 'backups'>,
): Omit<UnitStatus, 'auditBrokenAt'> {
  const { unitName, lastSyncAt, rosterVersion, rosterCount } = readUnit(database);
  return {
    unitAccount,
    unitName,
    user,
    channel: session.channel.state,
    clockOffsetMs: clock.offsetMs,
    lastSyncAt,
    rosterVersion,
    rosterCount,
    parameters: parameters.current(),
    queueCounts: queue.counts(),
    counterCount: counter.count(),
    openOrders: countOpenOrders(database),
    stopped: readStopped(database),
    diskFull: database.isFull,
    backupFailed: backups.failed,
  };
}

function countOpenOrders({ handle }: UnitContext['database']): number {
  const count = handle.prepare<[], number>(
    "SELECT count(*) FROM orders WHERE state IN ('signed', 'sent')",
  );
  return count.pluck().get() ?? 0;
}

function readStopped({ meta }: UnitContext['database']): UnitStatus['stopped'] {
  const stopped = meta.get(metaKeys.ledgerStopped);
  return stopped === 'LEDGER_REGRESSED' || stopped === 'LEDGER_FORKED' ? stopped : null;
}

export const notSignedIn = fail('NOT_SIGNED_IN');
