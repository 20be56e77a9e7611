import { normaliseTyped } from '../rules/typed.ts';
import { columnLetters } from './columns.ts';
import type { ColumnName } from './columns.ts';
import { normaliseHeading } from './headings.ts';
import { isBlank } from './raw.ts';
import type { RawCell, RawRow } from './raw.ts';
import type { FileNotice } from './rows.ts';
import { batchRule } from './wording.ts';

/** Lines of a sheet that are no record: totals, signatures below the table, the heading once more. */

const totalWords: readonly string[] = ['合计', '总计', '小计', '共计'];
const SIGNATURE = /^(?:制表|审核|填表人|单位负责人)/u;
/** An ID number or an account, wherever it stands; a telephone number is shorter. */
const LONG_NUMBER = /\d{12}/u;
/** One cell alone may say anything. */
const HEADINGS_MIN = 2;

type Columns = ReadonlyMap<ColumnName, number>;

/**
 * The notice about a line of totals, as payroll sheets have one: 合计 as its running number, as its
 * name or as its first content, and neither an account nor an ID number. It is no entry.
 */
export function noteTotal(columns: Columns, raw: RawRow): FileNotice | undefined {
  const { cells } = raw;
  const at = (name: ColumnName): number => columns.get(name) ?? 0;
  const first = [...cells].find(([, cell]) => !isBlank(cell))?.[0] ?? 0;
  const label = [at('sequence'), at('name'), first].find((column) => isTotal(cells.get(column)));
  if (label === undefined) return undefined;
  const isOther = (column: number) => !isBlank(cells.get(column)) && !isTotal(cells.get(column));
  if ((['name', 'idNumber', 'personalAccount'] as const).some((name) => isOther(at(name)))) {
    return undefined;
  }
  return noteRow('ROWS_TOTAL', raw, label, batchRule.totalRow);
}

/**
 * The notice about a line to be signed, 制表人：… 审核：…, below the table or at the end of a page. Never
 * of a row with a name of its own, with a number for an account, an ID number or an amount.
 */
export function noteSignature(columns: Columns, raw: RawRow): FileNotice | undefined {
  const label = [...raw.cells].find(([, cell]) => isSignature(cell))?.[0];
  if (label === undefined) return undefined;
  for (const cell of raw.cells.values()) if (LONG_NUMBER.test(digitsOf(cell))) return undefined;
  for (const [name, column] of columns) {
    const cell = raw.cells.get(column);
    if (name === 'sequence' || isBlank(cell) || isSignature(cell)) continue;
    if (name === 'name' || cell?.kind !== 'text') return undefined;
    const isNumber = name === 'idNumber' || name === 'personalAccount';
    if (isNumber && /\d/u.test(digitsOf(cell))) return undefined;
  }
  return noteRow('ROWS_SIGNATURE', raw, label, batchRule.signatureRow);
}

/** The notice about a row that is one of the `headings` again, as sheets of several pages have it. */
export function noteHeading(headings: readonly RawRow[], raw: RawRow): FileNotice | undefined {
  const filled = [...raw.cells].filter(([, cell]) => !isBlank(cell));
  const [first] = filled;
  if (first === undefined || filled.length < HEADINGS_MIN) return undefined;
  const isAgain = headings.some(({ cells }) =>
    filled.every(([column, cell]) => isSameHeading(cell, cells.get(column))),
  );
  return isAgain ? noteRow('ROWS_HEADING', raw, first[0], batchRule.headingRow) : undefined;
}

function noteRow(
  code: FileNotice['code'],
  { row, cells }: RawRow,
  column: number,
  rule: string,
): FileNotice {
  const cell = cells.get(column);
  const value = cell?.kind === 'text' ? cell.text.slice(0, NOTICE_CHARACTERS_MAX) : '';
  return { code, row, column: columnLetters(column), value, rule };
}

const NOTICE_CHARACTERS_MAX = 60;

function isTotal(cell: RawCell | undefined): boolean {
  if (cell?.kind !== 'text') return false;
  return totalWords.includes(normaliseTyped(cell.text).text.replace(/[\s:]/g, ''));
}

function isSignature(cell: RawCell | undefined): boolean {
  if (cell?.kind !== 'text') return false;
  return SIGNATURE.test(normaliseTyped(cell.text).text.replace(/\s/gu, ''));
}

function isSameHeading(cell: RawCell, heading: RawCell | undefined): boolean {
  if (cell.kind !== 'text' || heading?.kind !== 'text') return false;
  return normaliseHeading(cell.text) === normaliseHeading(heading.text);
}

/** Spaces between digits left out, full width made half. */
function digitsOf(cell: RawCell): string {
  if (cell.kind === 'number') return cell.source;
  return cell.kind === 'text' ? cell.text.normalize('NFKC').replace(/[\s-]/gu, '') : '';
}
