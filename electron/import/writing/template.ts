import type { Workbook, Worksheet } from 'exceljs';
import { TEMPLATE_VERSION, batchColumns, columnLetters } from '../../../shared/batch/columns.ts';
import type { BatchColumn, ColumnForm } from '../../../shared/batch/columns.ts';
import {
  TEMPLATE_MARK,
  TEMPLATE_MARK_SHEET,
  batchTitles,
  templateKeywords,
} from '../../../shared/batch/template-mark.ts';
import { BATCH_ROWS_MAX } from '../../../shared/ipc/import.ts';
import type { TemplateTerms } from '../../../shared/ipc/import.ts';
import { fundTypeLabels } from '../../../shared/rules/policy.ts';
import { headingRule, ruleForColumn } from './cell-rule.ts';
import type { Lists } from './cell-rule.ts';
import { toCellText } from './cell-text.ts';
import { guideColumn, isTextColumn } from './column-guide.ts';
import { FONT, addHelpSheet } from './help-sheet.ts';
import { newWorkbook, setPage, toBytes } from './workbook.ts';

/** Rules and drop-downs reach so far: whole columns would make every program slow at opening. */
const LAST_ROW = BATCH_ROWS_MAX + 1;
const LIST_SHEET = '数据字典';
const FILL_REQUIRED = 'FF1F4E79';
const FILL_OPTIONAL = 'FFDDEBF7';

const widths: Readonly<Record<ColumnForm, number>> = {
  sequence: 8,
  fundType: 12,
  account: 18,
  name: 18,
  idNumber: 23,
  month: 12,
  wage: 15,
  ratio: 13,
  reason: 16,
  amount: 15,
};

/** An empty template of one kind, for one unit (manual 五(三)). */
export async function makeTemplate(terms: TemplateTerms): Promise<Uint8Array> {
  const title = batchTitles[terms.kind];
  const columns = batchColumns[terms.kind];
  const book = await newWorkbook();
  const mark = templateKeywords(terms.kind, TEMPLATE_VERSION, terms.unitAccount);
  Object.assign(book, { title: `${title}表格`, subject: mark, keywords: mark });
  addDataSheet(book, title, columns, terms);
  addHelpSheet(book, title, columns, terms);
  addLists(book, terms);
  const facts: readonly (string | number)[] = [
    TEMPLATE_MARK,
    terms.kind,
    TEMPLATE_VERSION,
    terms.unitAccount,
    terms.businessMonth,
    title,
    columns.map(({ heading }) => heading).join('|'),
  ];
  const markSheet = book.addWorksheet(TEMPLATE_MARK_SHEET, { state: 'veryHidden' });
  markSheet.addRows(facts.map((fact) => [fact]));
  return toBytes(book);
}

function addDataSheet(
  book: Workbook,
  title: string,
  columns: readonly BatchColumn[],
  terms: TemplateTerms,
): void {
  const sheet = book.addWorksheet(title, {
    views: [{ state: 'frozen', xSplit: 0, ySplit: 1, topLeftCell: 'A2', activeCell: 'A2' }],
    properties: { defaultRowHeight: 18, tabColor: { argb: FILL_REQUIRED } },
    pageSetup: { printTitlesRow: '1:1' },
    headerFooter: { oddHeader: `&C${title}`, oddFooter: '&C第 &P 页，共 &N 页' },
  });
  setPage(sheet, 'all pages');
  const lists = placeLists(terms);
  columns.forEach((column, index) => {
    const letters = columnLetters(index + 1);
    const { required, requirement } = guideColumn(column, terms);
    const format = isTextColumn(column) ? '@' : 'General';
    Object.assign(sheet.getColumn(index + 1), {
      width: Math.max(widths[column.form], 2 * column.heading.length + 2),
      style: { numFmt: format, font: { name: FONT, size: 11 }, alignment: { vertical: 'middle' } },
    });
    addHeading(sheet, `${letters}1`, column.heading, required);
    const rule = ruleForColumn(column, `${letters}2`, requirement, lists);
    if (rule) sheet.dataValidations.add(`${letters}2:${letters}${String(LAST_ROW)}`, rule);
  });
  sheet.dataValidations.add(`A1:${columnLetters(columns.length)}1`, headingRule);
  sheet.getRow(1).height = 32;
}

function addHeading(sheet: Worksheet, address: string, heading: string, required: boolean): void {
  const cell = sheet.getCell(address);
  const line = { style: 'thin', color: { argb: 'FF8EA9C1' } } as const;
  cell.value = required ? `${heading}*` : heading;
  cell.style = {
    numFmt: '@',
    font: {
      name: FONT,
      size: 11,
      bold: true,
      color: { argb: required ? 'FFFFFFFF' : FILL_REQUIRED },
    },
    fill: {
      type: 'pattern',
      pattern: 'solid',
      fgColor: { argb: required ? FILL_REQUIRED : FILL_OPTIONAL },
    },
    alignment: { horizontal: 'center', vertical: 'middle', wrapText: true },
    border: { top: line, left: line, bottom: line, right: line },
  };
}

/** Drop-downs refer to a sheet, because a list inside a rule ends at 255 characters. */
function placeLists({ fundTypes, reasons }: TemplateTerms): Lists {
  const range = (column: string, count: number) =>
    `${LIST_SHEET}!$${column}$2:$${column}$${String(count + 1)}`;
  return {
    fundTypes: range('A', fundTypes.length),
    reasons: reasons.length === 0 ? undefined : range('D', reasons.length),
  };
}

/** Fund codes are numbers, as typing them into a General cell gives; a text would not match. */
function addLists(book: Workbook, { fundTypes, reasons }: TemplateTerms): void {
  const sheet = book.addWorksheet(LIST_SHEET, { state: 'hidden' });
  sheet.addRow(['资金性质代码', '资金性质', '减少原因代码', '减少原因']);
  for (let index = 0; index < Math.max(fundTypes.length, reasons.length); index += 1) {
    const fundType = fundTypes[index];
    const reason = reasons[index];
    sheet.addRow([
      ...(fundType === undefined ? ['', ''] : [Number(fundType), fundTypeLabels[fundType]]),
      ...(reason === undefined ? ['', ''] : [toCellText(reason.code), toCellText(reason.label)]),
    ]);
  }
}
