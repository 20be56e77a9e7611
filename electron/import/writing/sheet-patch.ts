import { ERROR_COLUMN_HEADING, columnLetters } from '../../../shared/batch/columns.ts';
import { toCellText } from './cell-text.ts';
import { ColumnsPatch } from './columns-patch.ts';
import { placeReasons } from './reason-column.ts';
import { columnNumber, eachCell, eachRow, findSheetData } from './sheet-rows.ts';
import { styleOf } from './style-patch.ts';
import {
  applyEdits,
  attributeOf,
  encodeText,
  findTag,
  withAttribute,
  withoutAttribute,
} from './xml-text.ts';
import type { MarkedRow } from './marked-rows.ts';
import type { ReasonColumn } from './reason-column.ts';
import type { RowSpan } from './sheet-rows.ts';
import type { StylePatch } from './style-patch.ts';
import type { Edit, Span, XmlText } from './xml-text.ts';

/** A cell to write, given what stands there; an empty answer removes it. */
interface CellChange {
  readonly column: number;
  readonly write: (existing: string | undefined) => string;
}

export interface SheetPatchTerms {
  readonly sheet: XmlText;
  readonly styles: StylePatch;
  readonly sharedStrings: XmlText | undefined;
  readonly headingRow: number;
  readonly rows: ReadonlyMap<number, MarkedRow>;
}

/** The sheet with its marked cells filled, the marked rows shown, and 错误原因 beside them. */
export function patchSheet(terms: SheetPatchTerms): Iterable<string> {
  const { sheet, headingRow, sharedStrings } = terms;
  const data = findSheetData(sheet);
  const reasons = placeReasons(sheet, data, headingRow, sharedStrings);
  const columns = new ColumnsPatch(sheet, data.at);
  const rows = new RowPatches(terms, reasons, columns).patchAll(data);
  return applyEdits(sheet, [
    ...widenDimension(sheet, data, reasons.column, Math.max(...terms.rows.keys(), headingRow)),
    ...columns.widen(reasons.column),
    ...rows,
  ]);
}

class RowPatches {
  readonly #terms: SheetPatchTerms;
  readonly #reasons: ReasonColumn;
  readonly #columns: ColumnsPatch;
  readonly #prefix: string;

  constructor(terms: SheetPatchTerms, reasons: ReasonColumn, columns: ColumnsPatch) {
    this.#terms = terms;
    this.#reasons = reasons;
    this.#columns = columns;
    this.#prefix = terms.sheet.prefix;
  }

  patchAll(data: Span): Edit[] {
    const edits: Edit[] = [];
    const waiting = [...this.#terms.rows.keys()].sort((a, b) => a - b);
    let next = 0;
    const insertUntil = (row: number, at: number) => {
      for (; (waiting[next] ?? Infinity) < row; next += 1) {
        edits.push({ from: at, to: at, text: this.#freshRow(waiting[next] ?? 0) });
      }
    };
    for (const row of eachRow(this.#terms.sheet, data)) {
      insertUntil(row.number, row.at);
      if (waiting[next] === row.number) next += 1;
      edits.push(...this.#patchRow(row));
    }
    insertUntil(Infinity, data.bodyEnd);
    return edits;
  }

  #freshRow(row: number): string {
    const cells = this.#changesFor(row, 0).map(({ write }) => write(undefined));
    return `<${this.#prefix}row r="${String(row)}">${cells.join('')}</${this.#prefix}row>`;
  }

  #patchRow(row: RowSpan): Edit[] {
    const { sheet, rows } = this.#terms;
    const tag = sheet.text.slice(row.at, row.end);
    const rowStyle = attributeOf(tag, 'customFormat') === '1' ? styleOf(tag) : 0;
    const changes = this.#changesFor(row.number, rowStyle);
    if (changes.length === 0) return [];
    const shown = rows.has(row.number) ? showRow(tag) : tag;
    const open = withoutAttribute(shown, 'spans');
    if (row.empty) {
      const cells = changes.map(({ write }) => write(undefined)).join('');
      if (cells === '') return [];
      const text = `${open.replace(/\s*\/>$/, '>')}${cells}</${this.#prefix}row>`;
      return [{ from: row.at, to: row.end, text }];
    }
    const cells = this.#patchCells(row, changes);
    if (cells.length === 0 && shown === tag) return [];
    return [{ from: row.at, to: row.end, text: open }, ...cells];
  }

  #patchCells(row: RowSpan, changes: readonly CellChange[]): Edit[] {
    const { sheet } = this.#terms;
    const edits: Edit[] = [];
    let next = 0;
    const insertUntil = (column: number, at: number) => {
      for (let change = changes[next]; change && change.column < column; change = changes[next]) {
        const text = change.write(undefined);
        if (text !== '') edits.push({ from: at, to: at, text });
        next += 1;
      }
    };
    for (const cell of eachCell(sheet, row)) {
      insertUntil(cell.column, cell.at);
      const change = changes[next];
      if (change?.column !== cell.column) continue;
      const existing = sheet.text.slice(cell.at, cell.close);
      edits.push({ from: cell.at, to: cell.close, text: change.write(existing) });
      next += 1;
    }
    insertUntil(Infinity, row.bodyEnd);
    return edits;
  }

  /** In the order of the columns. */
  #changesFor(row: number, rowStyle: number): CellChange[] {
    const { rows, headingRow } = this.#terms;
    const marked = rows.get(row);
    const changes: CellChange[] = [...(marked?.columns ?? [])].map((column) => ({
      column,
      write: (existing) => this.#fill(row, column, existing, rowStyle),
    }));
    const { column, own } = this.#reasons;
    if (row === headingRow) {
      if (!own) changes.push({ column, write: () => this.#heading(row) });
    } else if (marked) {
      const style = this.#terms.styles.reason();
      changes.push({ column, write: () => this.#text(row, style, marked.text) });
    } else if (own && row > headingRow) {
      changes.push({ column, write: () => '' });
    }
    return changes
      .filter((change) => change.column !== column || !marked?.columns.has(column) || !own)
      .sort((a, b) => a.column - b.column);
  }

  #fill(row: number, column: number, existing: string | undefined, rowStyle: number): string {
    const { styles } = this.#terms;
    if (existing === undefined) {
      const style = styles.mark(rowStyle === 0 ? this.#columns.styleOf(column) : rowStyle);
      return `<${this.#prefix}c r="${columnLetters(column)}${String(row)}" s="${String(style)}"/>`;
    }
    const end = existing.indexOf('>') + 1;
    const tag = existing.slice(0, end);
    return withAttribute(tag, 's', String(styles.mark(styleOf(tag)))) + existing.slice(end);
  }

  #heading(row: number): string {
    const { headingStyleOf } = this.#reasons;
    return this.#text(row, headingStyleOf ? styleOf(headingStyleOf) : 0, ERROR_COLUMN_HEADING);
  }

  #text(row: number, style: number, text: string): string {
    const p = this.#prefix;
    const place = `${columnLetters(this.#reasons.column)}${String(row)}`;
    const content = encodeText(toCellText(text));
    return (
      `<${p}c r="${place}" s="${String(style)}" t="inlineStr">` +
      `<${p}is><${p}t xml:space="preserve">${content}</${p}t></${p}is></${p}c>`
    );
  }
}

/** A row with an error must be seen, also one that is filtered away. */
function showRow(tag: string): string {
  const shown = /^(1|true)$/.test(attributeOf(tag, 'hidden') ?? '')
    ? withoutAttribute(tag, 'hidden')
    : tag;
  if (Number(attributeOf(shown, 'ht') ?? 1) > 0) return shown;
  return ['ht', 'customHeight'].reduce(withoutAttribute, shown);
}

function widenDimension(xml: XmlText, data: Span, column: number, row: number): Edit[] {
  const found = findTag(xml, 'dimension', 0, data.at);
  if (!found) return [];
  const tag = xml.text.slice(found.at, found.end);
  const match = /^([A-Z]+\d+)(?::([A-Z]+)(\d+))?$/.exec(attributeOf(tag, 'ref') ?? '');
  const [, first = '', letters = '', last = '0'] = match ?? [];
  if (first === '') return [];
  const lastColumn = columnLetters(Math.max(column, columnNumber(letters)));
  const reference = `${first}:${lastColumn}${String(Math.max(row, Number(last)))}`;
  return [{ from: found.at, to: found.end, text: withAttribute(tag, 'ref', reference) }];
}
