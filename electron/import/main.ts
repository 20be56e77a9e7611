import { importContract, type importEvents } from '../../shared/ipc/import.ts';
import { emitterOf, serve } from '../host/contract.ts';
import { runHost } from '../host/run.ts';
import { importJob } from './job.ts';
import { watchMemory } from './memory-watch.ts';

/** The import process: one job, then whoever started it ends it. Described in shared/ipc/import.ts. */
void runHost(async (peer) => {
  await watchMemory();
  serve(peer, importContract, importJob(emitterOf<typeof importEvents>(peer)));
  return undefined;
});
