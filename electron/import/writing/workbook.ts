import type { Workbook, Worksheet } from 'exceljs';

/** An empty workbook. exceljs is loaded here, at first use: reading a file does without it. */
export async function newWorkbook(): Promise<Workbook> {
  const { default: WorkbookOfExceljs } = await import('exceljs/lib/doc/workbook.js');
  const book = new WorkbookOfExceljs();
  book.creator = '缴存通';
  book.views = [
    {
      x: 0,
      y: 0,
      width: 24_000,
      height: 14_000,
      firstSheet: 0,
      activeTab: 0,
      visibility: 'visible',
    },
  ];
  return book;
}

export async function toBytes(book: Workbook): Promise<Uint8Array> {
  return new Uint8Array(await book.xlsx.writeBuffer());
}

const PAPER_A4 = 9;

/** A4, landscape, one page wide; as many pages long as it takes, or one. */
export function setPage(sheet: Worksheet, length: 'all pages' | 'one page'): void {
  Object.assign(sheet.pageSetup, {
    paperSize: PAPER_A4,
    orientation: 'landscape',
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: length === 'one page' ? 1 : 0,
  });
}
