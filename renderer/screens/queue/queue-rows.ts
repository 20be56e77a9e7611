import { catalogue } from '../../../shared/errors/catalogue.ts';
import type { ErrorCode } from '../../../shared/errors/catalogue.ts';
import type { Draft } from '../../../shared/ipc/entries.ts';
import { toEighteen } from '../../../shared/rules/identity.ts';
import type { Issue } from '../../../shared/rules/issue.ts';
import { toFen } from '../../../shared/rules/money.ts';
import { normaliseTyped } from '../../../shared/rules/typed.ts';
import { queue as words } from '../../text/queue.ts';
import type { Sort } from '../../parts/grid-head.tsx';
import { sentenceOf } from '../entry/messages.ts';

/** Not part of an order under way: may be edited and deleted. */
export function freeDrafts(drafts: readonly Draft[]): Draft[] {
  return drafts.filter((draft) => draft.orderId === null);
}

export interface QueueTotals {
  /** What 确认 takes. */
  readonly ids: readonly string[];
  readonly count: number;
  /** Of whom: one person may have several back-payments. */
  readonly people: number;
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
    people: new Set(holding.map(({ idNumber }) => toEighteen(idNumber))).size,
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

/** Said in the form all day long; of no use in every row. */
const unsaid: ErrorCode = 'LANDS_NEXT_MONTH';

function noticesIn({ issues }: Draft): Issue[] {
  return issues.filter(({ severity, code }) => severity === 'notice' && code !== unsaid);
}

/** The centre's own words where its code is not one of ours. */
function refusalSentence(issue: Issue): string {
  return issue.code === 'ORDER_REJECTED' ? issue.rule : sentenceOf(issue) + issue.fix;
}

function gravest({ issues }: Draft): Issue[] {
  return issues.filter(({ severity }) => severity !== 'notice');
}

/** Why the centre refused a row or it no longer holds, in whole sentences; empty for most. */
export function refusalOf(draft: Draft): string {
  if (draft.orderId !== null) return '';
  const sentences = [...new Set(gravest(draft).map(refusalSentence))];
  if (sentences.length > 0 || draft.holds) return sentences.join('');
  const { text, next } = catalogue.DRAFT_OUTDATED;
  return text + next;
}

/** The codes behind `refusalOf`, each once. */
export function refusalCodes(draft: Draft): readonly ErrorCode[] {
  if (refusalOf(draft) === '') return [];
  const codes = [...new Set(gravest(draft).map(({ code }) => code))];
  return codes.length > 0 ? codes : ['DRAFT_OUTDATED'];
}

/** What was adjusted at 录入, in whole sentences. */
export function noticesOf(draft: Draft): string[] {
  const { typed, unitRatio } = draft;
  const texts = noticesIn(draft).map(({ code }) =>
    code === 'RATIO_RANGE' && typed.kind === 'registration'
      ? words.ratioForced(typed.ratio ?? '', unitRatio)
      : catalogue[code].text,
  );
  return [...new Set(texts)];
}

/** What the clerk should know about a row, in few words; undefined for most. `waiting`: orders for the opening. */
export function noteOf(draft: Draft, waiting: ReadonlySet<string>): Note | undefined {
  const { orderId } = draft;
  if (orderId !== null) {
    const text = waiting.has(orderId) ? words.waiting : words.inFlight;
    return { tone: 'busy', text, more: text };
  }
  const refusal = refusalOf(draft);
  if (refusal !== '') return { tone: 'bad', text: refusal, more: refusal };
  const texts = [clampOf(draft), ...noticesIn(draft).map((issue) => shortOf(issue, draft))];
  const text = [...new Set(texts)].filter((one) => one !== '').join(words.and);
  if (text === '') return undefined;
  const more = [...new Set(noticesIn(draft).map(sentenceOf))].join('');
  return { tone: 'warn', text, more: more === '' ? text : more };
}

/** Empty for a limit whose amount is named in its place. */
function shortOf({ code }: Issue, draft: Draft): string {
  if (code === 'BASE_BELOW' || code === 'BASE_ABOVE') {
    return clampOf(draft) === '' ? words.adjusted : '';
  }
  if (code === 'RATIO_RANGE') return words.ratioUsed(draft.unitRatio);
  if (code === 'TYPED_FULL_WIDTH') return words.halfWidth;
  if (code === 'ID_FIFTEEN') return words.fifteen;
  return catalogue[code].text.replace(/\p{Po}$/u, '');
}

function clampOf({ kind, base, typedBase }: Draft): string {
  if (kind !== 'registration' || base === typedBase) return '';
  return base > typedBase ? words.raised(toFen(base)) : words.lowered(toFen(base));
}
