import type { SyncChange, SyncFields } from '../../../shared/ipc/sync-difference.ts';
import { maskIdNumber } from '../../../shared/rules/identity.ts';
import { formatFen, toFen } from '../../../shared/rules/money.ts';
import { listMonths, toMonth } from '../../../shared/rules/months.ts';
import { formatRanges, toRanges } from '../../../shared/rules/month-ranges.ts';
import { rosterQuery } from '../../text/roster-query.ts';
import { syncDifference as words } from '../../text/sync-difference.ts';

const RANGES_NAMED_MAX = 3;

const moneyText = (fen: number) => formatFen(toFen(fen));

type Plain = Exclude<keyof SyncFields, 'paid'>;

/** Each field as it is shown, in the order in which a clerk looks for them. */
const readers: Readonly<Record<Plain, (fields: SyncFields) => string>> = {
  status: ({ status }) =>
    (rosterQuery.statusWords as Readonly<Record<string, string>>)[status] ?? status,
  base: ({ base }) => moneyText(base),
  unitRatio: ({ unitRatio }) => `${unitRatio}%`,
  personalRatio: ({ personalRatio }) => `${personalRatio}%`,
  unitFen: ({ unitFen }) => moneyText(unitFen),
  personalFen: ({ personalFen }) => moneyText(personalFen),
  name: ({ name }) => name,
  idType: ({ idType }) => idType,
  idNumber: ({ idNumber }) => maskIdNumber(idNumber),
  openedMonth: ({ openedMonth }) => String(openedMonth),
};
const plainFields = Object.keys(readers) as readonly Plain[];
/** What is said of somebody who came or went. */
const portrait = ['status', 'base', 'unitFen', 'personalFen'] as const;

/** What changed, field by field, as one line; of who is new or gone what there is to know. */
export function changeText({ before, after }: SyncChange): string {
  if (!before || !after) {
    const fields = after ?? before;
    if (!fields) return '';
    return portrait.map((field) => `${words.fields[field]} ${readers[field](fields)}`).join('，');
  }
  const changed = plainFields
    .filter((field) => before[field] !== after[field])
    .map((field) =>
      words.change(words.fields[field], readers[field](before), readers[field](after)),
    );
  const months = words.months(monthsOnlyIn(after, before), monthsOnlyIn(before, after));
  return [...changed, ...(months === '' ? [] : [months])].join('，');
}

function monthsOnlyIn(fields: SyncFields, other: SyncFields): string {
  const known = new Set(monthsOf(other));
  const months = monthsOf(fields).filter((month) => !known.has(month));
  return months.length === 0 ? '' : formatRanges(toRanges(months), RANGES_NAMED_MAX);
}

function monthsOf({ paid }: SyncFields) {
  return paid.flatMap(([from, to]) => listMonths(toMonth(from), toMonth(to)));
}
