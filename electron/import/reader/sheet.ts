import type { CellRange, RawCell, RawRow } from '../../../shared/batch/raw.ts';
import { parseRange, parseReference } from './cell-reference.ts';
import { RowCollection } from './row-collection.ts';
import { RowThinning } from './row-thinning.ts';
import {
  COLUMNS_READ_MAX,
  BLANK_TAGS_MAX,
  GLANCE_CHARACTERS_MAX,
  MERGES_MAX,
  SHEET_COLUMNS_MAX,
  SHEET_ROWS_MAX,
  TEXT_CHARACTERS_MAX,
} from './limits.ts';
import { refuse, refuseDamaged } from './refusal.ts';
import { unescapeText } from './strings.ts';
import type { FormatOf } from './styles.ts';
import { isTrue, parseXml } from './xml.ts';

/** What a sheet's cells refer to. */
export interface SheetTerms {
  readonly formatOf: FormatOf;
  /** Undefined when the workbook has no shared strings. */
  readonly strings: readonly string[] | undefined;
  /** Stop after so many rows with content; for a sheet that is only looked at. */
  readonly glanceRows?: number;
}

export interface SheetContent {
  /** Rows with content, ascending. */
  readonly rows: RawRow[];
  readonly merges: readonly CellRange[];
  /** Something stands right of the columns that are read. */
  readonly isWider: boolean;
}

/** Children of a worksheet that come after its merged cells (ECMA-376 18.3.1.99). */
const AFTER_MERGES = new Set([
  ...['phoneticPr', 'conditionalFormatting', 'dataValidations', 'hyperlinks', 'printOptions'],
  ...['pageMargins', 'pageSetup', 'headerFooter', 'drawing', 'legacyDrawing', 'extLst'],
]);

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:E[+-]?\d+)?$/i;

/** Streams one sheet part; cells without content and rows without any are not kept. */
export async function readSheet(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  terms: SheetTerms,
): Promise<SheetContent> {
  const reading = new SheetReading(terms);
  await parseXml(`工作表“${name}”`, chunks, reading);
  return reading.content();
}

interface OpenCell {
  readonly column: number;
  readonly type: string;
  readonly style: string | undefined;
  text: string;
  hasValue: boolean;
  hasFormula: boolean;
}

class SheetReading {
  readonly #terms: SheetTerms;
  readonly #thinning = new RowThinning();
  readonly #collection = new RowCollection();
  readonly #merges: CellRange[] = [];
  #place: 'before' | 'rows' | 'after' | 'done' = 'before';
  #row = 0;
  #isHidden = false;
  #cells: Map<number, RawCell> | undefined;
  #column = 0;
  #cell: OpenCell | undefined;
  #isCollecting = false;
  #phonetic = 0;
  #blankTags = 0;
  #rowTags = 0;
  #isWider = false;
  #seen = 0;

  constructor(terms: SheetTerms) {
    this.#terms = terms;
  }

  content(): SheetContent {
    const { rows } = this.#collection;
    const lastRow = rows.at(-1)?.row ?? 0;
    const merges = this.#merges.filter(({ firstRow }) => firstRow <= lastRow);
    return { rows, merges, isWider: this.#isWider };
  }

  isDone(): boolean {
    return this.#place === 'done';
  }

  isEnough(): boolean {
    return this.#terms.glanceRows !== undefined && this.#place === 'done';
  }

  thin(text: string): string {
    this.#seen += text.length;
    if (this.#terms.glanceRows !== undefined && this.#seen > GLANCE_CHARACTERS_MAX)
      this.#place = 'done';
    return this.#thinning.thin(text);
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#countTag();
    if (this.#place === 'rows') this.#openInRows(name, attributes);
    else if (this.#place === 'before') {
      if (name === 'sheetData') this.#place = 'rows';
    } else if (name === 'mergeCell') this.#addMerge(attributes.ref ?? '');
    else if (AFTER_MERGES.has(name)) this.#place = 'done';
  }

  text(text: string): void {
    const cell = this.#cell;
    if (!cell || !this.#isCollecting) return;
    cell.text += text;
    if (cell.text.length > TEXT_CHARACTERS_MAX)
      refuse('FILE_LIMIT', `第 ${this.#row} 行有单元格的内容超过 ${TEXT_CHARACTERS_MAX} 个字。`);
  }

  close(name: string): void {
    if (this.#place !== 'rows') return;
    switch (name) {
      case 'v':
      case 't':
        this.#isCollecting = false;
        break;
      case 'rPh':
        this.#phonetic -= 1;
        break;
      case 'c':
        this.#closeCell();
        break;
      case 'row':
        this.#closeRow();
        break;
      case 'sheetData':
        this.#place = 'after';
        break;
    }
  }

  #openInRows(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'row') this.#openRow(attributes);
    else if (name === 'c') this.#openCell(attributes);
    else if (this.#cell) this.#openInCell(name, this.#cell);
  }

  /** Tags of rows that turn out to hold something are not counted in the end. */
  #countTag(): void {
    this.#blankTags += 1;
    this.#rowTags += 1;
    if (this.#blankTags > BLANK_TAGS_MAX) refuse('FILE_LIMIT', '工作表中没有内容的格式过多。');
  }

  #openRow({ r, hidden }: Readonly<Record<string, string>>): void {
    if (r === undefined) this.#thinning.refuseUnnumbered();
    const row = r === undefined ? this.#row + 1 : Number(r);
    const isAscending = Number.isInteger(row) && row > this.#row && row <= SHEET_ROWS_MAX;
    if (!isAscending || this.#cells) refuseDamaged(`行号 ${(r ?? String(row)).slice(0, 12)}`);
    this.#row = row;
    this.#rowTags = 1;
    this.#isHidden = isTrue(hidden);
    this.#cells = new Map();
    this.#column = 0;
  }

  #openCell({ r, t, s }: Readonly<Record<string, string>>): void {
    if (r === undefined) this.#thinning.refuseUnnumbered();
    const place =
      r === undefined ? { column: this.#column + 1, row: this.#row } : parseReference(r);
    const isNext = place?.row === this.#row && place.column > this.#column;
    if (!isNext || place.column > SHEET_COLUMNS_MAX || !this.#cells || this.#cell)
      refuseDamaged(`单元格 ${(r ?? '').slice(0, 12)}`);
    this.#column = place.column;
    this.#cell = {
      column: place.column,
      type: t ?? 'n',
      style: s,
      text: '',
      hasValue: false,
      hasFormula: false,
    };
  }

  #openInCell(name: string, cell: OpenCell): void {
    switch (name) {
      case 'v':
        this.#isCollecting = true;
        cell.hasValue = true;
        break;
      case 'is':
        cell.hasValue = true;
        break;
      case 't':
        this.#isCollecting = this.#phonetic === 0;
        break;
      case 'rPh':
        this.#phonetic += 1;
        break;
      case 'f':
        cell.hasFormula = true;
        break;
    }
  }

  #closeCell(): void {
    const cell = this.#cell;
    this.#cell = undefined;
    this.#isCollecting = false;
    this.#phonetic = 0;
    if (!cell || !(cell.hasValue || cell.hasFormula)) return;
    if (cell.column > COLUMNS_READ_MAX) {
      this.#isWider ||= cell.text !== '';
      return;
    }
    const raw = this.#rawCell(cell);
    if (raw) this.#cells?.set(cell.column, raw);
  }

  #closeRow(): void {
    const cells = this.#cells;
    this.#cells = undefined;
    if (!cells || !this.#collection.add(this.#row, this.#isHidden, cells)) return;
    this.#blankTags -= this.#rowTags;
    const { length } = this.#collection.rows;
    if (length >= (this.#terms.glanceRows ?? Infinity)) this.#place = 'done';
  }

  /** Undefined: the cell holds nothing. */
  #rawCell({ type, text, style, hasValue, hasFormula: formula }: OpenCell): RawCell | undefined {
    switch (type) {
      case 's':
        return textCell(this.#sharedString(text.trim()), formula);
      case 'inlineStr':
      case 'str':
        if (!hasValue) return { kind: 'unevaluated', formula: true };
        return textCell(unescapeText(text), formula);
      default:
        break;
    }
    const value = text.trim();
    if (value === '') return formula ? { kind: 'unevaluated', formula } : undefined;
    switch (type) {
      case 'b':
        return { kind: 'boolean', value: isTrue(value), formula };
      case 'e':
        return { kind: 'error', text: value, formula };
      case 'd':
        return { kind: 'date', text: value, formula };
      default:
        return this.#numberCell(value, style, formula);
    }
  }

  #numberCell(source: string, style: string | undefined, formula: boolean): RawCell {
    const value = NUMBER.test(source) ? Number(source) : Number.NaN;
    if (!Number.isFinite(value)) return { kind: 'error', text: source.slice(0, 40), formula };
    const { code: format, isDate } = this.#terms.formatOf(style);
    return { kind: 'number', value, source, format, isDate, formula };
  }

  /** Without its text a cell would show a number that is not there. */
  #sharedString(index: string): string {
    const text = /^\d{1,9}$/.test(index) ? this.#terms.strings?.[Number(index)] : undefined;
    return text ?? refuseDamaged(`第 ${this.#row} 行的文字缺失`);
  }

  #addMerge(reference: string): void {
    const range = parseRange(reference) ?? refuseDamaged(`合并单元格 ${reference.slice(0, 24)}`);
    if (range.firstColumn > COLUMNS_READ_MAX) return;
    if (this.#merges.length >= MERGES_MAX)
      refuse('FILE_LIMIT', `合并的单元格超过 ${MERGES_MAX} 处。`);
    this.#merges.push(range);
  }
}

function textCell(text: string, formula: boolean): RawCell | undefined {
  return text === '' ? undefined : { kind: 'text', text, formula };
}
