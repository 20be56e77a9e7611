import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CENTRE_UTC_OFFSET_MS } from '../../../shared/rules/dates.ts';
import { report } from '../../host/report.ts';
import { type EndMark, readEndMark } from './end-mark.ts';
import { chooseOutdated } from './rotation.ts';

export const BACKUP_SUFFIX = '.jctbak';

export interface KeptBackup {
  readonly name: string;
  readonly file: string;
  readonly mark: EndMark;
}

/** Where a unit's own backups lie: a folder of its own beside the database. */
export function backupFolderOf(unitsFolder: string): string {
  return join(unitsFolder, 'backups');
}

/** `20261125-100000-123` by the centre's clock, for names that people read. */
export function stampOf(at: string): string {
  const text = new Date(Date.parse(at) + CENTRE_UTC_OFFSET_MS).toISOString();
  const [date = '', time = ''] = text.replace('Z', '').split('T');
  return `${date.replaceAll('-', '')}-${time.replaceAll(':', '').replace('.', '-')}`;
}

/** Newest first; what is no whole backup is counted. Other units' are left out. */
export function listBackups(
  folder: string,
  unitAccount: string,
): { kept: KeptBackup[]; unreadable: number } {
  if (!existsSync(folder)) return { kept: [], unreadable: 0 };
  const kept: KeptBackup[] = [];
  let unreadable = 0;
  for (const name of readdirSync(folder)) {
    if (!name.endsWith(BACKUP_SUFFIX) || !name.includes(unitAccount)) continue;
    const file = join(folder, name);
    const mark = readEndMark(file);
    if (!mark.ok) unreadable += 1;
    else if (mark.value.unitAccount === unitAccount) kept.push({ name, file, mark: mark.value });
  }
  kept.sort((a, b) => b.mark.at.localeCompare(a.mark.at) || b.name.localeCompare(a.name));
  return { kept, unreadable };
}

/**
 * Removes what the rotation has no place for; `written` stays whatever the clocks say. A file that
 * cannot be removed now is tried again after the next backup.
 */
export function makeRoom(folder: string, unitAccount: string, now: string, written: string): void {
  const { kept } = listBackups(folder, unitAccount);
  const dated = kept.map(({ name, mark }) => ({ name, at: mark.at }));
  for (const name of chooseOutdated(dated, now)) {
    if (name === written) continue;
    try {
      rmSync(join(folder, name), { force: true });
    } catch (error) {
      report(`backup: ${name} stays: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
