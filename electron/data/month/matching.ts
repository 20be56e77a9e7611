import type { MonthLine, MonthSide } from '../../../shared/ipc/month-close.ts';
import type { Receipt } from '../../../shared/wire/orders.ts';
import type { MemberMoney, MonthChange } from '../../../shared/wire/month-close.ts';
import { memberKey } from './own-books.ts';
import type { Members, OwnChange } from './own-books.ts';

/** What a line says before it has its number. */
export type FoundLine = Omit<MonthLine, 'number'>;

export interface Matched {
  /** What our books hold to have taken effect, oldest first. */
  readonly ours: readonly MonthChange[];
  /** Of the month asked for: what does not agree, or was not ordered here. */
  readonly lines: readonly FoundLine[];
}

export interface Evidence {
  readonly businessMonth: number;
  /** The centre's word, oldest first. */
  readonly centre: readonly MonthChange[];
  readonly own: readonly OwnChange[];
  /** The local roster. */
  readonly members: Members;
  readonly isOwnOrder: (oid: string) => boolean;
  /** Receipt of an order of another computer. */
  readonly receiptOf: (oid: string) => Receipt | undefined;
}

/**
 * Holds every change of the centre against what is known here: an entry of ours with its result, a
 * receipt of another computer's order, or, for what was done at the centre itself, the roster that the
 * last sync brought. What nothing here speaks for is not ours.
 */
export function matchChanges(evidence: Evidence): Matched {
  const own = new Map(evidence.own.map((change) => [lineKey(change.oid, change.seq), change]));
  const confirmed = findConfirmed(evidence);
  const elsewhere = new OtherOrders(evidence);
  const ours: MonthChange[] = [];
  const lines: FoundLine[] = [];
  const note = (standing: FoundLine['standing'], mine?: MonthChange, theirs?: MonthChange) => {
    const change = mine ?? theirs;
    const months = [mine?.businessMonth, theirs?.businessMonth];
    if (change && months.includes(evidence.businessMonth)) {
      lines.push(lineOf(standing, change, mine, theirs));
    }
  };
  for (const change of evidence.centre) {
    const mine = change.oid === null ? undefined : own.get(lineKey(change.oid, change.seq));
    if (mine) {
      own.delete(lineKey(mine.oid, mine.seq));
      ours.push(withBaseOf(mine, change));
      if (!isSame(mine, change)) note('differs', mine, change);
    } else if (change.oid === null ? confirmed.has(change) : elsewhere.take(change)) {
      ours.push(change);
      note(change.oid === null ? 'counter' : 'elsewhere', change, change);
    } else {
      note('onlyCentre', undefined, change);
    }
  }
  for (const mine of own.values()) {
    ours.push(mine);
    note('onlyHere', mine);
  }
  return { ours, lines };
}

/** Orders of other computers: as many lines as the receipt says, and of its kind. */
class OtherOrders {
  readonly #evidence: Evidence;
  readonly #left = new Map<string, { readonly kind: string; count: number }>();

  constructor(evidence: Evidence) {
    this.#evidence = evidence;
  }

  take({ oid, kind }: MonthChange): boolean {
    if (oid === null || this.#evidence.isOwnOrder(oid)) return false;
    let left = this.#left.get(oid);
    if (!left) {
      const receipt = this.#evidence.receiptOf(oid);
      left = { kind: receipt?.kind ?? '', count: receipt?.count ?? 0 };
      this.#left.set(oid, left);
    }
    if (left.kind !== kind || left.count === 0) return false;
    left.count -= 1;
    return true;
  }
}

/** Changes at the centre itself whose outcome the local roster shows. */
function findConfirmed({ centre, members }: Evidence): ReadonlySet<MonthChange> {
  const last = new Map<string, MonthChange>();
  for (const change of centre) if (change.paidFen === 0) last.set(keyOf(change), change);
  return new Set(
    centre.filter(({ oid, ...change }) => {
      const outcome = last.get(keyOf(change))?.after ?? null;
      return oid === null && isSameMoney(outcome, members.get(keyOf(change)) ?? null);
    }),
  );
}

/** Undoes changes, newest first: who was a member before them. */
export function undo(members: Members, changes: readonly MonthChange[]): void {
  for (const change of [...changes].reverse()) {
    if (change.kind === 'missedBackPay' || change.kind === 'shortfallBackPay') continue;
    if (change.before) members.set(keyOf(change), change.before);
    else members.delete(keyOf(change));
  }
}

export function isSameMoney(a: MemberMoney | null, b: MemberMoney | null): boolean {
  if (a === null || b === null) return a === b;
  return a.base === b.base && a.unitFen === b.unitFen && a.personalFen === b.personalFen;
}

/** What is ours is compared; the wage of a reduction is no part of the order. */
function isSame(mine: OwnChange, theirs: MonthChange): boolean {
  const compared = withBaseOf(mine, theirs);
  return (
    mine.businessMonth === theirs.businessMonth &&
    mine.kind === theirs.kind &&
    keyOf(mine) === keyOf(theirs) &&
    mine.paidFen === theirs.paidFen &&
    isSameMoney(compared.before, theirs.before) &&
    isSameMoney(compared.after, theirs.after)
  );
}

function withBaseOf(mine: OwnChange, theirs: MonthChange): MonthChange {
  if (!mine.before || !theirs.before) return mine;
  return { ...mine, before: { ...mine.before, base: theirs.before.base } };
}

function lineOf(
  standing: FoundLine['standing'],
  change: MonthChange,
  mine: MonthChange | undefined,
  theirs: MonthChange | undefined,
): FoundLine {
  return {
    standing,
    about: change.kind,
    personalAccount: change.personalAccount,
    fundType: change.fundType,
    name: change.name,
    oid: change.oid ?? '',
    ours: mine ? sideOf(mine) : null,
    centre: theirs ? sideOf(theirs) : null,
  };
}

function sideOf({ kind, businessMonth, before, after, paidFen }: MonthChange): MonthSide {
  const money = after ?? before ?? { base: 0, unitFen: 0, personalFen: 0 };
  const moved = kind === 'counter' ? { moved: { before, after } } : {};
  return { businessMonth, ...money, paidFen, ...moved };
}

function keyOf({ personalAccount, fundType }: Pick<MonthChange, 'personalAccount' | 'fundType'>) {
  return memberKey(personalAccount, fundType);
}

function lineKey(oid: string, seq: number): string {
  return `${oid} ${seq}`;
}
