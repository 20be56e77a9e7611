import exceljs from 'exceljs';
import { batchColumns } from '../../../shared/batch/columns.ts';
import { batchTitles } from '../../../shared/batch/template-mark.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import type { Fields } from '../../fixtures/batch-files.ts';

/** Types rows into a downloaded template as a clerk does: text, below the headings that stand there. */
export async function fillTemplate(
  template: string,
  kind: EntryKind,
  rows: readonly Fields[],
  target: string,
): Promise<void> {
  const book = new exceljs.Workbook();
  await book.xlsx.readFile(template);
  const sheet = book.getWorksheet(batchTitles[kind]);
  if (!sheet) throw new Error(`the template has no sheet ${batchTitles[kind]}`);
  const headings = new Map<string, number>();
  sheet.getRow(1).eachCell((cell, column) => headings.set(cell.text.replaceAll('*', ''), column));
  rows.forEach((fields, index) => {
    for (const { name, heading } of batchColumns[kind]) {
      const text = fields[name];
      if (text === undefined) continue;
      const column = headings.get(heading);
      if (column === undefined) throw new Error(`the template has no column ${heading}`);
      sheet.getCell(index + 2, column).value = text;
    }
  });
  await book.xlsx.writeFile(target);
}

/** A table of the clerk's own, without template. */
export async function writeTable(
  target: string,
  rows: readonly (readonly (string | number)[])[],
): Promise<void> {
  const book = new exceljs.Workbook();
  book.addWorksheet('工资表').addRows(rows.map((row) => [...row]));
  await book.xlsx.writeFile(target);
}
