import type { SessionContext } from '../ports.ts';
import { UnitSession } from '../session/unit-session.ts';

/** Channel and session of one open unit. Nothing is sent before the first `hello` or `signIn`. */
export function openSession(context: SessionContext): UnitSession {
  return new UnitSession(context);
}
