import { z } from 'zod';
import { bytesSchema, operation } from './contract.ts';
import type { Contract } from './contract.ts';
import { saveCodes } from './files.ts';

/**
 * 导出 Excel: a list of the window as a workbook. The window says what stands in the head and sends
 * the rows page by page; main asks where to save, and a job process of its own writes. One at a time.
 */

/** Rows in one `rows` call. */
export const EXPORT_PAGE_ROWS = 500;
/** Of the whole export; a call of the job is allowed this much as well. */
export const EXPORT_DEADLINE_MS = 600_000;
/** What the job process has memory for, with room to spare. */
export const EXPORT_ROWS_MAX = 150_000;

/**
 * text: exactly as it is, never computed · money: fen, written as yuan with two decimals ·
 * count: a whole number · percent: whole percent, shown with its sign.
 */
const exportFormSchema = z.enum(['text', 'money', 'count', 'percent']);
export type ExportForm = z.output<typeof exportFormSchema>;

const exportColumnSchema = z.strictObject({
  title: z.string().min(1).max(40),
  form: exportFormSchema,
  /** In characters of the sheet's font. */
  width: z.int().min(4).max(80),
});
export type ExportColumn = Readonly<z.output<typeof exportColumnSchema>>;

export const exportHeadSchema = z.strictObject({
  /** Of the sheet as well. */
  title: z.string().min(1).max(31),
  /** Lines above the table: the unit, the query's conditions, the time, sums. */
  facts: z.array(z.string().max(600)).max(12),
  columns: z.array(exportColumnSchema).min(1).max(60),
});
export type ExportHead = Readonly<z.output<typeof exportHeadSchema>>;

/** Text for a column of text, a whole number for the others; null: nothing. */
const exportCellSchema = z.union([z.string().max(32_767), z.int(), z.null()]);
export type ExportCell = z.output<typeof exportCellSchema>;

const exportRowsSchema = z.strictObject({
  rows: z.array(z.array(exportCellSchema).max(60)).min(1).max(EXPORT_PAGE_ROWS),
});
export type ExportRows = z.output<typeof exportRowsSchema>['rows'];

const nothing = z.strictObject({});

/** Part of `importContract`: the job process that writes. */
export const exportJobContract = {
  'export.begin': operation(exportHeadSchema, nothing, []),
  'export.rows': operation(exportRowsSchema, nothing, []),
  'export.finish': operation(nothing, z.strictObject({ bytes: bytesSchema }), []),
} as const satisfies Contract;

/** Part of `windowContract`. */
export const exportContract = {
  /** Asks where to save; `started` is false when the clerk chose nothing. Ends an export left behind. */
  'export.begin': operation(
    z.strictObject({ fileName: z.string().min(1).max(150), head: exportHeadSchema }),
    z.strictObject({ started: z.boolean() }),
    ['EXPORT_STOPPED'],
  ),
  'export.rows': operation(exportRowsSchema, nothing, ['EXPORT_STOPPED']),
  /** Notes it in 操作记录 and writes the file, whole or not at all. */
  'export.finish': operation(nothing, z.strictObject({ path: z.string(), rows: z.int().min(0) }), [
    'EXPORT_STOPPED',
    'NOT_SIGNED_IN',
    'DB_FULL',
    ...saveCodes,
  ]),
  'export.cancel': operation(nothing, nothing, []),
} as const satisfies Contract;

/** Part of `dataContract`: what has left the program goes into 操作记录 before it is written. */
export const outputContract = {
  'output.note': operation(
    z.strictObject({ what: z.string().min(1).max(60), rows: z.int().min(0) }),
    nothing,
    ['NOT_SIGNED_IN', 'DB_FULL'],
  ),
} as const satisfies Contract;
