import type { Database } from 'better-sqlite3';
import { createFirstSchema } from './0001-first-schema.ts';
import { addAllEntries } from './0002-all-entries.ts';
import { addBatches } from './0003-batches.ts';
import { addOrderEvents } from './0004-order-events.ts';
import { addQueries } from './0005-queries.ts';
import { addMonthFigures } from './0006-month-figures.ts';
import { addSyncDifferences } from './0007-sync-differences.ts';
import { addNoticeMarks } from './0008-notice-marks.ts';

/**
 * A migration changes the schema and its data from the version before. Once shipped it is never
 * edited: what comes after is a new one at the end of the list.
 */
export type Migration = (database: Database) => void;

/** In order; `user_version` of a file is the number of migrations it has been through. */
export const migrations: readonly Migration[] = [
  createFirstSchema,
  addAllEntries,
  addBatches,
  addOrderEvents,
  addQueries,
  addMonthFigures,
  addSyncDifferences,
  addNoticeMarks,
];
