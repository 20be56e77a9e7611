import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { z } from 'zod';
import { fail, type Result, succeed } from '../../../shared/errors/result.ts';
import {
  backupHoldsSchema,
  backupReasonSchema,
  type BackupView,
} from '../../../shared/ipc/backups.ts';
import {
  hashSchema,
  nonceSchema,
  timeSchema,
  unitAccountSchema,
  userSchema,
} from '../../../shared/wire/primitives.ts';

/**
 * A backup is one file: the encrypted database as SQLite wrote it, then this mark as JSON, then its
 * length (4 bytes) and `JCTB`. The mark is written last, after the copy was found sound: a file
 * without it is no backup. It is readable without any key, so it names no person.
 */
const MAGIC = Buffer.from('JCTB', 'ascii');
const TAIL_BYTES = 4 + MAGIC.length;
const MARK_BYTES_MAX = 1024 * 1024;
const FORMAT = 1;

/** The database key, sealed so that only transaction password and USB key together open it. */
export const sealedKeySchema = z.strictObject({
  user: userSchema,
  /** 256 bit, hex; part of what the key signs. */
  salt: nonceSchema,
  nonce: z.base64(),
  sealed: z.base64(),
  tag: z.base64(),
  /** Tells another USB key from a wrong password. */
  signatureCheck: hashSchema,
});
export type SealedKey = z.output<typeof sealedKeySchema>;

const markSchema = z.strictObject({
  format: z.literal(FORMAT),
  unitAccount: unitAccountSchema,
  at: timeSchema,
  reason: backupReasonSchema,
  programVersion: z.string(),
  schemaVersion: z.int().min(1),
  databaseBytes: z.int().min(1),
  /** Last row of the audit: whether there was anything new since. */
  auditSeq: z.int().min(0),
  flaw: z.string(),
  holds: backupHoldsSchema,
  /** Whether a key is the one of this file, without trying it on the pages. */
  keyCheck: hashSchema,
  keys: z.array(sealedKeySchema),
});
export type EndMark = z.output<typeof markSchema>;

const anyFormatSchema = z.looseObject({ format: z.int() });

export function encodeEndMark(mark: Omit<EndMark, 'format'>): Buffer {
  const json = Buffer.from(JSON.stringify(markSchema.parse({ ...mark, format: FORMAT })), 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(json.length);
  return Buffer.concat([json, length, MAGIC]);
}

/** BACKUP_UNREADABLE: no backup, or not all of one. BACKUP_NEWER: of a format not known here. */
export function readEndMark(file: string): Result<EndMark> {
  let read: unknown;
  let before: number;
  try {
    const size = statSync(file).size;
    const tail = readAt(file, size - TAIL_BYTES, TAIL_BYTES);
    if (!tail.subarray(4).equals(MAGIC)) return fail('BACKUP_UNREADABLE', 'no end mark');
    const length = tail.readUInt32BE(0);
    before = size - TAIL_BYTES - length;
    if (length > MARK_BYTES_MAX || before < 0) return fail('BACKUP_UNREADABLE', 'no end mark');
    read = JSON.parse(readAt(file, before, length).toString('utf8'));
  } catch (error) {
    return fail('BACKUP_UNREADABLE', error instanceof Error ? error.message : String(error));
  }
  const any = anyFormatSchema.safeParse(read);
  if (any.success && any.data.format > FORMAT) return fail('BACKUP_NEWER', `${any.data.format}`);
  const mark = markSchema.safeParse(read);
  if (!mark.success) return fail('BACKUP_UNREADABLE', mark.error.message);
  if (mark.data.databaseBytes !== before) return fail('BACKUP_UNREADABLE', 'cut short');
  return succeed(mark.data);
}

export function viewOf(mark: EndMark, name: string): BackupView {
  const { at, reason, programVersion, flaw, holds, databaseBytes: bytes, keys } = mark;
  return { name, at, reason, bytes, programVersion, flaw, portable: keys.length > 0, holds };
}

function readAt(file: string, position: number, length: number): Buffer {
  if (position < 0) throw new RangeError('too short');
  const bytes = Buffer.alloc(length);
  const descriptor = openSync(file, 'r');
  try {
    const read = readSync(descriptor, bytes, 0, length, position);
    if (read !== length) throw new RangeError('too short');
  } finally {
    closeSync(descriptor);
  }
  return bytes;
}
