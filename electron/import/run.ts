import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { forkedHost, type HostProcess } from '../host/host-process.ts';
import { importExecArgv } from '../host/import-job.ts';

/** How much of what a dying process writes is kept for whoever started it. */
const REMAINS_CHARACTERS_MAX = 20_000;

/** Reads files and has its memory watched by a thread; writes no file and starts no program. */
const walls = [
  '--permission',
  '--allow-fs-read=*',
  '--allow-worker',
  // that the thread is allowed is no news
  '--disable-warning=SecurityWarning',
];

/**
 * Starts the import process under plain Node, from the sources: for the check-file command and the
 * tests. `report` is given what the process wrote to standard error. Its environment is as
 * good as empty, so that nothing there (a preloaded script, a proxy) reaches into the reading.
 */
export function startImportProcess(report: (text: string) => void): HostProcess {
  // Windows starts no program without it
  const systemRoot = process.env.SystemRoot;
  const child = fork(fileURLToPath(new URL('./main.ts', import.meta.url)), [], {
    serialization: 'advanced',
    execArgv: [...importExecArgv, ...walls],
    env: systemRoot === undefined ? {} : { SystemRoot: systemRoot },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let left = REMAINS_CHARACTERS_MAX;
  child.stderr?.on('data', (chunk: Buffer) => {
    if (left <= 0) return;
    const text = chunk.toString('utf8').slice(0, left);
    left -= text.length;
    report(text);
  });
  return forkedHost(child);
}
