import { ipcMain } from 'electron';
import type { BrowserWindow, IpcMainInvokeEvent } from 'electron';
import type { z } from 'zod';
import { fail } from '../../shared/errors/result.ts';
import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import type { Result } from '../../shared/errors/result.ts';
import { transportCodes } from '../../shared/ipc/contract.ts';
import type { Contract, Handlers } from '../../shared/ipc/contract.ts';
import type { windowContract } from '../../shared/ipc/window.ts';
import { windowEvents } from '../../shared/ipc/window.ts';
import { writeLog } from './log.ts';
import { WINDOW_ORIGIN } from './security/content.ts';

type AnyHandler = (request: unknown) => Result<unknown> | Promise<Result<unknown>>;

/**
 * Puts the window's contract on Electron's IPC. Every call is refused unless it comes from the main
 * frame of our own page, and its payload parsed before a handler sees it. `onFailure` is told of
 * every failure a handler gives.
 */
export function serveWindow(
  contract: typeof windowContract,
  handlers: Handlers<typeof windowContract>,
  onFailure: (operation: string, code: ErrorCode) => void,
): void {
  const operations: Contract = contract;
  for (const [name, operation] of Object.entries(operations)) {
    const handler = handlers[name as keyof typeof handlers] as AnyHandler;
    ipcMain.handle(name, async (event, request: unknown) => {
      if (!isOwnPage(event)) return fail('SENDER_REFUSED', name);
      const parsed = operation.request.safeParse(request);
      if (!parsed.success) return fail('REQUEST_INVALID', `${name}: ${parsed.error.message}`);
      const result = await run(name, handler, parsed.data);
      if (!result.ok) onFailure(name, result.code);
      if (!result.ok && ![...operation.codes, ...transportCodes].includes(result.code))
        writeLog('window', `${name}: the contract does not name ${result.code}`);
      return result;
    });
  }
}

async function run(name: string, handler: AnyHandler, request: unknown): Promise<Result<unknown>> {
  try {
    return await handler(request);
  } catch (error) {
    writeLog('window', `${name}: ${error instanceof Error ? (error.stack ?? '') : String(error)}`);
    return fail('INTERNAL', name);
  }
}

function isOwnPage(event: IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && frame.origin === WINDOW_ORIGIN;
}

/** Tells the window; nothing happens when it is closed. */
export function tellWindow<Name extends keyof typeof windowEvents>(
  window: BrowserWindow,
  name: Name,
  payload: z.input<(typeof windowEvents)[Name]>,
): void {
  // The hosts end after the window and still tell what they do.
  if (window.isDestroyed() || window.webContents.isDestroyed()) return;
  window.webContents.send(`event:${name}`, windowEvents[name].parse(payload));
}
