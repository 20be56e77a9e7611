import { catalogue } from '../../../shared/errors/catalogue.ts';
import type { Order, UnitStatus } from '../../../shared/ipc/data.ts';
import type { WindowStatus } from '../../../shared/ipc/window.ts';
import type { ErrorCode } from '../../../shared/errors/catalogue.ts';
import { codeOfReason } from '../../help/errors/reason.ts';
import { auditTrail } from '../../text/audit-trail.ts';
import { filingWindow } from '../../../shared/rules/window.ts';
import type { FilingRules } from '../../../shared/rules/window.ts';
import { bar } from '../../text/frame.ts';
import { notices, outageText } from '../../text/notices.ts';
import { clockText, dayText, momentText } from '../../text/time.ts';
import { outageAt } from '../notices/outage.ts';
import type { PressingOutage } from '../notices/outage.ts';

const words = notices.bar;

/** The one thing that needs the clerk now, and the one button for it. */
export interface Notice {
  readonly tone: 'warn' | 'bad' | 'busy';
  readonly text: string;
  readonly action: NoticeAction | null;
  /** Whose entry explains it. */
  readonly code?: ErrorCode | undefined;
}

export type NoticeAction =
  | 'quit'
  | 'seeResults'
  | 'seeToday'
  | 'seeBackup'
  | 'startPlatform'
  | 'reconnect'
  | 'sync'
  /** Only with a single order that waits. */
  | 'cancelWaiting'
  | 'startRead'
  | 'seeNotices'
  | 'seeAudit';

export interface NoticeFacts {
  readonly status: WindowStatus;
  readonly unit: UnitStatus;
  /** A key was unlocked earlier in this window. */
  readonly unlockedOnce: boolean;
  /** Orders that wait for the opening. */
  readonly waiting: readonly Order[];
  /** A roster sync is under way: then nothing asks for one. */
  readonly syncing?: boolean;
  /** Of the centre's notices, the outage that is near or on. */
  readonly outage?: PressingOutage | null;
  /** What the start found under way; not where the screen shows it. */
  readonly startLine?: string;
}

/** Entries that wait to be confirmed, of all kinds. */
export function draftCount(unit: UnitStatus): number {
  return Object.values(unit.queueCounts).reduce((sum, count) => sum + count, 0);
}

/** A process behind the window that is away; also said before sign-in. */
export function hostNotice({ hosts }: WindowStatus): Notice | null {
  const states = Object.values(hosts);
  if (states.includes('givenUp')) {
    return { tone: 'bad', text: bar.hostGivenUp, action: 'quit', code: 'HOST_GIVEN_UP' };
  }
  if (states.includes('restarting')) {
    return { tone: 'busy', text: bar.hostRestarting, action: null, code: 'HOST_DIED' };
  }
  return null;
}

/** The key's driver failed and took the accepted PIN along; also said before sign-in. */
export function keyNotice({ key }: WindowStatus): Notice | null {
  if (!key.interrupted) return null;
  return {
    tone: 'warn',
    text: bar.keyInterrupted,
    action: 'startPlatform',
    code: 'KEY_DRIVER_FAILED',
  };
}

/** The centre asks for a newer program: nothing brings the channel back until it is installed. */
export function isTooOld({ platform }: WindowStatus): boolean {
  return platform.failure === 'CLIENT_TOO_OLD';
}

/** The most pressing matter first; null when there is none, and then there is no bar. */
export function chooseNotice(facts: NoticeFacts): Notice | null {
  const { status, unit, unlockedOnce } = facts;
  const trouble = hostNotice(status);
  if (trouble) return trouble;
  if (unit.stopped) {
    const { text, next } = catalogue[unit.stopped];
    return { tone: 'bad', text: `${text}${next}`, action: null, code: unit.stopped };
  }
  if (unit.auditBrokenAt !== null) {
    const text = auditTrail.brokenRecently(unit.auditBrokenAt);
    return { tone: 'bad', text, action: 'seeAudit' };
  }
  if (unit.diskFull) return { tone: 'bad', text: bar.diskFull, action: null };
  const key = keyNotice(status);
  if (key) return key;
  if (unlockedOnce && status.key.state === 'absent') {
    return { tone: 'warn', text: bar.keyPulled, action: 'startPlatform', code: 'KEY_REMOVED' };
  }
  if (isTooOld(status)) {
    return { tone: 'bad', text: bar.tooOld, action: null, code: 'CLIENT_TOO_OLD' };
  }
  const outage = outageNotice(facts);
  if (outage && facts.outage?.state === 'on') return outage;
  const isOnline = unit.channel === 'online';
  if (unit.lastSyncAt === null && !facts.syncing) {
    return { tone: 'warn', text: bar.rosterMissing, action: isOnline ? 'sync' : reach(status) };
  }
  if (facts.startLine !== undefined) {
    return { tone: 'busy', text: facts.startLine, action: 'startRead' };
  }
  if (unit.backupFailed) {
    const text = bar.backupFailed(catalogue[unit.backupFailed].text);
    return { tone: 'warn', text, action: 'seeBackup', code: unit.backupFailed };
  }
  if (unit.openOrders > 0) {
    return isOnline
      ? { tone: 'busy', text: bar.openOrders(unit.openOrders), action: 'seeResults' }
      : { tone: 'warn', text: bar.openOrdersOffline(unit.openOrders), action: reach(status) };
  }
  const kept = waitingNotice(facts);
  if (kept) return kept;
  if (unit.channel === 'waiting' && draftCount(unit) > 0) {
    return { tone: 'warn', text: bar.gatewayAway(draftCount(unit)), action: 'reconnect' };
  }
  return outage;
}

/** Orders left to the opening: what they lack, or when they go and what they need by then. */
function waitingNotice({ status, unit, waiting }: NoticeFacts): Notice | null {
  const [first] = waiting;
  if (!first?.opensAt) return null;
  const held = waiting.find((order) => order.reason !== '');
  if (held) {
    const code = codeOfReason(held.reason);
    return { tone: 'warn', text: bar.waitingHeld(held.reason), action: reach(status), code };
  }
  const outage = outageAt(unit.parameters?.notices ?? [], first.opensAt);
  const text = [
    bar.waiting(waiting.length, momentText(first.opensAt)),
    outage ? words.waiting(momentText(outage.until)) : bar.waitingNeeds,
  ].join('');
  return { tone: 'busy', text, action: waiting.length === 1 ? 'cancelWaiting' : 'seeToday' };
}

/** The centre will be, or is, out of reach by its own notice. */
function outageNotice({ outage: near, unit }: NoticeFacts): Notice | null {
  if (!near) return null;
  const { outage, state, closing } = near;
  if (state === 'on') {
    const text = words.on(momentText(outage.until));
    return { tone: 'warn', text, action: 'seeNotices', code: 'CENTRE_MAINTENANCE' };
  }
  const ahead = words.ahead(outageText(outage));
  const closes = unit.parameters && closesText(near, unit.parameters.filing);
  if (closing === 'no' || !closes) return { tone: 'warn', text: ahead, action: 'seeNotices' };
  const told = closing === 'into' ? words.closingBefore(closes) : words.closing(closes);
  return { tone: 'warn', text: ahead + told, action: 'seeNotices' };
}

/** When the month closes in which the outage begins. */
function closesText({ outage }: PressingOutage, filing: FilingRules): string {
  const { closesAtMs } = filingWindow(Date.parse(outage.from), filing);
  return `${dayText(closesAtMs)} ${clockText(closesAtMs)}`;
}

/** What brings the channel back: the key is unlocked already, or has to be. */
function reach(status: WindowStatus): 'reconnect' | 'startPlatform' {
  return status.key.state === 'unlocked' ? 'reconnect' : 'startPlatform';
}
