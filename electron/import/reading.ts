import { columnLetters } from '../../shared/batch/columns.ts';
import { findHeadings, type Headings } from '../../shared/batch/headings.ts';
import { readBatchRow } from '../../shared/batch/reading.ts';
import type { RawSheet } from '../../shared/batch/raw.ts';
import { noteHeading, noteSignature, noteTotal } from '../../shared/batch/skipped-rows.ts';
import { FILE_NOTICES_MAX } from '../../shared/batch/rows.ts';
import type { BatchRow, BatchSheet, FileNotice } from '../../shared/batch/rows.ts';
import { fail, type Failure, type Result, succeed } from '../../shared/errors/result.ts';
import { BATCH_ROWS_MAX } from '../../shared/ipc/import.ts';
import type { EntryKind } from '../../shared/wire/primitives.ts';
import { readFileBytes } from './file-bytes.ts';
import { readTable } from './reader/reader.ts';
import type { Table } from './reader/table.ts';

/** A file read whole: its rows as text the rules can take, and what there is to know about it. */
export interface ReadFile {
  readonly bytes: Uint8Array;
  readonly sheet: BatchSheet;
  readonly rows: readonly BatchRow[];
}

/** Row numbers are listed up to here, then only counted. */
const ROWS_LISTED_MAX = 10;
const NAME_CHARACTERS_MAX = 200;
const UNIT_CHARACTERS_MAX = 40;

export async function readBatchFile(path: string, kind: EntryKind): Promise<Result<ReadFile>> {
  const bytes = await readFileBytes(path);
  if (!bytes.ok) return bytes;
  const read = await readBatchBytes(bytes.value, path, kind);
  return read.ok ? succeed({ ...read.value, bytes: bytes.value }) : read;
}

/** `fileName` is the name of the sheet for a text file. */
export async function readBatchBytes(
  bytes: Uint8Array,
  fileName: string,
  kind: EntryKind,
): Promise<Result<Omit<ReadFile, 'bytes'>>> {
  const fits = (sheet: RawSheet) => findHeadings(kind, sheet, undefined).ok;
  const table = await readTable(bytes, fileName, fits);
  return table.ok ? readBatchTable(table.value, kind) : table;
}

function readBatchTable(table: Table, kind: EntryKind): Result<Omit<ReadFile, 'bytes'>> {
  const found = findHeadings(kind, table.sheet, table.mark);
  if (!found.ok) return nameSheet(table, found);
  const { headingRow } = found.value;
  const { rows, skipped, hidden } = readRows(kind, found.value, table.sheet);
  if (rows.length === 0) return fail('ROWS_NONE', `第 ${headingRow} 行是表头，下面没有记录。`);
  if (rows.length > BATCH_ROWS_MAX)
    return fail('ROWS_TOO_MANY', `文件有 ${rows.length} 行记录，一批最多 ${BATCH_ROWS_MAX} 行。`);
  const notices = [
    ...table.notices,
    ...found.value.notices,
    ...gatherSkipped(skipped),
    ...hiddenNotice(hidden),
    ...blankNotice(rows, skipped),
  ];
  return succeed({ rows, sheet: describeSheet(table, found.value, notices) });
}

/** Where there are several sheets, a refusal says which one it is about. */
function nameSheet({ sheet, notices }: Table, { code, detail }: Failure): Failure {
  const isOneOfMany = notices.some((notice) => notice.code === 'SHEET_CHOSEN');
  const name = `“${sheet.name.slice(0, NAME_CHARACTERS_MAX)}”`;
  if (!isOneOfMany || detail.includes(name)) return fail(code, detail);
  return fail(code, `工作表${name}：${detail}`);
}

function readRows(
  kind: EntryKind,
  { headingRow, lastHeadingRow, columns }: Headings,
  sheet: RawSheet,
): { rows: BatchRow[]; skipped: FileNotice[]; hidden: number[] } {
  const headings = sheet.rows.filter(({ row }) => row >= headingRow && row <= lastHeadingRow);
  const rows: BatchRow[] = [];
  const skipped: FileNotice[] = [];
  const hidden: number[] = [];
  for (const raw of sheet.rows) {
    if (raw.row <= lastHeadingRow) continue;
    const notice =
      noteHeading(headings, raw) ?? noteTotal(columns, raw) ?? noteSignature(columns, raw);
    if (notice) skipped.push(notice);
    const row = notice ? undefined : readBatchRow(kind, columns, raw, sheet);
    if (row === undefined) continue;
    rows.push(row);
    if (raw.hidden) hidden.push(raw.row);
  }
  return { rows, skipped, hidden };
}

/** Totals each; headings and signatures may stand on every page, so each of these is said once. */
function gatherSkipped(skipped: readonly FileNotice[]): FileNotice[] {
  const of = (code: FileNotice['code']) => skipped.filter((notice) => notice.code === code);
  const gathered = [of('ROWS_HEADING'), of('ROWS_SIGNATURE')].flatMap((notices) => {
    const [first] = notices;
    if (first === undefined) return [];
    const rows = notices.map(({ row }) => row);
    return [{ ...first, rule: `${first.rule}，已跳过：${listRows(rows)}` }];
  });
  return [...of('ROWS_TOTAL'), ...gathered];
}

function describeSheet(
  { format, sheet, mark }: Table,
  { headingRow, columns, headings }: Headings,
  notices: readonly FileNotice[],
): BatchSheet {
  const letters = [...columns].map(([name, column]) => [name, columnLetters(column)] as const);
  return {
    sheet: sheet.name.slice(0, NAME_CHARACTERS_MAX),
    format,
    headingRow,
    letters: Object.fromEntries(letters),
    headings,
    ...(mark ? { templateUnit: mark.unitAccount.slice(0, UNIT_CHARACTERS_MAX) } : {}),
    notices: notices.slice(0, FILE_NOTICES_MAX),
  };
}

function hiddenNotice(hidden: readonly number[]): FileNotice[] {
  const [first] = hidden;
  if (first === undefined) return [];
  const rule = `隐藏或被筛选掉的 ${hidden.length} 行也已导入：${listRows(hidden)}`;
  return [{ code: 'ROWS_HIDDEN', row: first, column: '', value: String(hidden.length), rule }];
}

/** Rows left empty between records; what is empty above the first and below the last is ordinary. */
function blankNotice(rows: readonly BatchRow[], skipped: readonly FileNotice[]): FileNotice[] {
  const filled = [...rows, ...skipped].map(({ row }) => row).sort((a, b) => a - b);
  let count = 0;
  const blank: number[] = [];
  for (const [index, row] of filled.entries()) {
    const before = filled[index - 1] ?? row;
    count += Math.max(0, row - before - 1);
    for (let at = before + 1; at < row && blank.length <= ROWS_LISTED_MAX; at += 1) blank.push(at);
  }
  const [first] = blank;
  if (first === undefined) return [];
  const rule = `记录之间的 ${count} 个空行已跳过：${listRows(blank, count)}`;
  return [{ code: 'ROWS_BLANK', row: first, column: '', value: String(count), rule }];
}

function listRows(rows: readonly number[], count = rows.length): string {
  const listed = rows.slice(0, ROWS_LISTED_MAX).join('、');
  return count > ROWS_LISTED_MAX ? `第 ${listed} 等行` : `第 ${listed} 行`;
}
