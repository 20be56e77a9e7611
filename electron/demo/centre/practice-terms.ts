import { policiesOf } from '../people/policies.ts';
import type { SeedTerms } from '../people/seed.ts';
import { readDay } from '../review/calendar.ts';
import type { Centre } from './centre.ts';

/** What newly made people are given: the bounds in force and the month now filed. */
export function seedTermsOf(centre: Pick<Centre, 'clock' | 'filing'>): SeedTerms {
  const { businessMonth } = readDay(centre.clock.nowMs(), centre.filing);
  const inForce = policiesOf(['10']).filter((policy) => policy.from <= businessMonth);
  const policy = inForce.at(-1);
  if (!policy) throw new Error(`no base bounds for ${businessMonth}`);
  return {
    minBase: policy.minBase,
    maxBase: policy.maxBase,
    businessMonth,
    nowIso: centre.clock.nowIso(),
  };
}
