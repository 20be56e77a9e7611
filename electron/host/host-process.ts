import type { ChildProcess } from 'node:child_process';
import { type Port, portOfFork, portOfUtility, type UtilityProcessLike } from './port.ts';

/** A started host, whichever way it was started. */
export interface HostProcess {
  readonly port: Port;
  /** Called once; also, with null, for a process that never came up. */
  onExit(handler: (code: number | null) => void): void;
  /** Ends the process at once, a driver that hangs included. */
  kill(): void;
}

/** A host forked by Node with `serialization: 'advanced'`. */
export function forkedHost(child: ChildProcess): HostProcess {
  return {
    port: portOfFork(child),
    onExit: (handler) => {
      child.once('exit', handler);
      child.once('error', () => {
        if (child.pid === undefined) handler(null);
      });
    },
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}

/** A host started by Electron's utilityProcess. */
export function utilityHost(child: UtilityProcessLike): HostProcess {
  return {
    port: portOfUtility(child),
    onExit: (handler) => child.on('exit', handler),
    kill: () => {
      // Its own kill() is a SIGTERM on Linux, which a process may put off.
      if (child.pid === undefined) child.kill();
      else killAtOnce(child.pid);
    },
  };
}

function killAtOnce(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ESRCH';
    if (!isGone) throw error;
  }
}
