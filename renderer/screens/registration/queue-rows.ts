import { catalogue } from '../../../shared/errors/catalogue.ts';
import type { ErrorCode } from '../../../shared/errors/catalogue.ts';
import type { Draft } from '../../../shared/ipc/data.ts';
import type { Issue } from '../../../shared/rules/issue.ts';
import { toFen } from '../../../shared/rules/money.ts';
import { queue as words } from '../../text/registration.ts';
import type { Proposal } from './confirming.ts';

/** Not part of an order under way: may be deleted and confirmed. */
export function freeDrafts(drafts: readonly Draft[]): Draft[] {
  return drafts.filter((draft) => draft.orderId === null);
}

/** All that can be confirmed, with the totals as they are on screen. */
export function proposalOf(drafts: readonly Draft[], businessMonth: number): Proposal {
  const free = freeDrafts(drafts);
  return {
    ids: free.map((draft) => draft.id),
    count: free.length,
    fen: free.reduce((sum, draft) => toFen(sum + draft.totalFen), 0),
    businessMonth,
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

/** The centre's own words where its code is not one of ours. */
function sentenceOf(issue: Issue): string {
  const { text, next } = catalogue[issue.code];
  return issue.code === 'ORDER_REJECTED' ? issue.rule : `${text}${next}`;
}

/** Why the row was refused, in whole sentences; empty where it was not. */
export function refusalOf(draft: Draft): string {
  if (draft.orderId !== null) return '';
  return draft.issues
    .filter((issue) => issue.severity !== 'notice')
    .map(sentenceOf)
    .join('');
}

/** What was adjusted at 录入, in whole sentences. */
export function noticesOf(draft: Draft): string[] {
  const texts = draft.issues
    .filter((issue) => issue.severity === 'notice')
    .map((issue) =>
      issue.code === 'RATIO_RANGE'
        ? words.ratioForced(draft.typed.ratio ?? '', draft.unitRatio)
        : catalogue[issue.code].text,
    );
  return [...new Set(texts)];
}

/** What the clerk should know about a row, in few words; empty for most. */
export function noteOf(draft: Draft): string {
  if (draft.orderId !== null) return words.inFlight;
  const refusal = refusalOf(draft);
  if (refusal !== '') return refusal;
  const has = (code: ErrorCode) => draft.issues.some((issue) => issue.code === code);
  const notes = [
    ...(draft.base > draft.typedBase ? [words.raised(toFen(draft.base))] : []),
    ...(draft.base < draft.typedBase ? [words.lowered(toFen(draft.base))] : []),
    ...(has('RATIO_RANGE') ? [words.ratioUsed(draft.unitRatio)] : []),
    ...(has('TYPED_FULL_WIDTH') ? [words.halfWidth] : []),
    ...(has('ID_FIFTEEN') ? [words.fifteen] : []),
  ];
  return notes.join(words.and);
}
