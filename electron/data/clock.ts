import { succeed } from '../../shared/errors/result.ts';
import type { Clock, UnitDatabase } from './ports.ts';

/** A smaller change of the offset is not worth a write: it only matters for the next start. */
const REMEMBER_FROM_MS = 1_000;
const META_KEY = 'clock.offsetMs';

/**
 * The centre's clock by this computer's, which may be years off but has to tick. The offset of the
 * last exchange is kept, so that a start without network still knows the centre's date.
 */
export function openClock(database: UnitDatabase, localMs: () => number = Date.now): Clock {
  let rememberedMs = readOffset(database);
  let offsetMs = rememberedMs;
  const nowMs = () => localMs() + offsetMs;
  return {
    get offsetMs() {
      return offsetMs;
    },
    nowMs,
    now: () => new Date(nowMs()).toISOString(),
    measure: (serverTime) => {
      offsetMs = Math.round(Date.parse(serverTime) - localMs());
      if (Math.abs(offsetMs - rememberedMs) < REMEMBER_FROM_MS) return;
      const written = database.write(() => {
        database.meta.set(META_KEY, String(offsetMs));
        return succeed(undefined);
      });
      // on a full disk the next exchange tries again
      if (written.ok) rememberedMs = offsetMs;
    },
  };
}

function readOffset(database: UnitDatabase): number {
  const offsetMs = Number(database.meta.get(META_KEY) ?? 0);
  return Number.isSafeInteger(offsetMs) ? offsetMs : 0;
}
