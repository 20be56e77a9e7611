import type { Order } from '../../../shared/ipc/data.ts';
import { dateAt } from '../../../shared/rules/dates.ts';
import type { FilingWindow } from '../../../shared/rules/window.ts';
import type { CentreNotice, Outage } from '../../../shared/wire/parameters.ts';

const HOUR_MS = 60 * 60 * 1000;
/** Said again though it was read. */
const SOON_MS = 2 * HOUR_MS;
/** Said until it is read. */
const UNREAD_AHEAD_MS = 24 * HOUR_MS;
/** One on the month's last day before its closing leaves less time than the clerk counts on. */
const CLOSING_AHEAD_MS = 48 * HOUR_MS;

export type OutageState = 'ahead' | 'on' | 'over';

export function outageState({ from, until }: Outage, nowMs: number): OutageState {
  if (nowMs >= Date.parse(until)) return 'over';
  return nowMs >= Date.parse(from) ? 'on' : 'ahead';
}

export interface PressingOutage {
  readonly outage: Outage;
  readonly state: 'ahead' | 'on';
  /** It takes of the last day's time; `into`: up to the closing and beyond. */
  readonly closing: 'no' | 'before' | 'into';
}

/** How an outage meets what is left of the month. */
function closingOf(
  { from, until }: Outage,
  window: FilingWindow | undefined,
): PressingOutage['closing'] {
  if (!window) return 'no';
  const fromMs = Date.parse(from);
  const untilMs = Date.parse(until);
  const isOnLastDay = dateAt(fromMs) <= window.closesOn && dateAt(untilMs) >= window.closesOn;
  if (!isOnLastDay || fromMs >= window.closesAtMs) return 'no';
  return untilMs >= window.closesAtMs ? 'into' : 'before';
}

/** The outage the clerk has to know of now: the one that is on, otherwise the next that is near. */
export function pressingOutage(
  notices: readonly CentreNotice[],
  isRead: (id: string) => boolean,
  window: FilingWindow | undefined,
  nowMs: number,
): PressingOutage | null {
  const near = notices.flatMap(({ id, outage }) => {
    if (!outage) return [];
    const state = outageState(outage, nowMs);
    if (state === 'over') return [];
    const closing = closingOf(outage, window);
    const aheadMs = Math.max(
      SOON_MS,
      isRead(id) ? 0 : UNREAD_AHEAD_MS,
      closing === 'no' ? 0 : CLOSING_AHEAD_MS,
    );
    return Date.parse(outage.from) - nowMs <= aheadMs ? [{ outage, state, closing }] : [];
  });
  const [first] = near.toSorted((a, b) => Date.parse(a.outage.from) - Date.parse(b.outage.from));
  return first ?? null;
}

/** The outage within which an order is to go out; undefined for none. */
export function outageAt(
  notices: readonly CentreNotice[],
  opensAt: string | null,
): Outage | undefined {
  if (opensAt === null) return undefined;
  const at = Date.parse(opensAt);
  return notices.find(({ outage }) => outage && outageState(outage, at) === 'on')?.outage;
}

/** Orders left to an opening at which the centre is out of reach. */
export function heldByOutage(notices: readonly CentreNotice[], waiting: readonly Order[]) {
  const held = waiting.flatMap(({ opensAt }) => outageAt(notices, opensAt) ?? []);
  const [outage] = held;
  return outage ? { outage, count: held.length } : null;
}
