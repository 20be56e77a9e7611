import { z } from 'zod';
import { batchRowSchema, batchSheetSchema } from '../batch/rows.ts';
import { columnNameSchema } from '../batch/columns.ts';
import { issueSchema, severities } from '../rules/issue.ts';
import {
  entryKindSchema,
  fenSchema,
  fundTypeSchema,
  timeSchema,
  uuidSchema,
} from '../wire/primitives.ts';
import { bytesSchema, operation } from './contract.ts';
import type { Contract } from './contract.ts';
import { FILE_BYTES_MAX, IMPORT_SLICE_ROWS, markSchema } from './import.ts';

/**
 * Batches brought in from files; part of `dataContract`. A batch keeps its rows until each is sent
 * or removed by the clerk. What was read, each edit and each removal are on the disk when answered.
 */

/** open: with the clerk · ordered: part of an order under way · settled: the centre took the order · removed: by the clerk. */
export const batchRowStates = ['open', 'ordered', 'settled', 'removed'] as const;

export const batchSchema = z.strictObject({
  id: uuidSchema,
  kind: entryKindSchema,
  /** Chosen before the import; every row must be of it. */
  fundType: fundTypeSchema,
  /** The file's name unless the clerk has given another. */
  name: z.string(),
  fileName: z.string(),
  sheet: batchSheetSchema,
  importedAt: timeSchema,
  /** All open rows have been checked; until then what is counted is only what was found so far. */
  isChecked: z.boolean(),
  /** Open rows: all, those that may be sent, those with an error, those for the counter alone. */
  open: z.int().min(0),
  good: z.int().min(0),
  bad: z.int().min(0),
  counter: z.int().min(0),
  /** Good rows whose 姓名 or 证件号码 differs from the roster (核对结果). */
  differing: z.int().min(0),
  /** Sum over the good rows, fen: 月缴存额 or 补缴金额. */
  goodFen: fenSchema,
  removed: z.int().min(0),
  /** Orders made of it, oldest first. */
  oids: z.array(uuidSchema),
  /** A row or an edit has changed since nothing: rises with every change, for the window to re-read. */
  revision: z.int().min(0),
});
export type Batch = z.output<typeof batchSchema>;

export const batchRowViewSchema = z.strictObject({
  /** Place in the batch, from 1. */
  seq: z.int().min(1),
  /** Row in the file. */
  row: z.int().min(1),
  state: z.enum(batchRowStates),
  /** false: no check has come to it yet. */
  isChecked: z.boolean(),
  cells: z.partialRecord(
    columnNameSchema,
    z.strictObject({ text: z.string(), edited: z.boolean() }),
  ),
  /** `field` is a column name, or `entry` for the row as a whole. */
  issues: z.array(issueSchema),
  /** 核对结果: what differs from the roster, in words; empty where nothing does. */
  differences: z.array(z.string()),
  /** Amounts as the rules compute them; null while they cannot. */
  amounts: z
    .strictObject({ unitFen: fenSchema, personalFen: fenSchema, totalFen: fenSchema })
    .nullable(),
  /** What the roster says of the account; empty for 登记 or an unknown account. */
  rosterName: z.string(),
  rosterIdNumber: z.string(),
});
export type BatchRowView = z.output<typeof batchRowViewSchema>;

export const batchFilterSchema = z.strictObject({
  show: z.enum(['all', 'good', 'issues', 'notices', 'differences', 'removed']),
  /** Rows with this code alone. */
  code: z.string().max(60).optional(),
  /** Any part of any cell. */
  text: z.string().max(60),
});

/** One line of the list of all issues of all rows. */
export const batchIssueSchema = issueSchema.extend({
  seq: z.int().min(1),
  row: z.int().min(1),
  /** Like `B7`; the row number alone for the row as a whole. */
  cell: z.string(),
  /** Heading as the file writes it. */
  heading: z.string(),
});
export type BatchIssue = z.output<typeof batchIssueSchema>;

const nothing = z.strictObject({});
const id = z.strictObject({ id: uuidSchema });
const reading = ['NOT_SIGNED_IN', 'NO_RECORD'] as const;
const writing = [...reading, 'ORDER_IN_FLIGHT', 'POLICY_MISSING', 'DB_FULL'] as const;

/** Between main and the data host alone: how a file comes in and a marked copy goes out. */
export const batchFileContract = {
  /** A batch that was begun and not finished is dropped at the next start. */
  'batches.begin': operation(
    z.strictObject({
      id: uuidSchema,
      kind: entryKindSchema,
      fundType: fundTypeSchema,
      fileName: z.string().max(255),
    }),
    nothing,
    ['NOT_SIGNED_IN', 'DB_FULL'],
  ),
  'batches.append': operation(
    z.strictObject({ id: uuidSchema, rows: z.array(batchRowSchema).min(1).max(IMPORT_SLICE_ROWS) }),
    nothing,
    ['NOT_SIGNED_IN', 'NO_RECORD', 'DB_FULL'],
  ),
  /** Checks every row; from here on the batch is listed. */
  'batches.finish': operation(
    z.strictObject({
      id: uuidSchema,
      sheet: batchSheetSchema,
      bytes: bytesSchema.refine((bytes) => bytes.length <= FILE_BYTES_MAX),
    }),
    batchSchema,
    writing,
  ),
  'batches.drop': operation(id, nothing, ['NOT_SIGNED_IN', 'DB_FULL']),
  /** All that the marked copy needs. */
  'batches.marks': operation(
    id,
    z.strictObject({
      kind: entryKindSchema,
      fileName: z.string(),
      sheet: batchSheetSchema,
      bytes: bytesSchema,
      marks: z.array(markSchema),
    }),
    reading,
  ),
} as const satisfies Contract;

export const batchContract = {
  /** Newest first; also those whose rows are all sent, while their results are of this month or due. */
  'batches.list': operation(
    z.strictObject({ kind: entryKindSchema }),
    z.strictObject({ batches: z.array(batchSchema) }),
    ['NOT_SIGNED_IN'],
  ),
  'batches.rows': operation(
    z.strictObject({
      id: uuidSchema,
      filter: batchFilterSchema,
      offset: z.int().min(0),
      limit: z.int().min(1).max(500),
    }),
    z.strictObject({ rows: z.array(batchRowViewSchema), total: z.int().min(0) }),
    reading,
  ),
  /** Issues of the open rows, in the order of the file; `counts` over all of them by code. */
  'batches.issues': operation(
    z.strictObject({
      id: uuidSchema,
      severities: z.array(z.enum(severities)).min(1),
      code: z.string().max(60).optional(),
      offset: z.int().min(0),
      limit: z.int().min(1).max(500),
    }),
    z.strictObject({
      issues: z.array(batchIssueSchema),
      total: z.int().min(0),
      counts: z.array(
        z.strictObject({ code: z.string(), severity: z.enum(severities), count: z.int().min(1) }),
      ),
    }),
    reading,
  ),
  /** Puts another text into one cell of an open row; it and the rows it stands against are checked again. */
  'batches.edit': operation(
    z.strictObject({
      id: uuidSchema,
      seq: z.int().min(1),
      column: columnNameSchema,
      text: z.string().max(200),
    }),
    z.strictObject({ row: batchRowViewSchema, batch: batchSchema }),
    writing,
  ),
  'batches.remove': operation(
    z.strictObject({ id: uuidSchema, seqs: z.array(z.int().min(1)).min(1).max(20_000) }),
    batchSchema,
    writing,
  ),
  /** Undoes removals. */
  'batches.restore': operation(
    z.strictObject({ id: uuidSchema, seqs: z.array(z.int().min(1)).min(1).max(20_000) }),
    batchSchema,
    writing,
  ),
  'batches.rename': operation(
    z.strictObject({ id: uuidSchema, name: z.string().min(1).max(60) }),
    batchSchema,
    [...reading, 'DB_FULL'],
  ),
  /** Removes all open rows: the batch is closed. `batches.restore` brings them back. */
  'batches.discard': operation(id, batchSchema, writing),
  /** Every open row against parameters, roster and queue as they are now. */
  'batches.recheck': operation(id, batchSchema, writing),
} as const satisfies Contract;
