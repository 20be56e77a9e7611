import type { FileNotice } from '../../../shared/batch/rows.ts';
import type { RawSheet } from '../../../shared/batch/raw.ts';
import { batchTitles } from '../../../shared/batch/template-mark.ts';
import { refuse } from './refusal.ts';
import { fileNotice } from './table.ts';

/** Sheets of our own templates that explain and never hold records. */
const HELP_SHEETS = new Set(['填表说明', '数据字典']);

/** Sheets with content that are read whole in search of the headings. */
export const SHEETS_TRIED_MAX = 10;

/** Whether a sheet bears the headings that are wanted. */
export type SheetFit = (sheet: RawSheet) => boolean;

export interface ChoosableSheet {
  readonly name: string;
  readonly isVisible: boolean;
}

/**
 * The order in which sheets are looked at for the records: the one the template's mark names, then
 * those named as a template's data sheet, then every other visible one. The one to import is the
 * marked one, else the first that fits, else the first with content.
 */
export function inOrderOfChoice<S extends ChoosableSheet>(
  sheets: readonly S[],
  dataSheet: string,
): readonly S[] {
  const titles = new Set<string>(Object.values(batchTitles));
  const visible = sheets.filter(({ isVisible, name }) => isVisible && !HELP_SHEETS.has(name));
  const isMarked = ({ name }: S) => dataSheet !== '' && name === dataSheet;
  const isTitled = (sheet: S) => dataSheet !== '' && !isMarked(sheet) && titles.has(sheet.name);
  return [
    ...visible.filter(isMarked),
    ...visible.filter(isTitled),
    ...visible.filter((sheet) => !isMarked(sheet) && !isTitled(sheet)),
  ];
}

export function refuseWithoutSheet(sheets: readonly ChoosableSheet[]): never {
  if (sheets.some(({ isVisible }) => isVisible)) refuse('SHEET_NONE', '工作表都没有内容。');
  return refuse('SHEET_NONE', '没有可见的工作表。');
}

/** Undefined when no other visible sheet holds anything. */
export function choiceNotice(chosen: string, others: readonly string[]): FileNotice | undefined {
  if (others.length === 0) return undefined;
  const names = others.map((name) => `“${name}”`).join('、');
  return fileNotice('SHEET_CHOSEN', chosen, `已导入工作表“${chosen}”，未导入${names}`);
}
