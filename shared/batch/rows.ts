import { z } from 'zod';
import { errorCodes } from '../errors/catalogue.ts';
import { columnNameSchema } from './columns.ts';

/** Longest text kept of one cell; what is longer is cut, with an error that says so. */
export const CELL_CHARACTERS_MAX = 200;
/** Notices kept of one file. */
export const FILE_NOTICES_MAX = 200;

/** What reading found about a cell or a row, before the rules. */
export const remarkSchema = z.strictObject({
  severity: z.enum(['error', 'notice']),
  code: z.enum(errorCodes),
  /** As found in the file. */
  value: z.string().max(400),
  /** The rule it met, or what was made of it. */
  rule: z.string().max(200),
});
export type Remark = Readonly<z.output<typeof remarkSchema>>;

/** One cell as text the rules can take; what it was before stands in the remarks. */
export const batchCellSchema = z.strictObject({
  text: z.string().max(CELL_CHARACTERS_MAX),
  remarks: z.array(remarkSchema).max(8).readonly(),
});
export type BatchCell = Readonly<z.output<typeof batchCellSchema>>;

export const batchCellsSchema = z.partialRecord(columnNameSchema, batchCellSchema);
export type BatchCells = Readonly<z.output<typeof batchCellsSchema>>;

/** One row of a file that holds something. */
export const batchRowSchema = z.strictObject({
  /** As the spreadsheet program numbers it, from 1. */
  row: z.int().min(1).max(1_048_576),
  cells: batchCellsSchema,
  /** About the row as a whole, such as merged cells over several rows. */
  remarks: z.array(remarkSchema).max(8).readonly(),
});
export type BatchRow = Readonly<z.output<typeof batchRowSchema>>;

/** Something worth knowing about the file itself; `row` and `column` where it has a place. */
export const fileNoticeSchema = z.strictObject({
  code: z.enum(errorCodes),
  row: z.int().min(0),
  /** Letters, empty without a place. */
  column: z.string().max(3),
  value: z.string().max(400),
  rule: z.string().max(200),
});
export type FileNotice = Readonly<z.output<typeof fileNoticeSchema>>;

/** Where the columns stand in the file. */
export const batchSheetSchema = z.strictObject({
  /** Name of the sheet; the file's name for CSV. */
  sheet: z.string().max(200),
  format: z.enum(['xlsx', 'xlsm', 'xls', 'csv']),
  headingRow: z.int().min(1),
  /** Column letters. */
  letters: z.partialRecord(columnNameSchema, z.string().max(3)),
  /** Headings as the file writes them. */
  headings: z.partialRecord(columnNameSchema, z.string().max(200)),
  /** Of a template of ours: the unit it was downloaded for. */
  templateUnit: z.string().max(40).optional(),
  notices: z.array(fileNoticeSchema).max(FILE_NOTICES_MAX).readonly(),
});
export type BatchSheet = Readonly<z.output<typeof batchSheetSchema>>;
