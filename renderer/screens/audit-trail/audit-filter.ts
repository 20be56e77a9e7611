import type { RequestOf } from '../../../shared/ipc/contract.ts';
import type { windowContract } from '../../../shared/ipc/window.ts';
import { CENTRE_UTC_OFFSET_MS } from '../../../shared/rules/dates.ts';

/** Rows fetched at a time. */
export const AUDIT_WINDOW_ROWS = 200;
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

export function auditRequest({ from, to, event, text }: AuditFilter, page: number): Request {
  return {
    ...(from === '' ? {} : { from: startOfDay(from, 0) }),
    ...(to === '' ? {} : { before: startOfDay(to, DAY_MS) }),
    ...(event === '' ? {} : { event }),
    text,
    offset: page * AUDIT_WINDOW_ROWS,
    limit: AUDIT_WINDOW_ROWS,
  };
}

/** Midnight of a day at the centre, in UTC. */
function startOfDay(day: string, plusMs: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - CENTRE_UTC_OFFSET_MS + plusMs).toISOString();
}

export function auditPagesOf(first: number, end: number): number[] {
  const pages: number[] = [];
  const last = Math.floor(Math.max(first, end - 1) / AUDIT_WINDOW_ROWS);
  for (let page = Math.floor(first / AUDIT_WINDOW_ROWS); page <= last; page += 1) pages.push(page);
  return pages;
}
