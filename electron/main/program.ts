import { app } from 'electron';
import type { BrowserWindow } from 'electron';
import path from 'node:path';
import type { Configuration } from '../../shared/ipc/configuration.ts';
import { Broker } from './broker/broker.ts';
import { Key } from './broker/key.ts';
import { serveWindow, tellWindow } from './contract.ts';
import { windowContract } from '../../shared/ipc/window.ts';
import { dataClient } from './clients.ts';
import { BatchFiles } from './files/batch-files.ts';
import { fileDialogs } from './files/dialogs.ts';
import { Documents } from './files/documents.ts';
import { ListExports } from './files/list-exports.ts';
import { RecordFiles } from './files/record-files.ts';
import { startImportJob, superviseData, superviseToken } from './hosts.ts';
import { chooseWrapper, databaseKey, setAsideKey } from './database-key.ts';
import { backupDialogues } from './files/backup-dialogues.ts';
import { setMenu } from './menu.ts';
import { RecentFailures } from './recent-failures.ts';
import { openWindow } from './window.ts';

interface ProgramOptions {
  readonly configuration: Configuration;
  readonly outFolder: string;
  readonly userFolder: string;
  readonly quit: () => void;
}

export interface Program {
  readonly window: BrowserWindow;
  /** Ends the hosts in order; the window is closed by then or closes with them. */
  stop(): Promise<void>;
}

/** The system has no store for the key of the local data: nothing may be written. */
export class NoKeyStore extends Error {}

/** Puts the parts together: hosts, broker, window. */
export function startProgram(options: ProgramOptions): Program {
  const { configuration, outFolder, userFolder, quit } = options;
  const wrapper = chooseWrapper(configuration.practice !== undefined);
  if (!wrapper) throw new NoKeyStore('the system keeps no secrets');
  const unitsFolder = path.join(userFolder, 'units');
  const data = superviseData(outFolder);
  const key = new Key({
    supervise: (onReady) => superviseToken(outFolder, configuration.keyEnvironment ?? {}, onReady),
    provider: configuration.key,
    bankAnchorsPem: configuration.gateway.bankCaPem,
    stateFile: path.join(userFolder, 'pin-tries.json'),
    onChange: () => {
      broker.followKey();
    },
  });
  const client = dataClient(data);
  const failures = new RecentFailures();
  const dialogs = fileDialogs(() => window);
  const files: BatchFiles = new BatchFiles({
    data: client,
    startJob: () => startImportJob(outFolder),
    dialogs,
    progress: (progress) => {
      tellWindow(window, 'import.progress', progress);
    },
  });
  const broker: Broker = new Broker({
    configuration,
    data,
    dataClient: client,
    files,
    records: new RecordFiles({ data: client, dialogs }),
    output: {
      ...new ListExports({ data: client, startJob: () => startImportJob(outFolder), dialogs })
        .handlers,
      ...new Documents({ data: client, dialogs, outFolder, window: () => window }).handlers,
    },
    key,
    failures,
    databaseKeyOf: (unitAccount) => databaseKey(wrapper, unitsFolder, unitAccount),
    unitsFolder,
    backupDialogues: backupDialogues(() => window),
    setAsideKey: (unitAccount) => {
      setAsideKey(unitsFolder, unitAccount);
    },
    clientVersion: app.getVersion(),
    dataProtected: wrapper.name === 'system',
    tell: (name, payload) => {
      tellWindow(window, name, payload);
    },
    quit,
  });
  serveWindow(windowContract, broker.handlers, (operation, code) => {
    failures.note(operation, code);
  });
  const window = openWindow(outFolder);
  setMenu({
    open: (screen) => {
      tellWindow(window, 'navigate', { screen });
    },
    quit,
  });
  // Both start beside the window; calls made before they are ready wait for them.
  void data.start();
  void key.start();
  return {
    window,
    stop: async () => {
      await Promise.all([data.stop(), key.stop()]);
    },
  };
}
