import { fail, succeed } from '../errors/result.ts';
import type { Failure, Result } from '../errors/result.ts';
import { removeInvisible } from '../rules/typed.ts';
import { entryKindSchema } from '../wire/primitives.ts';
import type { EntryKind } from '../wire/primitives.ts';
import { ERROR_COLUMN_HEADING, TEMPLATE_VERSION, batchColumns, columnLetters } from './columns.ts';
import type { BatchColumn, ColumnName } from './columns.ts';
import { readHeadingRow } from './heading-rows.ts';
import { isBlank } from './raw.ts';
import type { RawRow, RawSheet, TemplateMark } from './raw.ts';
import type { FileNotice } from './rows.ts';
import { batchTitles } from './template-mark.ts';
import { batchRule } from './wording.ts';

/** The heading is looked for in so many rows with content from the top. */
const HEADING_ROWS_MAX = 10;
/** One word alone may stand in a title or a note; two known headings make a heading row. */
const HEADINGS_MIN = 2;
/** What is longer than the longest heading by far is no heading. */
const HEADING_CHARACTERS_MAX = 60;
const NAMED_CHARACTERS_MAX = 200;
const NAME_CHARACTERS_MAX = 60;
/** More columns without a use are not listed one by one. */
const IGNORED_NAMED_MAX = 60;

export interface Headings {
  readonly headingRow: number;
  /** The same, or below it where the heading is several rows deep. */
  readonly lastHeadingRow: number;
  /** 1-based columns of the file. */
  readonly columns: ReadonlyMap<ColumnName, number>;
  /** As the file writes them. */
  readonly headings: Partial<Record<ColumnName, string>>;
  readonly notices: readonly FileNotice[];
}

/**
 * Finds the columns of a kind by their headings, in any order, among the first rows with content.
 * Refused with a sentence for the clerk: a column missing or there twice, the table of another kind
 * (by the template's mark, else by the headings) and a template of another version.
 */
export function findHeadings(
  kind: EntryKind,
  sheet: RawSheet,
  mark: TemplateMark | undefined,
): Result<Headings> {
  const marked = mark && refuseMark(kind, mark);
  if (marked) return marked;
  const fit = fitKind(kind, sheet);
  const other = findOtherKind(kind, fit, sheet);
  if (other !== undefined) {
    return fail('TEMPLATE_OTHER_KIND', `按表头看，这是《${batchTitles[other]}》的表格。`);
  }
  if (fit.found.size < HEADINGS_MIN) {
    const names = quoteHeadings(batchColumns[kind].filter(({ required }) => required));
    const detail = `“${sheet.name.slice(0, NAME_CHARACTERS_MAX)}”的前${HEADING_ROWS_MAX}行里没有找到《${batchTitles[kind]}》的表头，必须有的列：${names}。`;
    return fail('HEADING_MISSING', detail);
  }
  if (fit.missing.length > 0) {
    const detail = `第${fit.row.row}行的表头缺少${quoteHeadings(fit.missing)}。${tellTwice(fit) ?? ''}`;
    return fail('HEADING_MISSING', detail);
  }
  const twice = tellTwice(fit);
  if (twice !== undefined) return fail('HEADING_TWICE', twice);
  return succeed(describeColumns(kind, sheet, fit));
}

/** One form of writing a heading: no width, spaces, line breaks, asterisks, nor its unit. */
export function normaliseHeading(text: string): string {
  return removeInvisible(text.slice(0, HEADING_CHARACTERS_MAX))
    .normalize('NFKC')
    .replace(/[\s*※:]/gu, '')
    .replace(/\((?:元|%|必填|选填|可不填|文本)\)/gu, '')
    .replace(/%$/u, '')
    .toUpperCase();
}

function namesOf(kind: EntryKind): ReadonlyMap<string, ColumnName> {
  const names = batchColumns[kind].flatMap(({ name, heading, synonyms }) =>
    [heading, ...synonyms].map((text) => [normaliseHeading(text), name] as const),
  );
  return new Map(names);
}

const knownHeadings: Readonly<Record<EntryKind, ReadonlyMap<string, ColumnName>>> = {
  registration: namesOf('registration'),
  reduction: namesOf('reduction'),
  missedBackPay: namesOf('missedBackPay'),
  shortfallBackPay: namesOf('shortfallBackPay'),
};

function refuseMark(kind: EntryKind, mark: TemplateMark): Failure | undefined {
  if (mark.kind !== kind) {
    const known = entryKindSchema.safeParse(mark.kind);
    const detail = known.success
      ? `这是《${batchTitles[known.data]}》的模板。`
      : '这个模板的业务种类本程序不认识。';
    return fail('TEMPLATE_OTHER_KIND', detail);
  }
  if (mark.version === TEMPLATE_VERSION) return undefined;
  const age = mark.version < TEMPLATE_VERSION ? '较旧' : '由更新版本的程序生成';
  const detail = `《${batchTitles[kind]}》模板的版本为${mark.version}，${age}，本程序使用版本${TEMPLATE_VERSION}。`;
  return fail('TEMPLATE_OLD', detail);
}

/** How well the best row fits a kind. */
interface Fit {
  readonly row: RawRow;
  readonly lastRow: number;
  /** Places of each column; more than one is a heading there twice. */
  readonly found: ReadonlyMap<ColumnName, readonly number[]>;
  readonly missing: readonly BatchColumn[];
}

const noRow: RawRow = { row: 1, hidden: false, cells: new Map() };

function fitKind(kind: EntryKind, sheet: RawSheet): Fit {
  let best: Omit<Fit, 'missing'> = { row: noRow, lastRow: noRow.row, found: new Map() };
  const isKnown = (text: string) => knownHeadings[kind].has(normaliseHeading(text));
  for (const raw of sheet.rows.slice(0, HEADING_ROWS_MAX)) {
    const { row, lastRow } = readHeadingRow(raw, sheet, isKnown);
    const found = new Map<ColumnName, number[]>();
    for (const [column, cell] of row.cells) {
      if (cell.kind !== 'text' || cell.text.length > HEADING_CHARACTERS_MAX) continue;
      const name = knownHeadings[kind].get(normaliseHeading(cell.text));
      if (name === undefined) continue;
      const places = found.get(name);
      if (places) places.push(column);
      else found.set(name, [column]);
    }
    if (found.size > best.found.size) best = { row, lastRow, found };
  }
  const missing = batchColumns[kind].filter(
    ({ name, required }) => required && !best.found.has(name),
  );
  return { ...best, missing };
}

/** Another kind whose columns the file has, while it lacks some of this one or has fewer of it. */
function findOtherKind(kind: EntryKind, own: Fit, sheet: RawSheet): EntryKind | undefined {
  let best: { kind: EntryKind; fit: Fit } | undefined;
  for (const other of entryKindSchema.options) {
    if (other === kind) continue;
    const fit = fitKind(other, sheet);
    const isWhole = fit.missing.length === 0;
    const fitsBetter = isWhole
      ? own.missing.length > 0 || fit.found.size > own.found.size
      : fit.missing.length === 1 && own.missing.length > 1 && fit.found.size > own.found.size;
    if (fitsBetter && fit.found.size > (best?.fit.found.size ?? HEADINGS_MIN)) {
      best = { kind: other, fit };
    }
  }
  return best?.kind;
}

function quoteHeadings(columns: readonly BatchColumn[]): string {
  return columns.map(({ heading }) => `“${heading}”`).join('、');
}

function tellTwice({ row, found }: Fit): string | undefined {
  const sentences = [...found.values()]
    .filter((places) => places.length > 1)
    .map((places) => {
      const named = places.map(
        (column) => `${columnLetters(column)}${row.row}“${headingText(row, column)}”`,
      );
      return `${named.join('和')}是同一列`;
    });
  return sentences.length === 0 ? undefined : `${sentences.join('；')}。`;
}

/** The heading as the file writes it, on one line. */
function headingText(row: RawRow, column: number): string {
  const cell = row.cells.get(column);
  const text = cell?.kind === 'text' ? cell.text : '';
  return text.replace(/\s+/gu, ' ').trim().slice(0, NAMED_CHARACTERS_MAX);
}

function describeColumns(kind: EntryKind, sheet: RawSheet, fit: Fit): Headings {
  const { row, lastRow, found } = fit;
  const columns = new Map<ColumnName, number>();
  const headings: Partial<Record<ColumnName, string>> = {};
  for (const [name, [place]] of found) {
    if (place === undefined) continue;
    columns.set(name, place);
    headings[name] = headingText(row, place);
  }
  const notices = [...noteAbsent(kind, row, found), ...noteIgnored(sheet, fit, columns)];
  return { headingRow: row.row, lastHeadingRow: lastRow, columns, headings, notices };
}

/** Columns that may be left out, said once for the file instead of once for each row. */
function noteAbsent(kind: EntryKind, { row }: RawRow, found: Fit['found']): FileNotice[] {
  return batchColumns[kind]
    .filter(({ name, form }) => (form === 'amount' || form === 'ratio') && !found.has(name))
    .map(({ heading, form }) => ({
      ...({ code: 'COLUMN_ABSENT', row, column: '' } as const),
      ...{
        value: heading,
        rule: form === 'ratio' ? batchRule.absentRatio : batchRule.absentAmount,
      },
    }));
}

/** Columns with a heading of no use, and columns with content under no heading at all. */
function noteIgnored(
  sheet: RawSheet,
  { row: heading, lastRow }: Fit,
  columns: ReadonlyMap<ColumnName, number>,
): FileNotice[] {
  const used = new Set(columns.values());
  const headed = [...heading.cells.keys()].filter((column) => headingText(heading, column) !== '');
  const known = new Set([...used, ...headed]);
  const unnamed = new Set<number>();
  for (const { row, cells } of sheet.rows) {
    if (row <= lastRow) continue;
    for (const [column, cell] of cells) {
      if (!known.has(column) && !unnamed.has(column) && !isBlank(cell)) unnamed.add(column);
    }
  }
  const named = headed.filter(
    (column) =>
      !used.has(column) && normaliseHeading(headingText(heading, column)) !== ERROR_COLUMN_HEADING,
  );
  return [...named, ...unnamed]
    .sort((a, b) => a - b)
    .slice(0, IGNORED_NAMED_MAX)
    .map((column) => ({
      ...({ code: 'COLUMN_IGNORED', row: heading.row, column: columnLetters(column) } as const),
      value: headingText(heading, column),
      rule: unnamed.has(column) ? batchRule.unnamedColumn : batchRule.ignoredColumn,
    }));
}
