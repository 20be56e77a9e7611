import { catalogue } from '../../../shared/errors/catalogue.ts';
import type { Draft } from '../../../shared/ipc/entries.ts';
import { toFen } from '../../../shared/rules/money.ts';
import { normaliseTyped } from '../../../shared/rules/typed.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { queue as words } from '../../text/queue.ts';
import type { Sort } from '../../parts/grid-head.tsx';
import { ruleOf } from '../entry/messages.ts';

/** Not part of an order under way: may be edited and deleted. */
export function freeDrafts(drafts: readonly Draft[]): Draft[] {
  return drafts.filter((draft) => draft.orderId === null);
}

export interface QueueTotals {
  /** What 确认 takes. */
  readonly ids: readonly string[];
  readonly count: number;
  readonly fen: number;
  /** Rows that no longer hold, left out of it. */
  readonly excluded: number;
}

/** All that can be confirmed, with the totals as they are on screen. */
export function totalsOf(drafts: readonly Draft[]): QueueTotals {
  const free = freeDrafts(drafts);
  const holding = free.filter((draft) => draft.holds);
  return {
    ids: holding.map((draft) => draft.id),
    count: holding.length,
    fen: holding.reduce((sum, draft) => toFen(sum + draft.totalFen), 0),
    excluded: free.length - holding.length,
  };
}

/** The selection without what has gone or is under way. */
export function stillSelected(
  selected: ReadonlySet<string>,
  drafts: readonly Draft[],
): ReadonlySet<string> {
  return new Set(
    freeDrafts(drafts)
      .map((draft) => draft.id)
      .filter((id) => selected.has(id)),
  );
}

/** Rows with the text in name, account or ID number; spaces between digits do not matter. */
export function filterDrafts(drafts: readonly Draft[], typed: string): readonly Draft[] {
  const { text } = normaliseTyped(typed);
  if (text === '') return drafts;
  const digits = text.replaceAll(' ', '').toUpperCase();
  return drafts.filter(
    ({ name, personalAccount, idNumber }) =>
      name.includes(text) || personalAccount.includes(digits) || idNumber.includes(digits),
  );
}

export const sortKeys = [
  'name',
  'idNumber',
  'personalAccount',
  'reason',
  'from',
  'typedBase',
  'unitFen',
  'personalFen',
  'totalFen',
] as const;
export type SortKey = (typeof sortKeys)[number];

const names = new Intl.Collator('zh-CN');

/** By one column; without one in order of entry. Rows that are equal keep that order. */
export function sortDrafts(drafts: readonly Draft[], sort: Sort | undefined): readonly Draft[] {
  const key = sortKeys.find((one) => one === sort?.key);
  if (!sort || !key) return drafts;
  const turn = sort.descending ? -1 : 1;
  return drafts.toSorted((a, b) => turn * compare(a[key], b[key]));
}

function compare(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number'
    ? a - b
    : names.compare(String(a), String(b));
}

/** A click on a column: up, then down, then in order of entry again. */
export function nextSort(sort: Sort | undefined, key: string): Sort | undefined {
  if (sort?.key !== key) return { key, descending: false };
  return sort.descending ? undefined : { key, descending: true };
}

export interface Note {
  readonly tone: 'warn' | 'bad' | 'busy';
  readonly text: string;
  /** The whole of it, for a closer look. */
  readonly more: string;
}

const adjusted: readonly string[] = ['BASE_BELOW', 'BASE_ABOVE'];
/** Said in the form; of no use in every row. */
const unsaid: readonly string[] = ['TYPED_FULL_WIDTH', 'LANDS_NEXT_MONTH'];

/** What the clerk should know about a row; undefined for most. `waiting`: orders for the opening. */
export function noteOf(draft: Draft, waiting: ReadonlySet<string>): Note | undefined {
  const { orderId, issues } = draft;
  if (orderId !== null) {
    const text = waiting.has(orderId) ? words.waiting : words.inFlight;
    return { tone: 'busy', text, more: text };
  }
  if (!draft.holds) {
    const issue = issues.find(({ severity }) => severity !== 'notice') ?? issues[0];
    const { text } = catalogue[issue?.code ?? 'DRAFT_OUTDATED'];
    const more = issue ? text + ruleOf(issue) + issue.fix : text;
    return { tone: 'bad', text: withoutStop(text), more };
  }
  const clamp = clampOf(draft.kind, draft);
  if (clamp !== '') return { tone: 'warn', text: clamp, more: clamp };
  const notice = issues.find(({ code }) => !unsaid.includes(code));
  if (!notice) return undefined;
  const { text } = catalogue[notice.code];
  const short = adjusted.includes(notice.code) ? words.adjusted : withoutStop(text);
  return { tone: 'warn', text: short, more: text + ruleOf(notice) };
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\p{Po}$/u, '');
}

function clampOf(kind: EntryKind, { base, typedBase }: Draft): string {
  if (kind !== 'registration' || base === typedBase) return '';
  return base > typedBase ? words.raised(toFen(base)) : words.lowered(toFen(base));
}
