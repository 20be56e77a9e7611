import { z } from 'zod';
import { errorCodes } from '../errors/catalogue.ts';
import { orderStates } from '../orders/states.ts';
import { itemStateSchema } from '../wire/orders.ts';
import { parametersSchema } from '../wire/parameters.ts';
import {
  amountSchema,
  entryKindSchema,
  fenSchema,
  fundTypeSchema,
  hashSchema,
  monthSchema,
  ratioSchema,
  timeSchema,
  unitAccountSchema,
  userSchema,
  uuidSchema,
} from '../wire/primitives.ts';
import { auditContract, auditExportContract } from './audit.ts';
import { batchContract, batchFileContract } from './batches.ts';
import { backupContract } from './backups.ts';
import { diagnosticsContract } from './diagnostics.ts';
import { entryContract } from './entries.ts';
import { outputContract } from './export.ts';
import { receiptContract } from './receipts.ts';
import { noticeContract } from './notices.ts';
import { bytesSchema, operation } from './contract.ts';
import type { Contract, EventContract } from './contract.ts';
import {
  rosterPageSchema,
  rosterQuerySchema,
  syncProgressSchema,
  syncSummarySchema,
} from './roster.ts';
import { queryContract } from './queries.ts';
import { monthContract } from './month-close.ts';
import { keyFailures, sendFailures } from './send-failures.ts';
import { storyContract, storySchema } from './story.ts';
import { syncDifferenceContract } from './sync-difference.ts';

/**
 * Data host: the only owner of a unit's database and of the channel.
 * main calls `dataContract`; the host calls back `keyContract` when bytes need the key.
 */

export const orderSchema = z.strictObject({
  oid: uuidSchema,
  sn: z.string(),
  kind: entryKindSchema,
  origin: z.enum(['single', 'batch']),
  state: z.enum(orderStates),
  /** Confirmed, to be signed and sent when the window opens; only in state draft. */
  opensAt: timeSchema.nullable(),
  businessMonth: monthSchema,
  count: z.int().min(0),
  fen: fenSchema,
  /** From the receipt: 业务流水号 and receipt number. */
  serialNumber: z.string(),
  receiptNumber: z.int().min(0),
  /** First 16 hex digits of the receipt's SHA-256. */
  receiptMark: z.string(),
  acceptedCount: z.int().min(0),
  acceptedFen: fenSchema,
  /** Why it is not applied, in the clerk's words; empty otherwise. */
  reason: z.string(),
  succeeded: z.int().min(0),
  failed: z.int().min(0),
  pending: z.int().min(0),
  createdAt: timeSchema,
  sentAt: timeSchema.nullable(),
  settledAt: timeSchema.nullable(),
});
export type Order = z.output<typeof orderSchema>;

export const orderItemSchema = z.strictObject({
  seq: z.int().min(1),
  name: z.string(),
  idNumber: z.string(),
  fundType: fundTypeSchema,
  /** Back-payment: first and last month, else 0. */
  from: z.int().min(0),
  to: z.int().min(0),
  /** 减少原因, a code; empty otherwise. */
  reductionReason: z.string(),
  base: amountSchema,
  unitRatio: ratioSchema,
  personalRatio: ratioSchema,
  unitFen: amountSchema,
  personalFen: amountSchema,
  totalFen: amountSchema,
  /** null until the centre has taken the order. */
  state: itemStateSchema.nullable(),
  reason: z.string(),
  personalAccount: z.string(),
  /** Month it landed in, 0 before; other than the order's month: highlighted yellow (manual 十(一)). */
  landedMonth: z.int().min(0),
  changedAt: timeSchema.nullable(),
});
export type OrderItem = z.output<typeof orderItemSchema>;

export const channelStateSchema = z.enum([
  'off', // not started
  'connecting',
  'online', // a session is open
  'waiting', // was online; the gateway does not answer at the moment
]);

/** What the window's top bar shows. */
export const unitStatusSchema = z.strictObject({
  unitAccount: unitAccountSchema,
  unitName: z.string(),
  user: userSchema,
  channel: channelStateSchema,
  /** Centre's clock minus this computer's, ms; 0 before the first hello. */
  clockOffsetMs: z.int(),
  lastSyncAt: timeSchema.nullable(),
  /** 0: none yet, or one an older program left without the months paid; the next sync brings all. */
  rosterVersion: z.int().min(0),
  rosterCount: z.int().min(0),
  /** null before the first sign-in has brought them. */
  parameters: parametersSchema.nullable(),
  queueCounts: z.record(entryKindSchema, z.int().min(0)),
  /** Rows in 待柜面. */
  counterCount: z.int().min(0),
  /** Orders signed or sent without a receipt yet. */
  openOrders: z.int().min(0),
  /** Set when the ledger regressed or forked: sending has stopped. */
  stopped: z.enum(['LEDGER_REGRESSED', 'LEDGER_FORKED']).nullable(),
  /** The disk was full at the last write: all can be read, nothing stored. */
  diskFull: z.boolean(),
  /** The first of the last rows of 操作记录 that is not as it was written; null for none. */
  auditBrokenAt: z.int().min(1).nullable(),
  /** A backup the program made by itself failed; until the clerk has read it. */
  backupFailed: z.enum(errorCodes).nullable(),
});
export type UnitStatus = z.output<typeof unitStatusSchema>;

export const gatewaySchema = z.strictObject({
  host: z.string().min(1),
  port: z.int().min(1).max(65535),
  /** Name in the gateway's certificate. */
  serverName: z.string().min(1),
  /** Certificate authorities of the gateway, PEM: current and next. */
  gatewayCaPem: z.array(z.string().min(1)).min(1).max(2),
  /** Certificate authority of the centre's signatures, PEM. */
  centreCaPem: z.array(z.string().min(1)).min(1).max(2),
  /** Common name of the centre's signing certificate; also the `aud` of requests. */
  centreName: z.string().min(1),
  /** Certificate authority of the bank that issues the keys, PEM. */
  bankCaPem: z.array(z.string().min(1)).min(1).max(2),
});
export type Gateway = z.output<typeof gatewaySchema>;

const nothing = z.strictObject({});

/** Codes an order may be refused with before it is sent. */
const confirmFailures = [
  ...sendFailures,
  'WINDOW_CLOSED',
  'TOTALS_CHANGED',
  'DRAFT_NOT_HOLDING',
  'PARAMETERS_CHANGED',
  'ORDER_IN_FLIGHT',
  'POLICY_MISSING',
] as const;

export const dataContract = {
  /** Opens (or makes) a unit's database file. `databaseKey`: 64 hex digits, see docs/adr. */
  'unit.open': operation(
    z.strictObject({
      folder: z.string().min(1),
      unitAccount: unitAccountSchema,
      user: userSchema,
      databaseKey: hashSchema,
      gateway: gatewaySchema,
      clientVersion: z.string(),
    }),
    z.strictObject({ everSignedIn: z.boolean() }),
    ['DB_NEWER', 'DB_DAMAGED', 'DB_MIGRATION_FAILED', 'DB_FULL', 'DB_UNIT_MISMATCH'],
  ),
  'unit.status': operation(nothing, unitStatusSchema, ['NOT_SIGNED_IN']),
  'unit.close': operation(nothing, nothing, []),

  /** TLS + hello: proves the gateway and the centre, measures the clock. No key needed. */
  'channel.hello': operation(
    nothing,
    z.strictObject({
      tlsProtocol: z.string(),
      gatewaySubject: z.string(),
      centreSubject: z.string(),
      clockOffsetMs: z.int(),
    }),
    sendFailures,
  ),
  /**
   * Signs in. `online` needs the key (a WL0002 is signed through `key.sign`); offline checks the
   * password against the scrypt verifier of the last online sign-in.
   */
  'session.signIn': operation(
    z.strictObject({
      password: z.string().min(1).max(64),
      online: z.boolean(),
      /** DER of the certificate chosen on the key; only online. */
      certificate: bytesSchema.optional(),
      /** Serial of the key it is on, for 操作记录. */
      tokenSerial: z.string().max(64).optional(),
    }),
    z.strictObject({ online: z.boolean(), firstOnThisComputer: z.boolean() }),
    [
      ...sendFailures,
      'PASSWORD_WRONG',
      'PASSWORD_LOCKED',
      'FIRST_SIGN_IN_ONLINE',
      'SIGN_IN_INTERRUPTED',
      'LEDGER_REGRESSED',
      'LEDGER_FORKED',
    ],
  ),
  /** Goes online later, after an offline sign-in or a lost session, with the password already proven here. */
  'session.goOnline': operation(
    z.strictObject({ certificate: bytesSchema, tokenSerial: z.string().max(64).optional() }),
    nothing,
    [
      ...sendFailures,
      'PASSWORD_WRONG',
      'PASSWORD_LOCKED',
      'SIGN_IN_INTERRUPTED',
      'LEDGER_REGRESSED',
      'LEDGER_FORKED',
    ],
  ),
  'session.signOut': operation(nothing, nothing, []),

  /** Downloads the roster and swaps it in one transaction; progress comes as `sync.progress`. */
  'roster.sync': operation(nothing, syncSummarySchema, [
    ...sendFailures,
    'SYNC_CANCELLED',
    'SYNC_MISMATCH',
    'SYNC_RUNNING',
    'DB_FULL',
  ]),
  'roster.cancelSync': operation(nothing, z.strictObject({ wasRunning: z.boolean() }), []),
  'roster.query': operation(rosterQuerySchema, rosterPageSchema, ['NOT_SIGNED_IN']),

  ...entryContract,
  ...batchContract,
  ...batchFileContract,
  ...storyContract,
  ...{ ...auditContract, ...auditExportContract },
  ...backupContract,
  ...queryContract,
  ...monthContract,
  ...syncDifferenceContract,
  ...{ ...outputContract, ...receiptContract },
  ...{ ...noticeContract, ...diagnosticsContract },

  /** Signs and sends the drafts as one order. `expected` is what the clerk saw and agreed to. */
  'orders.confirm': operation(
    z.strictObject({
      kind: entryKindSchema,
      ids: z.array(uuidSchema).min(1).max(20_000),
      expected: z.strictObject({ count: z.int().min(1), fen: fenSchema }),
      /** Outside the hours: keep the order and sign and send it at the opening, instead of WINDOW_CLOSED. */
      waitForOpening: z.boolean(),
    }),
    /** applied / rejected / sent (no answer yet): the order says which. */
    orderSchema,
    confirmFailures,
  ),
  /**
   * 批量发送: signs and sends rows of a batch as one order. `all`: every open row, refused with
   * BATCH_HAS_ISSUES while one of them may not be sent; `good`: those that may, the rest stays.
   */
  'batches.send': operation(
    z.strictObject({
      id: uuidSchema,
      which: z.enum(['all', 'good']),
      expected: z.strictObject({ count: z.int().min(1), fen: fenSchema }),
      /** Rows of 核对结果 the clerk has seen and agreed to; another number is DIFFERENCES_UNCONFIRMED. */
      differing: z.int().min(0),
      waitForOpening: z.boolean(),
    }),
    orderSchema,
    [...confirmFailures, 'NO_RECORD', 'BATCH_HAS_ISSUES', 'DIFFERENCES_UNCONFIRMED'],
  ),
  /** Takes back an order that waits for the opening; its drafts wait again. */
  'orders.cancelWaiting': operation(z.strictObject({ oid: uuidSchema }), nothing, [
    'NOT_SIGNED_IN',
    'NO_RECORD',
    'ORDER_IN_FLIGHT',
    'DB_FULL',
  ]),
  'orders.list': operation(
    z.strictObject({ kind: entryKindSchema, businessMonth: monthSchema }),
    z.strictObject({ orders: z.array(orderSchema), fetchedAt: timeSchema.nullable() }),
    ['NOT_SIGNED_IN'],
  ),
  'orders.items': operation(
    z.strictObject({ oid: uuidSchema, state: itemStateSchema.optional() }),
    z.strictObject({ items: z.array(orderItemSchema) }),
    ['NOT_SIGNED_IN', 'NO_RECORD'],
  ),
  'story.order': operation(
    z.strictObject({ oid: uuidSchema }),
    z.strictObject({ order: orderSchema, story: storySchema }),
    ['NOT_SIGNED_IN', 'NO_RECORD'],
  ),
  /** Stored CMS of an order and its receipt, for keeping and for checking with other programs. */
  'orders.evidence': operation(
    z.strictObject({ oid: uuidSchema }),
    z.strictObject({
      order: bytesSchema.nullable(),
      receipt: bytesSchema.nullable(),
    }),
    ['NOT_SIGNED_IN', 'NO_RECORD'],
  ),
  /** Asks the centre now: receipts, results, orders without an answer. */
  'orders.refresh': operation(nothing, z.strictObject({ changed: z.int().min(0) }), sendFailures),
} as const satisfies Contract;

/** A check of all open rows of a batch goes on. */
export const batchProgressSchema = z.strictObject({
  id: uuidSchema,
  rows: z.int().min(0),
  of: z.int().min(0),
});
export type BatchProgress = z.output<typeof batchProgressSchema>;

export const dataEvents = {
  'sync.progress': syncProgressSchema,
  'batch.progress': batchProgressSchema,
  /** Something the window shows has changed; it re-reads what it shows. */
  changed: z.strictObject({
    what: z.array(z.enum(['status', 'queue', 'orders', 'roster', 'batches'])),
  }),
} as const satisfies EventContract;

/** Calls the data host makes back to main, which routes them to the token host. */
export const keyContract = {
  /** SHA256_RSA_PKCS over the bytes by the logged-in key. The PIN never passes here. */
  'key.sign': operation(
    z.strictObject({ toBeSigned: bytesSchema }),
    z.strictObject({ signature: bytesSchema }),
    keyFailures,
  ),
} as const satisfies Contract;
