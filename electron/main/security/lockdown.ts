import { app, session } from 'electron';
import { writeLog } from '../log.ts';
import { WINDOW_URL } from './content.ts';

/** Before ready: every renderer sandboxed. Chromium cannot sandbox for root, which only a build container is. */
export function enableSandbox(): void {
  const isPackagedWindows = app.isPackaged && process.platform === 'win32';
  if (isPackagedWindows || !app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
}

/** After ready: no permission, no other page, no second window, no embedded view. */
export function lockDown(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  defaultSession.setPermissionCheckHandler(() => false);
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
    });
    contents.on('will-navigate', (event) => {
      if (event.url === WINDOW_URL) return;
      writeLog('security', 'a navigation away from the program was refused');
      event.preventDefault();
    });
  });
}
