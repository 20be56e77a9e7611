import { dateAt } from '../../../shared/rules/dates.ts';

/** Of today the newest three, of each day before the newest one, ten in all. */
export const TODAY_MAX = 3;
export const BACKUPS_MAX = 10;

/** The names to be removed. Days are the centre's. */
export function chooseOutdated(
  backups: readonly { readonly name: string; readonly at: string }[],
  now: string,
): string[] {
  const today = dateAt(Date.parse(now));
  const newestFirst = [...backups].sort((a, b) => b.at.localeCompare(a.at));
  const perDay = new Map<string, number>();
  let total = 0;
  const outdated: string[] = [];
  for (const { name, at } of newestFirst) {
    const day = dateAt(Date.parse(at));
    const before = perDay.get(day) ?? 0;
    const isKept = before < (day === today ? TODAY_MAX : 1) && total < BACKUPS_MAX;
    if (!isKept) outdated.push(name);
    else {
      perDay.set(day, before + 1);
      total += 1;
    }
  }
  return outdated;
}
