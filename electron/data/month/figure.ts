import { succeed } from '../../../shared/errors/result.ts';
import type { Result } from '../../../shared/errors/result.ts';
import { MONTH_PAGE_MAX } from '../../../shared/wire/limits.ts';
import {
  monthChangesAnswerSchema,
  monthFigureAnswerSchema,
  monthMembersAnswerSchema,
} from '../../../shared/wire/month-close.ts';
import type {
  MonthChange,
  MonthFigure,
  MonthListBody,
  MonthMember,
} from '../../../shared/wire/month-close.ts';
import { hashHex, proveMonthFigure, unproven } from '../channel/proof.ts';
import type { CentreTrust } from '../channel/proof.ts';
import type { Channel } from '../ports.ts';

/** Where figures come from. */
export interface FigureSource {
  readonly channel: Channel;
  readonly trust: CentreTrust;
  readonly unitAccount: string;
}

/** A figure whose signature was verified. */
export interface ProvenFigure {
  readonly figure: MonthFigure;
  readonly bytes: Uint8Array;
  readonly hash: string;
}

/** WL5001. ANSWER_UNPROVEN where it is not the centre's, of another unit, month, or does not add up. */
export async function askFigure(
  { channel, trust, unitAccount }: FigureSource,
  businessMonth: number,
): Promise<Result<ProvenFigure>> {
  const answer = await channel.ask('WL5001', { businessMonth }, monthFigureAnswerSchema);
  if (!answer.ok) return answer;
  const bytes = Buffer.from(answer.value.figure, 'base64');
  const proven = proveMonthFigure(bytes, trust);
  if (!proven.ok) return proven;
  const figure = proven.value;
  if (figure.unit !== unitAccount) return unproven('figure of another unit');
  if (figure.businessMonth !== businessMonth) return unproven('figure of another month');
  return succeed({ figure, bytes, hash: hashHex(bytes) });
}

/** The books moved while the pages came: what was read is of two states. */
export const MOVED = Symbol('moved');

/** WL5002: all changes from the start of the month on. */
export async function askChanges(
  { channel }: FigureSource,
  figure: MonthFigure,
): Promise<Result<MonthChange[] | typeof MOVED>> {
  return readPages(
    figure,
    (body) => channel.ask('WL5002', { ...body, list: 'changes' }, monthChangesAnswerSchema),
    ({ changes }) => changes,
  );
}

/** WL5002: who is 正常 at the end of a month. */
export async function askMembers(
  { channel }: FigureSource,
  figure: MonthFigure,
  businessMonth: number,
): Promise<Result<MonthMember[] | typeof MOVED>> {
  return readPages(
    { ...figure, businessMonth },
    (body) => channel.ask('WL5002', { ...body, list: 'members' }, monthMembersAnswerSchema),
    ({ members }) => members,
  );
}

interface Page {
  readonly rosterVersion: number;
  readonly resultsCursor: number;
  readonly next: string | null;
}

async function readPages<P extends Page, Row>(
  { businessMonth, rosterVersion, resultsCursor }: MonthFigure,
  ask: (body: Omit<MonthListBody, 'list'>) => Promise<Result<P>>,
  rowsOf: (page: P) => readonly Row[],
): Promise<Result<Row[] | typeof MOVED>> {
  const rows: Row[] = [];
  const seen = new Set<string>();
  for (let after: string | null = ''; after !== null;) {
    // a page that leads back would be asked for for ever
    if (seen.has(after)) return unproven('pages in a circle');
    seen.add(after);
    const page: Result<P> = await ask({ businessMonth, after, limit: MONTH_PAGE_MAX });
    if (!page.ok) return page;
    const { value } = page;
    if (value.rosterVersion !== rosterVersion || value.resultsCursor !== resultsCursor) {
      return succeed(MOVED);
    }
    rows.push(...rowsOf(value));
    after = value.next;
  }
  return succeed(rows);
}
