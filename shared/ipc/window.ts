import { z } from 'zod';
import { errorCodes } from '../errors/catalogue.ts';
import {
  entryKindSchema,
  fundTypeSchema,
  unitAccountSchema,
  userSchema,
  uuidSchema,
} from '../wire/primitives.ts';
import { operation } from './contract.ts';
import type { Contract, EventContract, ResultOf } from './contract.ts';
import { auditContract } from './audit.ts';
import { batchContract, batchSchema } from './batches.ts';
import { queryContract } from './queries.ts';
import { storyContract } from './story.ts';
import { windowBackupContract } from './backups.ts';
import { documentContract } from './documents.ts';
import { windowDiagnosticsContract } from './diagnostics.ts';
import { noticeContract } from './notices.ts';
import { entryContract } from './entries.ts';
import { exportContract } from './export.ts';
import { saveCodes } from './files.ts';
import { fileCodes } from './import.ts';
import { receiptContract } from './receipts.ts';
import { screenSchema } from './screens.ts';
import { dataContract, dataEvents, unitStatusSchema } from './data.ts';
import { monthContract } from './month-close.ts';
import { syncSummarySchema } from './roster.ts';
import { syncDifferenceContract } from './sync-difference.ts';

/**
 * Everything the window can ask of main, and all it is told. There is no other way in:
 * main checks the sender and parses the payload of every call against this map.
 * Operations taken over from `dataContract` are passed on to the data host unchanged.
 */

const nothing = z.strictObject({});
const hash = z.string().regex(/^[0-9a-f]{64}$/);

export const descriptionSchema = z.strictObject({
  version: z.string(),
  /** From the configuration; the clerk chooses only where there are several. */
  accounts: z
    .array(
      z.strictObject({ unitAccount: unitAccountSchema, user: userSchema, unitName: z.string() }),
    )
    .min(1),
  /** A word shown in the window's frame, such as 演练; null in real use. */
  banner: z.string().nullable(),
  /** What the key is called where it is not the bank's, such as 演示钥匙; null in real use. */
  keyNote: z.string().nullable(),
  /** Secrets of a practice set-up to be shown beside their fields; null in real use. */
  hints: z.strictObject({ pin: z.string(), transactionPassword: z.string() }).nullable(),
  /** The key of the local data is kept by the operating system; false in practice. */
  dataProtected: z.boolean(),
  versions: z.strictObject({ electron: z.string(), chrome: z.string(), node: z.string() }),
});
export type Description = z.output<typeof descriptionSchema>;

export const certificateViewSchema = z.strictObject({
  fingerprint: hash,
  tokenLabel: z.string(),
  tokenSerial: z.string(),
  subject: z.string(),
  issuer: z.string(),
  notBefore: z.string(),
  notAfter: z.string(),
  usable: z.boolean(),
  /** Why not, in the clerk's words; empty when usable. */
  reason: z.string(),
  pin: z.enum(['ask', 'warnLow', 'lastTry', 'locked']),
});
export type CertificateView = z.output<typeof certificateViewSchema>;

const keyStateSchema = z.enum([
  'unknown', // not looked yet
  'absent',
  'present', // plugged in, no PIN given
  'unlocked', // PIN accepted
  'driverMissing',
  'failed', // driver given up, see detail
]);

const platformStateSchema = z.enum([
  'off',
  'starting',
  'ready', // key unlocked and gateway proven
  'keyOnly', // key unlocked, gateway not reachable
]);

export const windowStatusSchema = z.strictObject({
  key: z.strictObject({
    state: keyStateSchema,
    label: z.string(),
    serial: z.string(),
    subject: z.string(),
    detail: z.string(),
    /** The driver failed and took the accepted PIN along; until the PIN is accepted again. */
    interrupted: z.boolean(),
    /** The driver as it describes itself, and where it lies; empty before it is loaded. */
    driver: z.string(),
  }),
  platform: z.strictObject({
    state: platformStateSchema,
    /** Read off the connection at run time; empty before. */
    tlsProtocol: z.string(),
    gatewaySubject: z.string(),
    failure: z.enum(errorCodes).nullable(),
  }),
  hosts: z.strictObject({
    data: z.enum(['starting', 'ready', 'restarting', 'givenUp', 'stopped']),
    token: z.enum(['starting', 'ready', 'restarting', 'givenUp', 'stopped']),
  }),
  /** null while nobody is signed in. */
  unit: unitStatusSchema.nullable(),
  /** A fault ended the sign-in; what was entered is kept. */
  interrupted: z.boolean(),
});
export type WindowStatus = z.output<typeof windowStatusSchema>;

const platformCodes = [
  'CONFIG_MISSING',
  'CONFIG_INVALID',
  'KEY_DRIVER_MISSING',
  'KEY_DRIVER_FAILED',
  'KEY_ABSENT',
  'KEY_REMOVED',
  'KEY_LATE',
  'KEY_NO_CERTIFICATE',
  'KEY_CERTIFICATE_CHOICE',
  'PIN_WRONG',
  'PIN_WRONG_LAST_TRY',
  'PIN_LAST_TRY_UNCONFIRMED',
  'PIN_LOCKED',
  'PIN_FORMAT',
  'GATEWAY_UNREACHABLE',
  'GATEWAY_UNTRUSTED',
  'GATEWAY_DATE',
  'ANSWER_LATE',
  'ANSWER_UNPROVEN',
  'RECEIVE_FAILED',
  'CENTRE_BUSY',
  'CENTRE_MAINTENANCE',
  'CLIENT_TOO_OLD',
  'DB_NEWER',
  'DB_DAMAGED',
  'DB_KEY_LOST',
  'DB_MIGRATION_FAILED',
  'DB_FULL',
  'DB_UNIT_MISMATCH',
] as const;

const writeCodes = [...saveCodes, 'FILE_STOPPED'] as const;

export const windowContract = {
  'app.describe': operation(nothing, descriptionSchema, ['CONFIG_MISSING', 'CONFIG_INVALID']),
  'app.status': operation(nothing, windowStatusSchema, []),

  /** Certificates on every key plugged in, before any PIN (channel 2). */
  'platform.certificates': operation(
    z.strictObject({ unitAccount: unitAccountSchema }),
    z.strictObject({ certificates: z.array(certificateViewSchema) }),
    platformCodes,
  ),
  /**
   * 启动外联平台: PIN to the key, then hello to the gateway. The key stays unlocked when the
   * gateway cannot be reached; then the value says `online: false` and why.
   */
  'platform.start': operation(
    z.strictObject({
      unitAccount: unitAccountSchema,
      fingerprint: hash,
      pin: z.string().max(64),
      confirmLastTry: z.boolean(),
    }),
    z.strictObject({ online: z.boolean(), failure: z.enum(errorCodes).nullable() }),
    platformCodes,
  ),
  /** Locks the key and closes the channel; drafts stay. */
  'platform.stop': operation(nothing, nothing, []),

  /** Signs in online where the platform is ready, otherwise offline. `sync` starts a sync after it. */
  'session.signIn': operation(
    z.strictObject({
      unitAccount: unitAccountSchema,
      password: z.string().min(1).max(64),
      sync: z.boolean(),
    }),
    z.strictObject({ online: z.boolean(), firstOnThisComputer: z.boolean() }),
    [...dataContract['session.signIn'].codes, ...dataContract['unit.open'].codes, 'SYNC_REQUIRED'],
  ),
  /** After an offline sign-in or a lost session, once the platform has been started. */
  'session.goOnline': operation(nothing, nothing, dataContract['session.goOnline'].codes),
  'session.signOut': operation(nothing, nothing, []),

  'unit.status': dataContract['unit.status'],
  'roster.sync': dataContract['roster.sync'],
  'roster.cancelSync': dataContract['roster.cancelSync'],
  'roster.query': dataContract['roster.query'],
  ...entryContract,
  ...batchContract,
  'batches.send': dataContract['batches.send'],
  ...windowBackupContract,
  ...{ ...noticeContract, ...windowDiagnosticsContract },
  'orders.confirm': dataContract['orders.confirm'],
  'orders.cancelWaiting': dataContract['orders.cancelWaiting'],
  'orders.list': dataContract['orders.list'],
  'orders.items': dataContract['orders.items'],
  'orders.refresh': dataContract['orders.refresh'],
  ...storyContract,
  'story.order': dataContract['story.order'],
  ...auditContract,
  ...queryContract,
  ...monthContract,
  ...syncDifferenceContract,
  ...{ ...receiptContract, ...exportContract, ...documentContract },

  /** Writes what proves an order, as signed and as answered, into a folder; null when none was chosen. */
  'story.saveEvidence': operation(
    z.strictObject({ oid: uuidSchema }),
    z.strictObject({ paths: z.array(z.string()).nullable() }),
    ['NOT_SIGNED_IN', 'NO_RECORD', ...writeCodes],
  ),
  /** Writes 操作记录 with its hashes as a table; null when the clerk chose nothing. */
  'audit.export': operation(
    nothing,
    z.strictObject({ path: z.string().nullable(), rows: z.int().min(0) }),
    ['NOT_SIGNED_IN', ...writeCodes],
  ),

  /** 批量业务文本格式下载: asks where to, asks before overwriting; null when the clerk chose nothing. */
  'batch.saveTemplate': operation(
    z.strictObject({ kind: entryKindSchema }),
    z.strictObject({ path: z.string().nullable() }),
    ['NOT_SIGNED_IN', 'POLICY_MISSING', ...writeCodes],
  ),
  /** 从Excel导入: asks for a file, reads and checks it; null when the clerk chose nothing. */
  'batch.import': operation(
    z.strictObject({ kind: entryKindSchema, fundType: fundTypeSchema }),
    z.strictObject({ batch: batchSchema.nullable() }),
    [
      ...fileCodes,
      ...dataContract['batches.begin'].codes,
      ...dataContract['batches.finish'].codes,
      'IMPORT_RUNNING',
      'IMPORT_CANCELLED',
    ],
  ),
  'batch.cancelImport': operation(nothing, z.strictObject({ wasRunning: z.boolean() }), []),
  /** The clerk's workbook with its faults marked (`marked`), or a report of them (`report`). */
  'batch.saveMarked': operation(
    z.strictObject({ id: uuidSchema }),
    z.strictObject({ path: z.string().nullable(), manner: z.enum(['marked', 'report']) }),
    ['NOT_SIGNED_IN', 'NO_RECORD', ...fileCodes, ...writeCodes],
  ),

  /** Ends the program (退出系统) after the hosts have stopped in order. */
  'app.quit': operation(nothing, nothing, []),
} as const satisfies Contract;

export const windowEvents = {
  status: windowStatusSchema,
  'sync.progress': dataEvents['sync.progress'],
  /** Of the import under way: `rows` read or checked so far. */
  'import.progress': z.strictObject({
    phase: z.enum(['reading', 'checking']),
    rows: z.int().min(0),
  }),
  /** The sync asked for at sign-in has ended. */
  'sync.ended': z.discriminatedUnion('ok', [
    z.strictObject({ ok: z.literal(true), summary: syncSummarySchema }),
    z.strictObject({ ok: z.literal(false), code: z.enum(errorCodes), detail: z.string() }),
  ]),
  changed: dataEvents.changed,
  /** A screen chosen in the window's own menu bar. */
  navigate: z.strictObject({ screen: screenSchema }),
} as const satisfies EventContract;

/** What the preload exposes as `window.jiaocuntong`. */
export interface WindowBridge {
  invoke<Op extends keyof typeof windowContract>(
    op: Op,
    request: z.input<(typeof windowContract)[Op]['request']>,
  ): Promise<ResultOf<typeof windowContract, Op>>;
  on<Name extends keyof typeof windowEvents>(
    name: Name,
    listener: (payload: z.output<(typeof windowEvents)[Name]>) => void,
  ): () => void;
}
