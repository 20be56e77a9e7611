import { z } from 'zod';
import { ROSTER_PAGE_ROWS } from './limits.ts';
import {
  amountSchema,
  fundTypeSchema,
  hashSchema,
  monthSchema,
  personalAccountSchema,
  ratioSchema,
  timeSchema,
  uuidSchema,
} from './primitives.ts';

/** One employee under one fund type. Key: personal account + fund type. */
export const rosterRowSchema = z.strictObject({
  personalAccount: personalAccountSchema,
  fundType: fundTypeSchema,
  name: z.string().min(1).max(60),
  idType: z.enum(['01', '02', '03', '04', '99']),
  idNumber: z.string().min(1).max(30),
  /** GRZHZT: 01 正常, 02 停缴 (封存), others as in JGJ/T 320. */
  status: z.enum(['01', '02', '03', '04', '05', '06', '99']),
  base: amountSchema,
  unitRatio: ratioSchema,
  personalRatio: ratioSchema,
  unitFen: amountSchema,
  personalFen: amountSchema,
  /** Opening month yyyyMM, for information. */
  openedMonth: z.int(),
  /** Months paid, inclusive ranges of yyyyMM, ascending and disjoint. */
  paid: z.array(z.tuple([monthSchema, monthSchema])).max(200),
});
export type RosterRow = z.output<typeof rosterRowSchema>;

export const manifestBodySchema = z.strictObject({
  /** Roster version the client holds, 0 for none: then the answer is full. */
  have: z.int().min(0),
});
export const manifestAnswerSchema = z.strictObject({
  downloadId: uuidSchema,
  version: z.int().min(1),
  mode: z.enum(['full', 'delta']),
  /** SHA-256 of each page's content (UTF-8), in order. */
  pages: z.array(z.strictObject({ hash: hashSchema, rows: z.int().min(0).max(ROSTER_PAGE_ROWS) })),
  /** Rows of the whole roster after this download. */
  count: z.int().min(0),
  /** `rosterDigest` of the whole roster after this download. */
  digest: hashSchema,
  asOf: timeSchema,
});
export type RosterManifest = z.output<typeof manifestAnswerSchema>;

export const pageBodySchema = z.strictObject({ downloadId: uuidSchema, page: z.int().min(0) });
export const pageAnswerSchema = z.strictObject({
  downloadId: uuidSchema,
  page: z.int().min(0),
  /** Lines, each `rosterLine(row)` or (in a delta) `removalLine(key)`, each ended by a line feed. */
  content: z.string(),
});

export const rosterReceiptBodySchema = z.strictObject({
  downloadId: uuidSchema,
  digest: hashSchema,
});
export const rosterReceiptAnswerSchema = z.strictObject({ matches: z.boolean() });

/**
 * The canonical line of a row. A roster's digest is the SHA-256 over the lines, each ended by a
 * line feed, sorted by personal account, then fund type.
 */
export function rosterLine(row: RosterRow): string {
  return JSON.stringify([
    row.personalAccount,
    row.fundType,
    row.name,
    row.idType,
    row.idNumber,
    row.status,
    row.base,
    row.unitRatio,
    row.personalRatio,
    row.unitFen,
    row.personalFen,
    row.openedMonth,
    row.paid,
  ]);
}

export interface RosterKey {
  readonly personalAccount: string;
  readonly fundType: '10' | '11';
}

export function removalLine(key: RosterKey): string {
  return JSON.stringify(['-', key.personalAccount, key.fundType]);
}

const lineSchema = z.union([
  z
    .tuple([z.literal('-'), personalAccountSchema, fundTypeSchema])
    .transform(([, personalAccount, fundType]) => ({ remove: { personalAccount, fundType } })),
  z
    .array(z.unknown())
    .length(13)
    .transform((cells) => ({
      personalAccount: cells[0],
      fundType: cells[1],
      name: cells[2],
      idType: cells[3],
      idNumber: cells[4],
      status: cells[5],
      base: cells[6],
      unitRatio: cells[7],
      personalRatio: cells[8],
      unitFen: cells[9],
      personalFen: cells[10],
      openedMonth: cells[11],
      paid: cells[12],
    }))
    .pipe(rosterRowSchema)
    .transform((put) => ({ put })),
]);
export type RosterLine = { put: RosterRow } | { remove: RosterKey };

/** One line of a page, or undefined when it is none. */
export function parseRosterLine(line: string): RosterLine | undefined {
  let cells: unknown;
  try {
    cells = JSON.parse(line);
  } catch {
    return undefined;
  }
  const parsed = lineSchema.safeParse(cells);
  return parsed.success ? parsed.data : undefined;
}
