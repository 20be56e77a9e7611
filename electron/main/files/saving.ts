import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { fail, succeed } from '../../../shared/errors/result.ts';
import type { Result } from '../../../shared/errors/result.ts';
import { writeLog } from '../log.ts';

/** What Windows answers for a file another program has open, and any system for one that may not be written. */
const REFUSED = ['EBUSY', 'EPERM', 'EACCES', 'EROFS'];
/** What a program that was ended while it saved leaves beside the place. */
const LEFTOVER = /^\.jiaocuntong-[0-9a-f-]{36}\.tmp$/;
/** Longer than any file takes: what is younger may be under way on another computer. */
const LEFTOVER_AGE_MS = 3_600_000;

/**
 * Writes a file whole or not at all: beside its place first and onto the disk, then renamed over it.
 * FILE_IN_USE when what lies there cannot be replaced, FILE_DENIED when the folder takes no file,
 * FILE_WRITE_FAILED else.
 */
export async function saveWhole(target: string, bytes: Uint8Array): Promise<Result<null>> {
  const folder = path.dirname(target);
  const beside = path.join(folder, `.jiaocuntong-${randomUUID()}.tmp`);
  let isWritten = false;
  try {
    // flushed: after a power cut there would be the name without the bytes
    await fs.writeFile(beside, bytes, { flag: 'wx', flush: true });
    isWritten = true;
    await fs.rename(beside, target);
    await sweep(folder);
    return succeed(null);
  } catch (error) {
    await remove(beside);
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (!REFUSED.includes(code)) return fail('FILE_WRITE_FAILED', `${target} (${code})`);
    return fail(isWritten ? 'FILE_IN_USE' : 'FILE_DENIED', target);
  }
}

/** Clears away what lies in the folder from a program that was ended while it saved there. */
async function sweep(folder: string): Promise<void> {
  const names = await fs.readdir(folder).catch(() => []);
  for (const name of names.filter((one) => LEFTOVER.test(one))) {
    const file = path.join(folder, name);
    const facts = await fs.stat(file).catch(() => undefined);
    if (facts && Date.now() - facts.mtimeMs > LEFTOVER_AGE_MS) await remove(file);
  }
}

async function remove(file: string): Promise<void> {
  try {
    await fs.rm(file, { force: true });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    writeLog('files', `what was written beside the file is left behind: ${code}`);
  }
}
