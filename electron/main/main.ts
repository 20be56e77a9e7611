import { app, dialog } from 'electron';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { catalogue } from '../../shared/errors/catalogue.ts';
import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import type { Configuration } from '../../shared/ipc/configuration.ts';
import { configurationPlaces, readConfiguration } from './configuration.ts';
import { openLog, writeLog } from './log.ts';
import { readOptions } from './options.ts';
import { startPractice } from './practice.ts';
import type { Practice } from './practice.ts';
import { NoKeyStore, startProgram } from './program.ts';
import type { Program } from './program.ts';
import { registerScheme, serveContent } from './security/content.ts';
import { enableSandbox, lockDown } from './security/lockdown.ts';
import { focusWindow } from './window.ts';

/** Hosts that do not end by then are ended with the program. */
const STOP_DEADLINE_MS = 15_000;

const outFolder = path.join(__dirname, '..');
const options = readOptions(process.argv);

enableSandbox();
registerScheme();
if (options.demo && !app.commandLine.hasSwitch('user-data-dir'))
  app.setPath('userData', path.join(app.getPath('appData'), 'jiaocuntong-practice'));

// Two programs over one database would each believe to be its only writer.
if (app.requestSingleInstanceLock()) void start();
else app.quit();

async function start(): Promise<void> {
  let program: Program | undefined;
  let practice: Practice | undefined;
  app.on('second-instance', () => {
    if (program) focusWindow(program.window);
  });
  app.on('window-all-closed', () => {
    app.quit();
  });
  let isStopping = false;
  process.on('uncaughtException', (error) => {
    writeLog('program', `a fault in main: ${error.stack ?? error.message}`);
    const { text, next } = catalogue.INTERNAL;
    if (!isStopping) dialog.showErrorBox('缴存通', `${text}\n${next}`);
  });
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (isStopping) return;
    isStopping = true;
    const stopped = program ? program.stop() : Promise.resolve();
    Promise.race([stopped, delay(STOP_DEADLINE_MS)])
      .catch((error: unknown) => {
        writeLog('program', `stopping: ${String(error)}`);
      })
      .finally(() => {
        practice?.stop();
        // The hosts have ended in order; nothing is left that a second round of quit events could close.
        app.exit(0);
      });
  });
  try {
    await app.whenReady();
    const userFolder = app.getPath('userData');
    openLog(path.join(userFolder, 'logs'));
    serveContent(path.join(outFolder, 'renderer'));
    lockDown();
    if (options.demo) practice = await startPractice(outFolder, path.join(userFolder, 'practice'));
    const configuration = practice?.configuration ?? installedConfiguration(userFolder);
    program = startProgram({
      configuration,
      outFolder,
      userFolder,
      quit: () => {
        app.quit();
      },
    });
  } catch (error) {
    refuseToStart(error);
  }
}

class ConfigurationRefused extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, detail: string) {
    super(detail);
    this.code = code;
  }
}

function installedConfiguration(userFolder: string): Configuration {
  const places = options.configurationFile
    ? [options.configurationFile]
    : configurationPlaces(path.dirname(app.getPath('exe')), userFolder);
  const read = readConfiguration(places);
  if (!read.ok) throw new ConfigurationRefused(read.code, read.detail);
  return read.value;
}

/** Nothing was opened or written: one dialogue says why, and the program ends. */
function refuseToStart(error: unknown): void {
  const code: ErrorCode =
    error instanceof ConfigurationRefused
      ? error.code
      : error instanceof NoKeyStore
        ? 'KEY_STORE_MISSING'
        : 'INTERNAL';
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  writeLog('program', `not started: ${code} ${detail}`);
  const { text, next } = catalogue[code];
  const log = path.join(app.getPath('userData'), 'logs');
  dialog.showErrorBox('缴存通未能启动', `${text}\n${next}\n\n详情在 ${log}`);
  app.exit(1);
}
