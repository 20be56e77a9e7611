import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { fail, succeed } from '../../../shared/errors/result.ts';
import type { Result } from '../../../shared/errors/result.ts';

/** What Windows answers for a file another program has open, and any system for one that may not be written. */
const REFUSED = ['EBUSY', 'EPERM', 'EACCES'];

/**
 * Writes a file whole or not at all: beside its place first, then renamed over it. FILE_IN_USE when
 * what lies there cannot be replaced, FILE_DENIED when the folder takes no file, FILE_WRITE_FAILED else.
 */
export async function saveWhole(target: string, bytes: Uint8Array): Promise<Result<null>> {
  const beside = path.join(path.dirname(target), `.${randomUUID()}.tmp`);
  let isWritten = false;
  try {
    await fs.writeFile(beside, bytes, { flag: 'wx' });
    isWritten = true;
    await fs.rename(beside, target);
    return succeed(null);
  } catch (error) {
    await fs.rm(beside, { force: true });
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!REFUSED.includes(code)) return fail('FILE_WRITE_FAILED', target);
    return fail(isWritten ? 'FILE_IN_USE' : 'FILE_DENIED', target);
  }
}
