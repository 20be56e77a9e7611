import type { AuditRow } from '../ipc/audit.ts';
import { auditText, auditTitle } from './words.ts';

/** 操作记录 as a table for other programs: RFC 4180, read as UTF-8 by its mark. */

const BYTE_ORDER_MARK = '\uFEFF';
/** What makes a spreadsheet take a text for a formula. */
const FORMULA_STARTS = /^[=+\-@\t\r]/;
const CENTRE_OFFSET_MS = 8 * 60 * 60 * 1000;

const headings = [
  '序号',
  '时间（中心时间）',
  '经办人',
  '操作',
  '内容',
  '存储的时间',
  '存储的操作',
  '存储的内容',
  '上一条校验值',
  '本条校验值',
];

export function auditTableHead(): string {
  return BYTE_ORDER_MARK + line(headings);
}

/** The stored text of each row is there to the letter, so that the hashes can be computed anew. */
export function auditTableLine(row: AuditRow): string {
  const { seq, at, user, event, detail, prev, hash } = row;
  const time = new Date(Date.parse(at) + CENTRE_OFFSET_MS).toISOString();
  const local = `${time.slice(0, 10)} ${time.slice(11, 19)}`;
  const words = [String(seq), local, user, auditTitle(event), auditText(detail)];
  return line([...words, at, event, JSON.stringify(detail), prev, hash]);
}

function line(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

/** A leading apostrophe keeps a spreadsheet from computing what somebody typed. */
function cell(text: string): string {
  const guarded = FORMULA_STARTS.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
