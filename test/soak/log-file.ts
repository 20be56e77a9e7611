import { existsSync, openSync, readFileSync } from 'node:fs';

/** A process writes its stderr here, one after another. */
export function openLog(file: string): number {
  return openSync(file, 'a');
}

export function countLines(file: string): number {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0;
}
