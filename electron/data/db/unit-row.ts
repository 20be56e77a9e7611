import type { UnitDatabase } from '../ports.ts';

/** The one row of table `unit`. */
export interface UnitRow {
  readonly unitName: string;
  /** 0 before the first sign-in. */
  readonly businessMonth: number;
  readonly parameterVersion: number;
  readonly rosterGeneration: number;
  readonly rosterVersion: number;
  readonly rosterCount: number;
  /** Sum of 月缴存额 over the roster. */
  readonly rosterFen: number;
  readonly rosterDigest: string;
  readonly lastSyncAt: string | null;
}

export function readUnit({ handle }: UnitDatabase): UnitRow {
  const row = handle
    .prepare<[], UnitRow>(
      `SELECT unit_name AS unitName, business_month AS businessMonth,
         parameter_version AS parameterVersion, roster_generation AS rosterGeneration,
         roster_version AS rosterVersion, roster_count AS rosterCount, roster_fen AS rosterFen,
         roster_digest AS rosterDigest, last_sync_at AS lastSyncAt
       FROM unit`,
    )
    .get();
  if (!row) throw new Error('unit: no row');
  return row;
}
