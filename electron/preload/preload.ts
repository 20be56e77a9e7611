import { contextBridge, ipcRenderer } from 'electron';
import type { WindowBridge } from '../../shared/ipc/window.ts';

/**
 * The only door between the window and the rest: named operations and named events.
 * Main checks sender and payload of everything that comes through (electron/main/contract.ts).
 */
const bridge: WindowBridge = {
  invoke: (op, request) => ipcRenderer.invoke(op, request) as never,
  on: (name, listener) => {
    const relay = (_event: unknown, payload: unknown) => {
      listener(payload as never);
    };
    ipcRenderer.on(`event:${name}`, relay);
    return () => {
      ipcRenderer.off(`event:${name}`, relay);
    };
  },
};

contextBridge.exposeInMainWorld('jiaocuntong', bridge);
