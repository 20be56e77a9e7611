import { fail, type Result } from '../../shared/errors/result.ts';
import { EXPORT_DEADLINE_MS } from '../../shared/ipc/export.ts';
import { IMPORT_DEADLINE_MS, importContract, importEvents } from '../../shared/ipc/import.ts';
import type { BatchRow } from '../../shared/batch/rows.ts';
import { client, type Client, listen } from './contract.ts';
import type { HostProcess } from './host-process.ts';
import { Peer } from './peer.ts';
import { READY_EVENT } from './run.ts';

/** Old-space limit of the import process: ordinary files stay far below, and a bomb ends early. */
const HEAP_MEGABYTES_MAX = 512;

/** Arguments to start `electron/import/main.ts` with; what V8 keeps outside is watched by the process itself. */
export const importExecArgv: readonly string[] = [`--max-old-space-size=${HEAP_MEGABYTES_MAX}`];

export interface ImportJobOptions {
  readonly onRows?: (rows: readonly BatchRow[]) => void;
  readonly signal?: AbortSignal;
  /** IMPORT_DEADLINE_MS unless given. */
  readonly deadlineMs?: number;
}

/**
 * One import job in a process of its own: started by `start`, asked by `work`, ended whatever
 * happens. A process that dies, or works longer than `deadlineMs`, is FILE_STOPPED; an abort
 * ends it at once with IMPORT_CANCELLED.
 */
export async function runImportJob<T>(
  start: () => HostProcess,
  work: (job: Client<typeof importContract>) => Promise<Result<T>>,
  { onRows, signal, deadlineMs = IMPORT_DEADLINE_MS }: ImportJobOptions = {},
): Promise<Result<T>> {
  if (signal?.aborted) return fail('IMPORT_CANCELLED');
  const host = start();
  const ended = new Promise<Result<T>>((resolve) => {
    host.onExit(() => {
      resolve(fail('HOST_DIED', 'the import process ended before it answered'));
    });
  });
  const peer = new Peer(host.port);
  listen(peer, importEvents, {
    rows: ({ rows }) => {
      onRows?.(rows);
    },
  });
  const limits = limitOf<T>(signal, deadlineMs);
  try {
    const done = readyOf(peer).then(() => work(clientOf(peer)));
    return sayStopped(await Promise.race([done, ended, limits.reached]));
  } finally {
    limits.release();
    host.kill();
  }
}

/** Resolves with the failure when time is up or the clerk has cancelled. */
function limitOf<T>(
  signal: AbortSignal | undefined,
  deadlineMs: number,
): {
  readonly reached: Promise<Result<T>>;
  release(): void;
} {
  let resolve: (result: Result<T>) => void = () => undefined;
  const reached = new Promise<Result<T>>((settle) => {
    resolve = settle;
  });
  const timer = setTimeout(() => {
    resolve(fail('HOST_LATE', `no answer within ${deadlineMs} ms`));
  }, deadlineMs);
  const cancel = () => {
    resolve(fail('IMPORT_CANCELLED'));
  };
  signal?.addEventListener('abort', cancel);
  return {
    reached,
    release: () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
    },
  };
}

function readyOf(peer: Peer): Promise<void> {
  return new Promise((resolve) => {
    peer.on(READY_EVENT, () => {
      resolve();
    });
  });
}

/** The deadline of the whole job is kept above; a call ends with it at the latest. */
function clientOf(peer: Peer): Client<typeof importContract> {
  return client(peer, importContract, {
    'import.read': IMPORT_DEADLINE_MS,
    'import.mark': IMPORT_DEADLINE_MS,
    'import.template': IMPORT_DEADLINE_MS,
    'export.begin': EXPORT_DEADLINE_MS,
    'export.rows': EXPORT_DEADLINE_MS,
    'export.finish': EXPORT_DEADLINE_MS,
  });
}

function sayStopped<T>(result: Result<T>): Result<T> {
  if (result.ok) return result;
  if (result.code === 'HOST_DIED')
    return fail('FILE_STOPPED', '读取这个文件所用的内存超过限度，或读取中途意外退出。');
  if (result.code === 'HOST_LATE')
    return fail('FILE_STOPPED', `读取这个文件超过了 ${IMPORT_DEADLINE_MS / 1_000} 秒。`);
  return result;
}
