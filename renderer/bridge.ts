import type { z } from 'zod';
import { fail } from '../shared/errors/result.ts';
import type { EventOf, ResultOf } from '../shared/ipc/contract.ts';
import type { WindowBridge, windowContract, windowEvents } from '../shared/ipc/window.ts';

declare global {
  interface Window {
    /** Exposed by the preload; the only way out of the window. */
    readonly jiaocuntong: WindowBridge;
  }
}

type Operations = typeof windowContract;
type Events = typeof windowEvents;

/**
 * Asks main. Never throws: a call that came to no answer is INTERNAL, whose outcome is unknown,
 * so callers read again what they show and never send a write a second time by themselves.
 */
export async function ask<Op extends keyof Operations>(
  op: Op,
  request: z.input<Operations[Op]['request']>,
): Promise<ResultOf<Operations, Op>> {
  try {
    return await window.jiaocuntong.invoke(op, request);
  } catch (error) {
    return fail('INTERNAL', `${op}: ${String(error)}`);
  }
}

/** Follows an event; the answer ends it. */
export function listen<Name extends keyof Events>(
  name: Name,
  listener: (payload: EventOf<Events, Name>) => void,
): () => void {
  return window.jiaocuntong.on(name, listener);
}

export type Changed = EventOf<Events, 'changed'>['what'][number];
