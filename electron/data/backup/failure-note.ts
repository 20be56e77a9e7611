import { z } from 'zod';
import { errorCodes, type ErrorCode } from '../../../shared/errors/catalogue.ts';
import { succeed } from '../../../shared/errors/result.ts';
import { timeSchema } from '../../../shared/wire/primitives.ts';
import { report } from '../../host/report.ts';
import type { UnitDatabase } from '../ports.ts';

/** A backup that the program made by itself and that failed: kept until the clerk has read it. */
const META_KEY = 'backup.failed';
const noteSchema = z.strictObject({ code: z.enum(errorCodes), at: timeSchema });
export type FailureNote = z.output<typeof noteSchema>;

export function readFailureNote({ meta }: Pick<UnitDatabase, 'meta'>): FailureNote | null {
  const text = meta.get(META_KEY);
  return text === undefined ? null : noteSchema.parse(JSON.parse(text));
}

/** Where the disk is full even for this, every other step says so itself. */
export function writeFailureNote(database: UnitDatabase, note: FailureNote | null): void {
  if (note === null && database.meta.get(META_KEY) === undefined) return;
  const written = database.write(() => {
    if (note === null) database.meta.delete(META_KEY);
    else database.meta.set(META_KEY, JSON.stringify(noteSchema.parse(note)));
    return succeed(undefined);
  });
  if (!written.ok) report(`backup: ${written.code} ${written.detail}`);
}

/** The file itself could not be read for the copy: it is to be looked at whole. */
export function isDamageNote(code: ErrorCode): boolean {
  return code === 'DB_DAMAGED';
}
