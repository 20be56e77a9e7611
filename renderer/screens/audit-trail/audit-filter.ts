import type { RequestOf } from '../../../shared/ipc/contract.ts';
import type { windowContract } from '../../../shared/ipc/window.ts';
import { CENTRE_UTC_OFFSET_MS } from '../../../shared/rules/dates.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

export interface AuditFilter {
  /** First and last day, `2026-11-18` by the centre's calendar; empty for all. */
  readonly from: string;
  readonly to: string;
  /** As stored; empty for all. */
  readonly event: string;
  readonly text: string;
}

export const noAuditFilter: AuditFilter = { from: '', to: '', event: '', text: '' };

export function isAuditFiltered(filter: AuditFilter): boolean {
  return Object.values(filter).some((value) => value !== '');
}

type Request = RequestOf<typeof windowContract, 'audit.list'>;

/** The question for some of the rows that match. */
export function auditRequest(
  { from, to, event, text }: AuditFilter,
  offset: number,
  limit: number,
): Request {
  return {
    ...(from === '' ? {} : { from: startOfDay(from, 0) }),
    ...(to === '' ? {} : { before: startOfDay(to, DAY_MS) }),
    ...(event === '' ? {} : { event }),
    text,
    offset,
    limit,
  };
}

/** Midnight of a day at the centre, in UTC. */
function startOfDay(day: string, plusMs: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - CENTRE_UTC_OFFSET_MS + plusMs).toISOString();
}
