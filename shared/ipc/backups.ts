import { z } from 'zod';
import { errorCodes } from '../errors/catalogue.ts';
import { entryKindSchema, hashSchema, timeSchema, unitAccountSchema } from '../wire/primitives.ts';
import { operation } from './contract.ts';
import type { Contract } from './contract.ts';
import { keyFailures } from './send-failures.ts';

/** 备份与恢复; part of `dataContract` and, with names in the place of paths, of the window's. */

const nothing = z.strictObject({});
const count = z.int().min(0);
const perKindSchema = z.record(entryKindSchema, count);
/** A file in the unit's own backup folder. */
export const backupNameSchema = z.string().regex(/^[0-9A-Za-z._-]{1,100}\.jctbak$/);

export const backupReasonSchema = z.enum([
  'exit', // the unit closed after changes
  'manual', // the clerk asked
  'update', // first start of another version of the program
  'migration', // before the file was brought to a newer schema
]);

/** What a backup holds; written into it in the clear, so it names nobody. */
export const backupHoldsSchema = z.strictObject({
  /** Entries that wait to be confirmed. */
  drafts: perKindSchema,
  counter: count,
  /** From files, and their rows that are still the clerk's; none in what an earlier version wrote. */
  batches: count.default(0),
  batchRows: count.default(0),
  /** Orders with a signature, and those among them still without an answer. */
  orders: count,
  openOrders: count,
  /** Number of the last receipt, 0 for none. */
  receiptsUpTo: count,
  rosterVersion: count,
  rosterCount: count,
  lastSyncAt: timeSchema.nullable(),
});
export type BackupHolds = z.output<typeof backupHoldsSchema>;

export const backupViewSchema = z.strictObject({
  name: z.string(),
  at: timeSchema,
  reason: backupReasonSchema,
  bytes: count,
  programVersion: z.string(),
  /** It was found whole after it was written; `flaw` says what the original lacked already. */
  flaw: z.string(),
  /** Can be opened on another computer, with transaction password and key. */
  portable: z.boolean(),
  holds: backupHoldsSchema,
});
export type BackupView = z.output<typeof backupViewSchema>;

/** What a restore brings; all zero where everything is here already. */
export const restoredSchema = z.strictObject({
  /** Entries that wait again in the queue. */
  drafts: perKindSchema,
  counter: count,
  /** Not put into the queue because it has a record of the same person; kept on file. */
  doubled: count,
  /** Batches, and their rows that are the clerk's again. */
  batches: count,
  batchRows: count,
  /** Orders with a signature, and those among them still without an answer. */
  orders: count,
  openOrders: count,
  receipts: count,
});
export type Restored = z.output<typeof restoredSchema>;

const previewSchema = z.strictObject({
  backup: backupViewSchema,
  brings: restoredSchema,
  /** Here and not in the backup; a restore leaves it alone. */
  newerHere: z.strictObject({
    drafts: count,
    batches: count,
    orders: count,
    receipts: count,
    lastSyncAt: timeSchema.nullable(),
  }),
});
export type RestorePreview = z.output<typeof previewSchema>;

const listSchema = z.strictObject({
  folder: z.string(),
  /** Newest first. */
  backups: z.array(backupViewSchema),
  /** Files of the folder that are no whole backups. */
  unreadable: count,
  /** The last backup at the end of the program failed; until it is acknowledged. */
  failed: z.strictObject({ code: z.enum(errorCodes), at: timeSchema }).nullable(),
});

const takenSchema = z.strictObject({ backup: backupViewSchema, folder: z.string() });
/** The password of the time of the backup where it is not today's; null for today's. */
const password = z.string().min(1).max(64).nullable();

const takeCodes = ['NOT_SIGNED_IN', 'BACKUP_FAILED', 'BACKUP_NO_SPACE', 'DB_DAMAGED'] as const;
const openCodes = [
  'NOT_SIGNED_IN',
  'BACKUP_UNREADABLE',
  'BACKUP_OTHER_UNIT',
  'BACKUP_NEWER',
  'BACKUP_LOCKED',
  'BACKUP_OTHER_KEY',
  'BACKUP_PASSWORD',
  'BACKUP_FORKED',
  ...keyFailures,
  'DB_FULL',
] as const;

const offerSchema = z.strictObject({
  /** The newest backup that is sound and opens here; null for none. */
  backup: backupViewSchema.nullable(),
  /** Backups that this computer's key does not open. */
  locked: count,
});
export type RescueOffer = z.output<typeof offerSchema>;

/** Handled for the unit that is open. */
const shared = {
  'backups.list': operation(nothing, listSchema, ['NOT_SIGNED_IN']),
  /** The clerk has read that a backup failed. */
  'backups.acknowledge': operation(nothing, nothing, ['NOT_SIGNED_IN', 'DB_FULL']),
} as const satisfies Contract;

export const backupContract = {
  ...shared,
  /** `folder` null: the unit's own, where the oldest make room. */
  'backups.take': operation(
    z.strictObject({ folder: z.string().min(1).nullable() }),
    takenSchema,
    takeCodes,
  ),
  /** What a restore would bring, found out by doing it and taking it back. */
  'backups.inspect': operation(
    z.strictObject({ file: z.string().min(1), password }),
    previewSchema,
    openCodes,
  ),
  /** Adds what is missing here; nothing here is overwritten or removed. Twice is once. */
  'backups.restore': operation(
    z.strictObject({ file: z.string().min(1), password }),
    restoredSchema,
    openCodes,
  ),

  /** For a unit whose file cannot be opened. `databaseKey` null: it is lost. */
  'rescue.offer': operation(
    z.strictObject({
      folder: z.string().min(1),
      unitAccount: unitAccountSchema,
      databaseKey: hashSchema.nullable(),
    }),
    offerSchema,
    [],
  ),
  /**
   * Puts the file aside under another name and a backup in its place; `name` null: nothing, so that
   * the next open begins an empty one. Refused for a file that does open.
   */
  'rescue.run': operation(
    z.strictObject({
      folder: z.string().min(1),
      unitAccount: unitAccountSchema,
      clientVersion: z.string(),
      databaseKey: hashSchema.nullable(),
      name: backupNameSchema.nullable(),
    }),
    z.strictObject({ keptAs: z.string() }),
    [
      'BACKUP_UNREADABLE',
      'BACKUP_NEWER',
      'BACKUP_LOCKED',
      'BACKUP_OTHER_UNIT',
      'DB_FULL',
      'DB_NEWER',
      'DB_UNIT_MISMATCH',
      'DB_MIGRATION_FAILED',
      'REQUEST_INVALID',
    ],
  ),
} as const satisfies Contract;

/** `own:` and a name in the unit's folder, or `chosen:` and a number main has given out. */
const sourceSchema = z.union([
  z.templateLiteral(['own:', z.string()]),
  z.templateLiteral(['chosen:', z.string()]),
]);

export const windowBackupContract = {
  ...shared,
  /** `elsewhere`: main asks for the folder; null when the clerk closes that dialogue. */
  'backups.take': operation(
    z.strictObject({ elsewhere: z.boolean() }),
    z.strictObject({ taken: takenSchema.nullable() }),
    takeCodes,
  ),
  /** A backup from another place, such as a USB disk; null when the clerk closes the dialogue. */
  'backups.choose': operation(
    nothing,
    z.strictObject({
      chosen: z.strictObject({ source: sourceSchema, name: z.string() }).nullable(),
    }),
    [],
  ),
  'backups.inspect': operation(
    z.strictObject({ source: sourceSchema, password }),
    previewSchema,
    openCodes,
  ),
  'backups.restore': operation(
    z.strictObject({ source: sourceSchema, password }),
    restoredSchema,
    openCodes,
  ),
  'rescue.offer': operation(z.strictObject({ unitAccount: unitAccountSchema }), offerSchema, []),
  'rescue.run': operation(
    z.strictObject({ unitAccount: unitAccountSchema, name: backupNameSchema.nullable() }),
    z.strictObject({ keptAs: z.string() }),
    backupContract['rescue.run'].codes,
  ),
} as const satisfies Contract;

export type BackupSource = z.output<typeof sourceSchema>;
