import { PassThrough } from 'node:stream';
import type { Style, Worksheet } from 'exceljs';
import type {
  ExportCell,
  ExportColumn,
  ExportForm,
  ExportHead,
  ExportRows,
} from '../../../shared/ipc/export.ts';
import { columnLetters } from '../../../shared/batch/columns.ts';
import { toCellText } from './cell-text.ts';
import { FONT } from './help-sheet.ts';
import { setPage } from './workbook.ts';

type Look = Partial<Style>;

const FEN_PER_YUAN = 100;
const FILL_HEADING = 'FFDDEBF7';
/** Characters a sheet's name may not have. */
const NOT_IN_NAMES = /[*?:\\/[\]]/g;

/**
 * A text column is of the format text: what begins with = + - or @ is stored as a string, and stays
 * one when somebody goes into the cell and out again.
 */
const formats: Readonly<Record<ExportForm, string>> = {
  text: '@',
  money: '#,##0.00',
  count: '0',
  percent: '0"%"',
};

const headingLook: Look = {
  numFmt: '@',
  font: { name: FONT, size: 11, bold: true },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: FILL_HEADING } },
  alignment: { vertical: 'middle', wrapText: true },
  border: { bottom: { style: 'thin', color: { argb: 'FF8EA9C1' } } },
};
const titleLook: Look = { numFmt: '@', font: { name: FONT, size: 14, bold: true } };
const factLook: Look = { numFmt: '@', font: { name: FONT, size: 10 } };

/**
 * A list as a workbook, row by row: what was written is packed at once and forgotten, all but its
 * texts, each once. 100,000 rows of ten columns took 430 MB.
 */
export class ListWriter {
  readonly #columns: readonly ExportColumn[];
  readonly #sheet: Worksheet;
  readonly #commit: () => Promise<void>;
  readonly #chunks: Buffer[] = [];
  #rows = 0;

  private constructor(
    columns: readonly ExportColumn[],
    sheet: Worksheet,
    packed: PassThrough,
    commit: () => Promise<void>,
  ) {
    this.#columns = columns;
    this.#sheet = sheet;
    this.#commit = commit;
    packed.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
  }

  static async begin({ title, facts, columns }: ExportHead): Promise<ListWriter> {
    const { default: WorkbookWriter } = await import('exceljs/lib/stream/xlsx/workbook-writer.js');
    const packed = new PassThrough();
    // as shared strings: what looks like an escape comes back as it was in every program
    const book = new WorkbookWriter({ stream: packed, useStyles: true, useSharedStrings: true });
    book.creator = '缴存通';
    const headingRow = 1 + facts.length + 1;
    const sheet = book.addWorksheet(title.replace(NOT_IN_NAMES, ' '), {
      views: [{ state: 'frozen', xSplit: 0, ySplit: headingRow }],
      pageSetup: { printTitlesRow: `${headingRow}:${headingRow}` },
      headerFooter: { oddFooter: '&C第 &P 页，共 &N 页' },
    });
    setPage(sheet, 'all pages');
    sheet.columns = columns.map(({ width, form }) => ({
      width,
      style: { numFmt: formats[form], font: { name: FONT, size: 11 } },
    }));
    // before the first row is packed: the sheet's parts are written in their order
    sheet.autoFilter = `A${headingRow}:${columnLetters(columns.length)}${headingRow}`;
    const writer = new ListWriter(columns, sheet, packed, () => book.commit());
    writer.#writeLine([title], titleLook);
    for (const fact of facts) writer.#writeLine([fact], factLook);
    writer.#writeLine(
      columns.map((column) => column.title),
      headingLook,
    );
    return writer;
  }

  add(rows: ExportRows): void {
    for (const row of rows) {
      const cells = this.#columns.map(({ form }, index) => valueOf(form, row[index] ?? null));
      this.#sheet.addRow(cells).commit();
      this.#rows += 1;
    }
  }

  async finish(): Promise<Uint8Array> {
    await this.#commit();
    return new Uint8Array(Buffer.concat(this.#chunks));
  }

  #writeLine(texts: readonly string[], look: Look): void {
    const row = this.#sheet.addRow(texts.map(toCellText));
    texts.forEach((_text, index) => {
      row.getCell(index + 1).style = look;
    });
    row.commit();
  }
}

/** Text and numbers and nothing else: an object could become a formula or a link. */
function valueOf(form: ExportForm, cell: ExportCell): string | number | null {
  if (cell === null) return null;
  if (form === 'text') return toCellText(String(cell));
  if (typeof cell === 'string') throw new TypeError(`a text in a column of ${form}`);
  return form === 'money' ? cell / FEN_PER_YUAN : cell;
}
