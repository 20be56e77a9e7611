import type { ErrorCode } from '../errors/catalogue.ts';

/** What a file that is saved may fail with. */
export const saveCodes = [
  'FILE_IN_USE',
  'FILE_DENIED',
  'FILE_WRITE_FAILED',
] as const satisfies readonly ErrorCode[];
