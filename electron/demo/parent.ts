import type { ParentPortLike } from '../host/port.ts';

/** Tells the process that started this one, whether a utilityProcess's parent or a forking Node. */
export async function tellParent(message: unknown): Promise<void> {
  if ('parentPort' in process && process.parentPort) {
    (process.parentPort as ParentPortLike).postMessage(message);
    return;
  }
  if (!process.send || !process.connected) return;
  await new Promise<void>((resolve) => {
    process.send?.(message, undefined, undefined, () => {
      resolve();
    });
  });
}
