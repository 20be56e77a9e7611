import { hostPort } from '../host/port.ts';

/** Tells the process that started this one, if one did: a utilityProcess's parent or a forking Node. */
export function tellParent(message: unknown): void {
  const hasParent = process.send !== undefined || 'parentPort' in process;
  if (hasParent) hostPort().post(message);
}
