import fs from 'node:fs';
import path from 'node:path';

const LOG_BYTES_MAX = 5 * 1024 * 1024;

let logFile: string | undefined;

/** Keeps the program's own log in `folder`, one older file beside it. No personal data, no secrets. */
export function openLog(folder: string): void {
  fs.mkdirSync(folder, { recursive: true });
  logFile = path.join(folder, 'program.log');
  const size = fs.statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_BYTES_MAX) fs.renameSync(logFile, path.join(folder, 'program.1.log'));
}

export function writeLog(source: string, text: string): void {
  const line = `${new Date().toISOString()} ${source}: ${text.trimEnd()}\n`;
  process.stderr.write(line);
  if (logFile) fs.appendFileSync(logFile, line);
}
