import type { ChildProcess } from 'node:child_process';

/** One end of a channel between two processes. Messages are structured-cloned, in order. */
export interface Port {
  /** Throws only when the message cannot be cloned. After the close it does nothing. */
  post(message: unknown): void;
  onMessage(handler: (message: unknown) => void): void;
  /** Called once, after the last message that came through. */
  onClose(handler: () => void): void;
}

/** What Electron's `process.parentPort` has; no import of electron here. */
export interface ParentPortLike {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
}

/** What Electron's UtilityProcess has. */
export interface UtilityProcessLike {
  readonly pid: number | undefined;
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  kill(): boolean;
}

/** The parent of this process, whichever way it was started; throws when nobody started it. */
export function hostPort(): Port {
  return parentPortOfElectron() ? electronChildPort() : nodeChildPort();
}

/** Inside a utilityProcess. */
function electronChildPort(): Port {
  const parentPort = parentPortOfElectron();
  if (!parentPort) throw new Error('this process was not started as a utilityProcess');
  return {
    post: (message) => {
      parentPort.postMessage(message);
    },
    onMessage: (handler) =>
      parentPort.on('message', (event) => {
        handler(event.data);
      }),
    onClose: (handler) => parentPort.on('close', handler),
  };
}

function parentPortOfElectron(): ParentPortLike | null {
  const { parentPort } = process as unknown as { parentPort?: ParentPortLike | null };
  return parentPort ?? null;
}

/** Inside a process forked with `serialization: 'advanced'`. */
function nodeChildPort(): Port {
  if (!process.send) throw new Error('this process was not forked');
  return {
    post: (message) => {
      // The callback takes what would be an 'error' event: a parent that went away shows as close.
      if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
    },
    onMessage: (handler) => process.on('message', handler),
    onClose: (handler) => process.once('disconnect', handler),
  };
}

/** The parent's end of a process forked with `serialization: 'advanced'`. */
export function portOfFork(child: ChildProcess): Port {
  return {
    post: (message) => {
      if (child.connected) child.send(message as object, () => undefined);
    },
    onMessage: (handler) => child.on('message', handler),
    onClose: (handler) => {
      let isClosed = false;
      const close = () => {
        if (isClosed) return;
        isClosed = true;
        handler();
      };
      child.once('disconnect', close);
      child.once('close', close); // a process that never started is not disconnected
    },
  };
}

/** The parent's end of an Electron utilityProcess. */
export function portOfUtility(child: UtilityProcessLike): Port {
  let isClosed = false;
  child.on('exit', () => {
    isClosed = true;
  });
  return {
    post: (message) => {
      if (!isClosed) child.postMessage(message);
    },
    onMessage: (handler) => child.on('message', handler),
    onClose: (handler) =>
      child.on('exit', () => {
        handler();
      }),
  };
}
