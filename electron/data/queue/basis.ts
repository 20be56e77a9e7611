import { dateAt } from '../../../shared/rules/dates.ts';
import { filingWindow } from '../../../shared/rules/window.ts';
import type { Parameters } from '../../../shared/wire/parameters.ts';
import type { Clock, UnitDatabase } from '../ports.ts';

/**
 * Everything the checks of entries look at besides the entry: parameters, roster, drafts, results,
 * the day. While this text is the same, what was checked still holds.
 */
export function readBasisOf(parts: {
  readonly database: UnitDatabase;
  readonly clock: Clock;
  readonly parameters: () => Parameters | null;
}): () => string {
  const stored = parts.database.handle
    .prepare<[], unknown[]>(
      `SELECT roster_generation, roster_version, coalesce(last_sync_at, ''),
         (SELECT number FROM draft_change), (SELECT cursor FROM result_cursor) FROM unit`,
    )
    .raw();
  return () => {
    const parameters = parts.parameters();
    if (!parameters) return '';
    const nowMs = parts.clock.nowMs();
    const { version, businessMonth, filing } = parameters;
    const { mayLandNextMonth } = filingWindow(nowMs, filing);
    const day = [dateAt(nowMs), mayLandNextMonth, version, businessMonth];
    return JSON.stringify([...(stored.get() ?? []), ...day]);
  };
}
