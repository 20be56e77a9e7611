import { z } from 'zod';
import { errorCodes } from '../errors/catalogue.ts';
import { orderStates } from '../orders/states.ts';
import { entryKindSchema, timeSchema } from '../wire/primitives.ts';
import { backupReasonSchema } from './backups.ts';
import { operation } from './contract.ts';
import type { Contract } from './contract.ts';

/**
 * 诊断信息: what a help desk asks for. The facts are as their sources give them; only what the window
 * makes of them (renderer/screens/diagnostics/report.ts) may be shown or copied.
 */

const nothing = z.strictObject({});
const count = z.int().min(0);
const code = z.enum(errorCodes);

/** Of the unit whose file is open, signed in or not. */
export const dataFactsSchema = z.strictObject({
  sqlite: z.string(),
  /** Number of the newest migration the file has been through. */
  schema: count,
  fileBytes: count,
  /** Of the write-ahead log beside it. */
  logBytes: count,
  pageBytes: count,
  pages: count,
  freePages: count,
  auditRows: count,
  /** The first row of 操作记录 that is not as it was written; null for none. */
  auditBrokenAt: z.int().min(1).nullable(),
  lastBackup: z.strictObject({ at: timeSchema, reason: backupReasonSchema }).nullable(),
  backupFailed: code.nullable(),
  queue: z.record(entryKindSchema, count),
  counter: count,
  orders: z.record(z.enum(orderStates), count),
  /** Confirmed, left to the opening. */
  waitingOrders: count,
  lastReceipt: count,
  lastSyncAt: timeSchema.nullable(),
  rosterVersion: count,
  rosterCount: count,
  parametersVersion: count,
  clockOffsetMs: z.int(),
  diskFull: z.boolean(),
  stopped: z.string(),
  unitAccount: z.string(),
  /** The last answers that were no success, newest first; codes of the catalogue or of the centre. */
  answers: z.array(z.strictObject({ at: timeSchema, code: z.string() })),
});
export type DataFacts = z.output<typeof dataFactsSchema>;

export const diagnosticsContract = {
  /** null while no unit's file is open. */
  'diagnostics.data': operation(nothing, z.strictObject({ facts: dataFactsSchema.nullable() }), []),
} as const satisfies Contract;

const tokenFactsSchema = z.strictObject({
  reader: z.string(),
  manufacturer: z.string(),
  model: z.string(),
  serial: z.string(),
  failedTries: count,
  pinLocked: z.boolean(),
});

const diagnosticsSchema = z.strictObject({
  at: timeSchema,
  program: z.strictObject({
    version: z.string(),
    electron: z.string(),
    chrome: z.string(),
    node: z.string(),
    startedAt: timeSchema,
    practice: z.boolean(),
    dataProtected: z.boolean(),
  }),
  system: z.strictObject({
    name: z.string(),
    release: z.string(),
    architecture: z.string(),
    memoryBytes: count,
    freeMemoryBytes: count,
  }),
  hosts: z.strictObject({ data: z.string(), token: z.string() }),
  key: z.strictObject({
    state: z.string(),
    driver: z.string(),
    driverVersion: z.string(),
    manufacturer: z.string(),
    modulePath: z.string(),
    tokens: z.array(tokenFactsSchema),
    loggedIn: z.boolean(),
    /** Why the key could not be asked. */
    failure: code.nullable(),
  }),
  gateway: z.strictObject({
    host: z.string(),
    port: count,
    serverName: z.string(),
    state: z.string(),
    channel: z.string(),
    tlsProtocol: z.string(),
    failure: code.nullable(),
  }),
  data: dataFactsSchema.nullable(),
  /** Why the data host did not answer. */
  dataFailure: code.nullable(),
  /** What this program's parts have refused since it was started, newest first. */
  failures: z.array(z.strictObject({ at: timeSchema, operation: z.string(), code })),
});
export type Diagnostics = z.output<typeof diagnosticsSchema>;

export const windowDiagnosticsContract = {
  'diagnostics.read': operation(nothing, diagnosticsSchema, []),
} as const satisfies Contract;
