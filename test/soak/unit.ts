/** The smallest practice unit: a short roster makes short syncs. */
export const UNIT = '9900000030';

/** Of every computer's file. */
export const DATABASE_KEY = '5a'.repeat(32);
