import type { Database } from 'better-sqlite3';
import type { z } from 'zod';
import type { Handlers } from '../../shared/ipc/contract.ts';
import type {
  channelStateSchema,
  dataContract,
  dataEvents,
  Gateway,
  Order,
} from '../../shared/ipc/data.ts';
import type { Draft } from '../../shared/ipc/entries.ts';
import type { EventOf } from '../../shared/ipc/contract.ts';
import type { Failure, Result } from '../../shared/errors/result.ts';
import type { EntryOf } from '../../shared/rules/entry.ts';
import type { Issue } from '../../shared/rules/issue.ts';
import type { Transaction } from '../../shared/wire/envelope.ts';
import type { Parameters } from '../../shared/wire/parameters.ts';
import type {
  MissedBackPayItem,
  ReductionItem,
  RegistrationItem,
  ShortfallBackPayItem,
} from '../../shared/wire/orders.ts';
import type { EntryKind } from '../../shared/wire/primitives.ts';

/**
 * What the parts of the data host know of each other. `host.ts` makes one `UnitParts` per open
 * unit: database, clock, audit, parameters, roster and queue are made first, then
 * `openChannel(context)` (channel/open.ts), then `openOrders(context)` (orders/open.ts).
 */

/** One unit's open database: one connection, one writer. */
export interface UnitDatabase {
  readonly handle: Database;
  readonly unitAccount: string;
  readonly meta: Meta;
  /** The disk was full at the last write; the next one that succeeds ends it. */
  readonly isFull: boolean;
  /**
   * Runs `work` in BEGIN IMMEDIATE … COMMIT; inside another `write` it joins that one. A failure
   * that is returned rolls everything back, and so does a throw. A full disk is DB_FULL, a file that
   * takes no write DB_NOT_WRITABLE; any other database error is thrown. `work` is synchronous: nothing waits inside a transaction.
   * Committed means on the disk (WAL, synchronous=FULL).
   */
  write<T>(work: () => Result<T>): Result<T>;
}

/** Small facts that fit no table of their own; keys are named where they are used, `part.name`. */
export interface Meta {
  get(key: string): string | undefined;
  /** Inside a `write`. */
  set(key: string, value: string): void;
  delete(key: string): void;
}

/** The centre's time: this computer's clock plus the offset measured at the last exchange. */
export interface Clock {
  readonly offsetMs: number;
  nowMs(): number;
  /** UTC ISO text, as all times are stored. */
  now(): string;
  /** Takes the centre's time as read at this moment, and remembers the offset for the next start. */
  measure(serverTime: string): void;
}

export const auditEvents = [
  'signIn',
  'signInOffline',
  'signInRefused',
  'sessionOpened',
  'signOut',
  'sync',
  'parameters',
  'draftAdded',
  'draftEdited',
  'draftRemoved',
  'draftRestored',
  'draftsReviewed',
  'counterAdded',
  'counterRemoved',
  'batchImported',
  'batchEdited',
  'batchRowsRemoved',
  'batchRowsRestored',
  'batchRenamed',
  'batchSent',
  'batchReturned',
  'orderConfirmed',
  'orderKept',
  'orderTakenBack',
  'orderGivenBack',
  'orderSigned',
  'orderSent',
  'orderRemade',
  'orderReturned',
  'orderWaitsOn',
  'orderVoided',
  'receipt',
  'results',
  'idRevealed',
  'monthCompared',
  'stopped',
  'resumed',
  'backup',
  'restored',
  'output',
] as const;
export type AuditEvent = (typeof auditEvents)[number];

/** Append-only and hash-chained. */
export interface Audit {
  /** Inside the `write` that does what is recorded. Never a name, an ID number or a password. */
  record(event: AuditEvent, detail: Readonly<Record<string, string | number | boolean>>): void;
}

/** The centre's parameters as stored. */
export interface ParameterBook {
  current(): Parameters | null;
  /** A version received earlier. */
  at(version: number): Parameters | null;
  /**
   * Asks the centre (WL4001); a new version is stored and the queue checked against it in one
   * transaction. Needs an open session.
   */
  refresh(): Promise<Result<{ changed: boolean }>>;
}

/** An entry the rules take. */
export type CheckedEntry = {
  readonly [Kind in EntryKind]: { readonly kind: Kind; readonly entry: EntryOf<Kind> };
}[EntryKind];

/** A draft that holds, with what the rules make of it at this moment. */
export interface CheckedDraft {
  readonly draft: Draft;
  readonly checked: CheckedEntry;
}

/** An item of an order before it has its number. */
export type ItemContent =
  | Omit<RegistrationItem, 'seq' | 'entry'>
  | Omit<ReductionItem, 'seq' | 'entry'>
  | Omit<MissedBackPayItem, 'seq' | 'entry'>
  | Omit<ShortfallBackPayItem, 'seq' | 'entry'>;

/** One draft as it stands in an order. */
export interface OrderLine {
  readonly draftId: string;
  /** The clerk's entry, for ever the same, whatever order it is in: the centre takes it once. */
  readonly entry: string;
  readonly totalFen: number;
  readonly item: ItemContent;
}

/** Where the content of a new order comes from: the queue, or a batch. */
export interface OrderSource {
  readonly kind: EntryKind;
  readonly origin: 'single' | 'batch';
  /** Before the transaction, with pauses: whatever takes long. */
  readonly prepare?: () => Promise<Result<unknown>>;
  /**
   * Inside the `write` that makes the order: the drafts the clerk agreed to, as many and as much as
   * she saw, each still holding. They wait.
   */
  readonly take: () => Result<readonly OrderLine[]>;
  /** Inside the same `write`, once they are bound. */
  readonly ordered?: (oid: string) => void;
  /** Nothing was ordered: what stood against it is shown where the clerk looks. */
  readonly explain: (failure: Failure) => Failure;
}

/** The queue as orders see it. What changes it is called inside a `write`. */
export interface Queue {
  /** The drafts named that still wait, in order of entry; fewer than asked means the queue changed. */
  pick(kind: EntryKind, ids: readonly string[]): Draft[];
  /** The drafts of an order, in the order of its items. */
  ofOrder(oid: string): Draft[];
  /** The clerk's entry that a draft is of: its own id, or the row of the batch. */
  entryOf(draftId: string): string;
  /** Each against rules, parameters, roster and queue as they are now; DRAFT_NOT_HOLDING. */
  check(drafts: readonly Draft[]): Result<CheckedDraft[]>;
  /** Marks every draft that waits as holding or not. */
  recheck(parameters: Parameters | null): void;
  /** Binds drafts to an order: they can be neither changed nor removed. Throws unless all wait. */
  bind(ids: readonly string[], oid: string): void;
  /** The order took no effect: its drafts wait again, with what the centre found, by draft id. */
  release(oid: string, found: ReadonlyMap<string, readonly Issue[]>): void;
  /**
   * The order was applied: its drafts leave the queue for good, also those of `ids` that wait again
   * because it was given up here.
   */
  settle(oid: string, ids: readonly string[]): void;
}

export type ChannelState = z.output<typeof channelStateSchema>;
export type Changed = EventOf<typeof dataEvents, 'changed'>['what'][number];

/** Requests under the open session, for roster and parameters. */
export interface Channel {
  readonly state: ChannelState;
  /**
   * Sends one session request and gives the verified answer's body, read by `answer`.
   * Fails with the code of the catalogue for any class but A, and with ANSWER_UNPROVEN for a body
   * that `answer` does not read. An abort ends the wait at once with RECEIVE_FAILED.
   */
  ask<Body extends z.ZodType>(
    tx: Transaction,
    body: unknown,
    answer: Body,
    options?: { readonly signal?: AbortSignal },
  ): Promise<Result<z.output<Body>>>;
}

export type DataHandlers = Handlers<typeof dataContract>;

/**
 * Handlers of the `channel` and `session` operations, and what the host asks of the session.
 * The password without the centre: `rememberPassword` and `checkPassword` of db/password-verifier.ts.
 */
export interface Session {
  readonly channel: Channel;
  /** The password was proven since this unit was opened, online or offline. */
  readonly isSignedIn: boolean;
  readonly hello: DataHandlers['channel.hello'];
  readonly signIn: DataHandlers['session.signIn'];
  readonly goOnline: DataHandlers['session.goOnline'];
  readonly signOut: DataHandlers['session.signOut'];
  /** Ends connections and timers. */
  close(): void | Promise<void>;
}

/** Handlers of the `orders` operations, and what the host asks of the orders. */
export interface OrderBook {
  readonly confirm: DataHandlers['orders.confirm'];
  /** The same for what comes from elsewhere than the queue. */
  readonly place: (source: OrderSource, waitForOpening: boolean) => Promise<Result<Order>>;
  readonly cancelWaiting: DataHandlers['orders.cancelWaiting'];
  readonly list: DataHandlers['orders.list'];
  readonly items: DataHandlers['orders.items'];
  readonly evidence: DataHandlers['orders.evidence'];
  readonly refresh: DataHandlers['orders.refresh'];
  readonly verifyReceipt: DataHandlers['receipts.verify'];
  readonly story: DataHandlers['story.order'];
  readonly startReport: DataHandlers['story.start'];
  readonly markStartRead: DataHandlers['story.startRead'];
  /** Called by the host after each successful online sign-in, parameters already fresh. */
  online(): void;
  close(): void | Promise<void>;
}

/** SHA256_RSA_PKCS by the key, through main and the token host; the PIN never passes here. */
export type KeySign = (toBeSigned: Uint8Array) => Promise<Result<Uint8Array>>;

/** What every part of an open unit is given. */
export interface UnitContext {
  readonly database: UnitDatabase;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly unitAccount: string;
  readonly user: string;
  readonly clientVersion: string;
  /** Tells the window to read again. */
  readonly changed: (...what: Changed[]) => void;
}

/** channel/open.ts: `export function openSession(context: SessionContext): Session`. */
export interface SessionContext extends UnitContext {
  readonly gateway: Gateway;
  readonly keySign: KeySign;
}

/**
 * orders/open.ts: `export function openOrders(context: OrdersContext): OrderBook`. What orders need
 * of the channel beyond `Channel` is theirs to share: `session` is what `openSession` returned.
 */
export interface OrdersContext<S extends Session = Session> extends UnitContext {
  readonly session: S;
  readonly keySign: KeySign;
  readonly parameters: ParameterBook;
  readonly queue: Queue;
  /** What checks stand on (queue/basis.ts): the same again means that they still hold. */
  readonly basis: () => string;
}

/** Keys of `meta` that more than one part reads. */
export const metaKeys = {
  /** `LEDGER_REGRESSED` or `LEDGER_FORKED` while sending has stopped; absent otherwise. */
  ledgerStopped: 'ledger.stopped',
  /** Set once an online sign-in succeeded on this computer: its time. */
  firstSignIn: 'session.firstSignIn',
} as const;
