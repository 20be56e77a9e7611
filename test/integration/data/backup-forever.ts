// Takes one backup after another until it is killed: FOLDER UNIT KEY.
import { join } from 'node:path';
import { takeBackup } from '../../../electron/data/backup/take.ts';
import { openUnitDatabase } from '../../../electron/data/db/open.ts';

const [folder = '', unitAccount = '', key = ''] = process.argv.slice(2);
const opened = openUnitDatabase({
  ...{ folder, unitAccount, databaseKey: key, clientVersion: '0.0.0' },
});
if (!opened.ok) throw new Error(`${opened.code}: ${opened.detail}`);
const source = opened.value.handle;
for (let round = 0; ; round += 1) {
  const taken = takeBackup({
    ...{ source, unitAccount, key, folder: join(folder, 'backups') },
    ...{ at: new Date().toISOString(), reason: 'manual', programVersion: '0.0.0' },
  });
  if (!taken.ok) throw new Error(`${taken.code}: ${taken.detail}`);
  // killed from the second one on, however slow the machine
  if (round === 0) process.send?.('started');
}
