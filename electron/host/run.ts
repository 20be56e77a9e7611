import { Peer } from './peer.ts';
import { hostPort } from './port.ts';
import { report, traceError } from './report.ts';

/** Events between a host and its supervisor, kept apart from those of any contract. */
export const READY_EVENT = 'host:ready';
export const STOP_EVENT = 'host:stop';

/** Closes what the host has open; the process exits when it is done. */
export type StopHost = () => void | Promise<void>;

/**
 * The life of a host process: start up, announce `ready`, stop when asked or when the parent is
 * gone. A start-up that throws ends the process with code 1, so that the supervisor sees it.
 */
export async function runHost(
  start: (peer: Peer) => StopHost | undefined | Promise<StopHost | undefined>,
): Promise<void> {
  const peer = new Peer(hostPort());
  let stopHost: StopHost | undefined;
  let isStopping = false;
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    await stopHost?.();
    process.exit(0);
  };
  const stopOrFail = () => {
    stop().catch(exitAfter);
  };
  peer.on(STOP_EVENT, stopOrFail);
  peer.onClose(stopOrFail);
  try {
    stopHost = await start(peer);
  } catch (error) {
    exitAfter(error);
  }
  peer.emit(READY_EVENT, null);
}

function exitAfter(error: unknown): never {
  report(traceError(error));
  process.exit(1);
}
