/** The smallest practice unit: a short roster makes short syncs. */
export const UNIT = '9900000030';
