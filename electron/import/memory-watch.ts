import { Worker } from 'node:worker_threads';
import { IMPORT_MEMORY_BYTES_MAX } from '../../shared/ipc/import.ts';

const WATCH_INTERVAL_MS = 20;
/** Of the watching thread itself. */
const WORKER_HEAP_MEGABYTES = 16;

/** Source of its own, so that the bundle stays one file. SIGKILL, as a blocked process ends by nothing else. */
const watch = `
const { workerData } = require('node:worker_threads');
setInterval(() => {
  if (process.memoryUsage.rss() > workerData.bytesMax) process.kill(process.pid, 'SIGKILL');
}, workerData.intervalMs);
`;

/**
 * Ends this process when it takes more than IMPORT_MEMORY_BYTES_MAX, whatever its main thread is
 * busy with: V8's own limit does not count buffers.
 */
export function watchMemory(): Promise<void> {
  const worker = new Worker(watch, {
    eval: true,
    workerData: { bytesMax: IMPORT_MEMORY_BYTES_MAX, intervalMs: WATCH_INTERVAL_MS },
    resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MEGABYTES },
  });
  worker.unref();
  return new Promise((resolve, reject) => {
    worker.once('online', resolve);
    worker.once('error', reject);
  });
}
