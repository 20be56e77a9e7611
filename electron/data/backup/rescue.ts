import { existsSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { fail, type Failure, type Result, succeed } from '../../../shared/errors/result.ts';
import type { backupContract } from '../../../shared/ipc/backups.ts';
import type { RequestOf, ValueOf } from '../../../shared/ipc/contract.ts';
import { timeSchema } from '../../../shared/wire/primitives.ts';
import { databaseFileOf, openUnitDatabase, rescuedFileOf } from '../db/open.ts';
import { OpenUnitDatabase } from '../db/unit-database.ts';
import { OrderJournal } from '../orders/journal.ts';
import type { UnitContext, Queue } from '../ports.ts';
import { viewOf } from './end-mark.ts';
import { writeFailureNote } from './failure-note.ts';
import { backupFolderOf, type KeptBackup, listBackups, stampOf } from './folder.ts';
import { isKeyOf, openBackup, type OpenedBackup, readOwnMark } from './source.ts';
import { flushFolder } from './take.ts';

type Ops = typeof backupContract;

/** Left in the file that took the damaged one's place, for its first open. */
const META_KEY = 'restore.pending';
const pendingSchema = z.strictObject({
  name: z.string(),
  at: timeSchema,
  auditSeq: z.int().min(0),
});

/** A unit's file cannot be opened: which backup could take its place. Only looks. */
export function offerRescue(
  request: RequestOf<Ops, 'rescue.offer'>,
): Result<ValueOf<Ops, 'rescue.offer'>> {
  const { folder, unitAccount, databaseKey } = request;
  const { kept } = listBackups(backupFolderOf(folder), unitAccount);
  const opens = kept.filter(({ mark }) => databaseKey !== null && isKeyOf(mark, databaseKey));
  const locked = kept.length - opens.length;
  for (const { name, mark, file } of opens) {
    const opened = openKept({ name, file, mark }, request);
    if (!opened.ok) continue;
    opened.value.close();
    return succeed({ backup: viewOf(mark, name), locked });
  }
  return succeed({ backup: null, locked });
}

/**
 * Puts the file aside under a name of its own, never deletes it, and the backup in its place, or
 * nothing. Ended at any step, the next open finds the one or the other.
 */
export function runRescue(
  request: RequestOf<Ops, 'rescue.run'>,
): Result<ValueOf<Ops, 'rescue.run'>> {
  const { folder, unitAccount, name } = request;
  const file = databaseFileOf(folder, unitAccount);
  const refusal = refuseSound(request, file);
  if (refusal) return refusal;
  if (name !== null) {
    const prepared = prepareRescued(request, name);
    if (!prepared.ok) return prepared;
  }
  const keptAs = setAside(file, unitAccount);
  if (name !== null) renameSync(rescuedFileOf(file), file);
  flushFolder(folder);
  return succeed({ keptAs });
}

/** Only what cannot be opened is put aside; a lost key is main's to know. */
function refuseSound(
  { folder, unitAccount, databaseKey, clientVersion }: RequestOf<Ops, 'rescue.run'>,
  file: string,
): Failure | undefined {
  if (databaseKey === null || !existsSync(file)) return undefined;
  const opened = openUnitDatabase({ folder, unitAccount, databaseKey, clientVersion });
  if (!opened.ok) return opened.code === 'DB_DAMAGED' ? undefined : opened;
  opened.value.close();
  return fail('REQUEST_INVALID', 'the file opens');
}

/** The working copy, marked and on the disk, beside the file whose place it takes. */
function prepareRescued(request: RequestOf<Ops, 'rescue.run'>, name: string): Result<void> {
  const { folder, unitAccount } = request;
  const toOpen = { file: join(backupFolderOf(folder), name), unitAccount, workFolder: folder };
  const mark = readOwnMark(toOpen);
  if (!mark.ok) return mark;
  const opened = openKept({ name, file: toOpen.file, mark: mark.value }, request);
  if (!opened.ok) return opened;
  const backup = opened.value;
  const { at, auditSeq } = backup.mark;
  const database = new OpenUnitDatabase(backup.handle, unitAccount);
  const pending = { name, at, auditSeq };
  writeFailureNote(database, null);
  const marked = database.write(() => {
    database.meta.set(META_KEY, JSON.stringify(pendingSchema.parse(pending)));
    return succeed(undefined);
  });
  backup.close(marked.ok);
  if (marked.ok) renameSync(backup.file, rescuedFileOf(databaseFileOf(folder, unitAccount)));
  return marked;
}

function openKept(
  { file, mark }: KeptBackup,
  { folder, unitAccount, databaseKey }: RequestOf<Ops, 'rescue.offer'>,
): Result<OpenedBackup> {
  if (databaseKey === null || !isKeyOf(mark, databaseKey)) return fail('BACKUP_LOCKED');
  return openBackup({ file, unitAccount, workFolder: folder }, mark, databaseKey);
}

/** With its log, which belongs to it. The name it has now; empty where there was no file. */
function setAside(file: string, unitAccount: string): string {
  if (!existsSync(file)) return '';
  const stamp = stampOf(new Date().toISOString());
  const aside = file.replace(`${unitAccount}.db`, `${unitAccount}.damaged-${stamp}.db`);
  for (const suffix of ['-shm', '-wal', '']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
  }
  return basename(aside);
}

/**
 * The first open of a file brought back. What was ordered in it without a signature is the clerk's
 * again: it may have been sent since, from the file that is lost. Nothing else was changed.
 */
export function finishRescue(context: UnitContext & { readonly queue: Queue }): Result<void> {
  const { database, clock, queue, audit } = context;
  const text = database.meta.get(META_KEY);
  if (text === undefined) return succeed(undefined);
  const { name, at, auditSeq } = pendingSchema.parse(JSON.parse(text));
  const journal = new OrderJournal(database, clock);
  return database.write(() => {
    for (const { oid } of journal.listWaiting()) {
      journal.endWaiting(oid, '', '');
      queue.release(oid, new Map());
      audit.record('orderTakenBack', { oid });
    }
    audit.record('restored', { name, at, auditSeq });
    database.meta.delete(META_KEY);
    return succeed(undefined);
  });
}
