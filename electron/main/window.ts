import { BrowserWindow } from 'electron';
import type { WebContents, WebContentsPrintOptions } from 'electron';
import path from 'node:path';
import { fail, type Result, succeed } from '../../shared/errors/result.ts';
import { writeLog } from './log.ts';
import { WINDOW_URL } from './security/content.ts';

const TITLE = '住房公积金单位网上业务';

/** The program's one window. */
export function openWindow(outFolder: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1366,
    height: 768,
    minWidth: 1180,
    minHeight: 640,
    show: false,
    backgroundColor: '#ffffff',
    title: TITLE,
    webPreferences: {
      preload: path.join(outFolder, 'preload', 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
      v8CacheOptions: 'code',
    },
  });
  window.once('ready-to-show', () => {
    window.show();
  });
  window.webContents.on('render-process-gone', (_event, details) => {
    writeLog('window', `the page ended (${details.reason}) and is opened again`);
    if (details.reason !== 'clean-exit' && !window.isDestroyed()) window.reload();
  });
  load(window);
  return window;
}

function load(window: BrowserWindow): void {
  window.loadURL(WINDOW_URL).catch((error: unknown) => {
    writeLog('window', `the page could not be opened: ${String(error)}`);
  });
}

export function focusWindow(window: BrowserWindow): void {
  if (window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/** What Electron says when the dialogue was closed; any other reason is the printer's. */
const CLOSED_BY_CLERK = /cancel/i;

/** Resolves when the dialogue is over; not printed when the clerk closed it. Fails with PRINT_FAILED. */
export function printContents(
  contents: WebContents,
  options: WebContentsPrintOptions = {},
): Promise<Result<{ printed: boolean }>> {
  return new Promise((resolve) => {
    const asked = { silent: false, printBackground: true, ...options };
    contents.print(asked, (printed, reason) => {
      if (!printed) writeLog('window', `not printed: ${reason}`);
      const isWanted = printed || CLOSED_BY_CLERK.test(reason);
      resolve(isWanted ? succeed({ printed }) : fail('PRINT_FAILED', reason));
    });
  });
}
