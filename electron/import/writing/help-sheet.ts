import type { Workbook, Worksheet } from 'exceljs';
import { TEMPLATE_VERSION } from '../../../shared/batch/columns.ts';
import type { BatchColumn } from '../../../shared/batch/columns.ts';
import { BATCH_ROWS_MAX } from '../../../shared/ipc/import.ts';
import type { TemplateTerms } from '../../../shared/ipc/import.ts';
import { formatMonth, toMonth } from '../../../shared/rules/months.ts';
import { toCellText } from './cell-text.ts';
import { guideColumn, listWarnings } from './column-guide.ts';
import { setPage } from './workbook.ts';

export const FONT = '宋体';
const FILL_HEADING = 'FFDDEBF7';
const COLUMN_COUNT = 4;
const widths = [20, 10, 74, 24] as const;
/** Han characters a line of the column 填写要求 and of the whole width take at 11 points. */
const REQUIREMENT_LINE_CHARACTERS = 35;
const WHOLE_LINE_CHARACTERS = 60;
const LINE_POINTS = 16;

/** 填表说明: what belongs into each column, with an example that stands nowhere else. */
export function addHelpSheet(
  book: Workbook,
  title: string,
  columns: readonly BatchColumn[],
  terms: TemplateTerms,
): void {
  const sheet = book.addWorksheet('填表说明', {
    views: [{ showGridLines: false }],
    pageSetup: {
      margins: { left: 0.5, right: 0.5, top: 0.5, bottom: 0.5, header: 0.3, footer: 0.3 },
    },
  });
  setPage(sheet, 'one page');
  widths.forEach((width, index) => {
    sheet.getColumn(index + 1).width = width;
  });
  addLine(sheet, `${title}填表说明`, { size: 16, bold: true });
  const month = formatMonth(toMonth(terms.businessMonth));
  addLine(sheet, `单位：${terms.unitName}（单位客户号 ${terms.unitAccount}）`);
  addLine(sheet, `业务年月：${month}　　表格版本：${String(TEMPLATE_VERSION)}`);
  sheet.addRow([]);
  addColumns(sheet, columns, terms);
  sheet.addRow([]);
  if (columns.some(({ form }) => form === 'reason')) addReasons(sheet, terms);
  addLine(sheet, '注意事项', { bold: true });
  listWarnings(title, terms, BATCH_ROWS_MAX).forEach((warning, index) => {
    addLine(sheet, `${String(index + 1)}. ${warning}`);
  });
}

function addColumns(sheet: Worksheet, columns: readonly BatchColumn[], terms: TemplateTerms): void {
  const line = { style: 'thin', color: { argb: 'FFBFBFBF' } } as const;
  const border = { top: line, left: line, bottom: line, right: line };
  const heading = sheet.addRow(['列名', '是否必填', '填写要求', '示例']);
  heading.height = 22;
  for (let column = 1; column <= COLUMN_COUNT; column += 1) {
    heading.getCell(column).style = {
      font: { name: FONT, size: 11, bold: true },
      fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: FILL_HEADING } },
      alignment: { vertical: 'middle', horizontal: column === 2 ? 'center' : 'left' },
      border,
    };
  }
  for (const column of columns) {
    const { required, requirement, example } = guideColumn(column, terms);
    const row = sheet.addRow([column.heading, required ? '必填' : '选填', requirement, example]);
    row.height = heightOf(requirement, REQUIREMENT_LINE_CHARACTERS);
    for (let place = 1; place <= COLUMN_COUNT; place += 1) {
      row.getCell(place).style = {
        numFmt: '@',
        font: { name: FONT, size: 11, bold: required && place <= 2 },
        alignment: {
          vertical: 'middle',
          horizontal: place === 2 ? 'center' : 'left',
          wrapText: true,
        },
        border,
      };
    }
  }
}

function addReasons(sheet: Worksheet, { reasons }: TemplateTerms): void {
  addLine(sheet, '减少原因代码', { bold: true });
  addLine(sheet, reasons.map(({ code, label }) => `${code} ${label}`).join('　'));
  sheet.addRow([]);
}

/** A line over the whole width. */
function addLine(
  sheet: Worksheet,
  text: string,
  look: { size?: number; bold?: boolean } = {},
): void {
  const row = sheet.addRow([toCellText(text)]);
  sheet.mergeCells(row.number, 1, row.number, COLUMN_COUNT);
  row.getCell(1).style = {
    font: { name: FONT, size: look.size ?? 11, bold: look.bold ?? false },
    alignment: { vertical: 'middle', wrapText: true },
  };
  row.height = look.size === undefined ? heightOf(text, WHOLE_LINE_CHARACTERS) : 30;
}

/** Merged cells do not grow by themselves. */
function heightOf(text: string, lineCharacters: number): number {
  const width = Array.from(text).reduce((sum, each) => sum + (each > '\u2e7f' ? 1 : 0.5), 0);
  return LINE_POINTS * Math.max(1, Math.ceil(width / lineCharacters)) + 4;
}
