import path from 'node:path';
import { backupNameSchema } from '../../../shared/ipc/backups.ts';
import type { BackupSource, windowBackupContract } from '../../../shared/ipc/backups.ts';
import type { Handlers } from '../../../shared/ipc/contract.ts';
import { fail, succeed } from '../../../shared/errors/result.ts';
import type { Result } from '../../../shared/errors/result.ts';
import type { DataClient } from '../clients.ts';

export interface BackupDialogues {
  readonly chooseFolder: () => Promise<string | undefined>;
  readonly chooseFile: () => Promise<string | undefined>;
}

interface BackupSide {
  readonly unitsFolder: string;
  readonly backupDialogues: BackupDialogues;
  readonly databaseKeyOf: (unitAccount: string) => Result<string>;
  readonly setAsideKey: (unitAccount: string) => void;
  readonly clientVersion: string;
}

/**
 * The window's side of backups: it names backups, main knows where they lie. No path comes from the
 * window; one outside the unit's folder comes from the system's dialogue alone.
 */
export function backupHandlers(
  options: BackupSide,
  data: DataClient,
  onFileGone: (unitAccount: string) => void,
): Handlers<typeof windowBackupContract> {
  const { unitsFolder, backupDialogues, databaseKeyOf, setAsideKey, clientVersion } = options;
  const chosen = new Map<string, string>();
  const fileOf = (source: BackupSource): Result<string> => {
    const [place, name] = split(source);
    const file = place === 'own' ? ownFile(unitsFolder, name) : chosen.get(source);
    return file === undefined ? fail('REQUEST_INVALID', source) : succeed(file);
  };
  const keyOf = (unitAccount: string): string | null => {
    const key = databaseKeyOf(unitAccount);
    return key.ok ? key.value : null;
  };
  return {
    'backups.list': (request) => data['backups.list'](request),
    'backups.acknowledge': (request) => data['backups.acknowledge'](request),
    'backups.take': async ({ elsewhere }) => {
      const folder = elsewhere ? await backupDialogues.chooseFolder() : null;
      if (folder === undefined) return succeed({ taken: null });
      const taken = await data['backups.take']({ folder });
      return taken.ok ? succeed({ taken: taken.value }) : taken;
    },
    'backups.choose': async () => {
      const file = await backupDialogues.chooseFile();
      if (file === undefined) return succeed({ chosen: null });
      const source = `chosen:${chosen.size + 1}` as const;
      chosen.set(source, file);
      return succeed({ chosen: { source, name: path.basename(file) } });
    },
    'backups.inspect': ({ source, password }) => {
      const file = fileOf(source);
      return file.ok ? data['backups.inspect']({ file: file.value, password }) : file;
    },
    'backups.restore': ({ source, password }) => {
      const file = fileOf(source);
      return file.ok ? data['backups.restore']({ file: file.value, password }) : file;
    },
    'rescue.offer': ({ unitAccount }) =>
      data['rescue.offer']({
        ...{ folder: unitsFolder, unitAccount },
        databaseKey: keyOf(unitAccount),
      }),
    'rescue.run': async ({ unitAccount, name }) => {
      const databaseKey = keyOf(unitAccount);
      const place = { folder: unitsFolder, unitAccount, clientVersion };
      const run = await data['rescue.run']({ ...place, databaseKey, name });
      if (run.ok && databaseKey === null) setAsideKey(unitAccount);
      if (run.ok) onFileGone(unitAccount);
      return run;
    },
  };
}

function split(source: BackupSource): [place: string, name: string] {
  const at = source.indexOf(':');
  return [source.slice(0, at), source.slice(at + 1)];
}

/** A name and nothing that leads elsewhere. */
function ownFile(unitsFolder: string, name: string): string | undefined {
  const isName = backupNameSchema.safeParse(name).success && path.basename(name) === name;
  return isName ? path.join(unitsFolder, 'backups', name) : undefined;
}
