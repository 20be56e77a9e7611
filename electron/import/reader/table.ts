import type { RawSheet, TemplateMark } from '../../../shared/batch/raw.ts';
import type { BatchSheet, FileNotice } from '../../../shared/batch/rows.ts';
import { COLUMNS_READ_MAX } from './limits.ts';

/** The sheet to import and what the file says of itself. */
export interface Table {
  readonly format: BatchSheet['format'];
  readonly sheet: RawSheet;
  readonly mark: TemplateMark | undefined;
  /** Sheet chosen among several, macros, content too far right. */
  readonly notices: readonly FileNotice[];
}

/** A notice about the file as a whole. */
export function fileNotice(code: FileNotice['code'], value: string, rule: string): FileNotice {
  return { code, row: 0, column: '', value: value.slice(0, 400), rule: rule.slice(0, 200) };
}

export const macrosNotice = fileNotice('MACROS_IGNORED', '', '只读取单元格的内容，宏不会被执行');
export const columnsNotice = fileNotice(
  'COLUMN_IGNORED',
  '',
  `第 ${COLUMNS_READ_MAX} 列以后的内容没有读取`,
);
