import type { Workbook } from 'exceljs';

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
