import { z } from 'zod';
import { errorCodes } from '../errors/catalogue.ts';
import type { ErrorCode } from '../errors/catalogue.ts';
import { batchRowSchema, batchSheetSchema } from '../batch/rows.ts';
import {
  entryKindSchema,
  fundTypeSchema,
  monthSchema,
  unitAccountSchema,
} from '../wire/primitives.ts';
import { bytesSchema, operation } from './contract.ts';
import type { Contract, EventContract } from './contract.ts';
import { exportJobContract } from './export.ts';

/**
 * The import job: one process for one piece of work with files, then it ends. It has no database, no
 * key and no network. Whoever starts it ends it after `IMPORT_DEADLINE_MS`; it ends itself above
 * `IMPORT_MEMORY_BYTES_MAX`. A job that ended without an answer is FILE_STOPPED.
 */
export const IMPORT_DEADLINE_MS = 30_000;
export const IMPORT_MEMORY_BYTES_MAX = 700 * 1024 * 1024;
export const FILE_BYTES_MAX = 30 * 1024 * 1024;
/** Rows with content below the heading: as many as one order takes. */
export const BATCH_ROWS_MAX = 20_000;
/** Rows in one `rows` event. */
export const IMPORT_SLICE_ROWS = 500;

/** `detail` of these codes is a sentence for the clerk, shown beside the catalogue's text. */
export const fileCodes = [
  'FILE_MISSING',
  'FILE_IN_USE',
  'FILE_DENIED',
  'FILE_EMPTY',
  'FILE_TOO_LARGE',
  'FILE_PASSWORD',
  'FILE_NOT_TABLE',
  'FILE_DAMAGED',
  'FILE_STOPPED',
  'FILE_LIMIT',
  'SHEET_NONE',
  'HEADING_MISSING',
  'HEADING_TWICE',
  'TEMPLATE_OTHER_KIND',
  'TEMPLATE_OLD',
  'ROWS_NONE',
  'ROWS_TOO_MANY',
] as const satisfies readonly ErrorCode[];

export const markSchema = z.strictObject({
  row: z.int().min(1),
  /** Letters; empty for the row as a whole. */
  column: z.string().max(3),
  code: z.enum(errorCodes),
  value: z.string().max(400),
  /** What the clerk reads in 错误原因. */
  text: z.string().max(600),
});
export type Mark = Readonly<z.output<typeof markSchema>>;

export const templateTermsSchema = z.strictObject({
  kind: entryKindSchema,
  unitAccount: unitAccountSchema,
  unitName: z.string(),
  businessMonth: monthSchema,
  fundTypes: z.array(fundTypeSchema).min(1),
  /** The unit's ratio; null where each employee has one. */
  ratio: z.int().nullable(),
  reasons: z.array(z.strictObject({ code: z.string(), label: z.string() })),
});
export type TemplateTerms = Readonly<z.output<typeof templateTermsSchema>>;

export const importContract = {
  /** Reads a file whole; its rows have come as `rows` events, in order, before the answer. */
  'import.read': operation(
    z.strictObject({ path: z.string().min(1), kind: entryKindSchema }),
    z.strictObject({
      sheet: batchSheetSchema,
      rowCount: z.int().min(1),
      /** The file as read, for the marked copy. */
      bytes: bytesSchema,
    }),
    fileCodes,
  ),
  /**
   * A copy of the clerk's own workbook with the cells marked and a column 错误原因; a fresh report
   * where the file cannot be patched (.xls, .csv, odd files).
   */
  'import.mark': operation(
    z.strictObject({
      bytes: bytesSchema,
      sheet: batchSheetSchema,
      kind: entryKindSchema,
      marks: z.array(markSchema),
    }),
    z.strictObject({ bytes: bytesSchema, manner: z.enum(['marked', 'report']) }),
    fileCodes,
  ),
  'import.template': operation(templateTermsSchema, z.strictObject({ bytes: bytesSchema }), []),
  ...exportJobContract,
} as const satisfies Contract;

export const importEvents = {
  rows: z.strictObject({ rows: z.array(batchRowSchema).min(1).max(IMPORT_SLICE_ROWS) }),
} as const satisfies EventContract;
