import { removeInvisible, unifySpaces } from '../rules/typed.ts';

/** What a file holds before any rule has looked at it. */

/** A cell as the reader finds it, rich text, hyperlinks and formulas already flattened to their value. */
export type RawCell =
  | { readonly kind: 'text'; readonly text: string; readonly formula: boolean }
  | {
      readonly kind: 'number';
      readonly value: number;
      /** The digits as the file writes them. */
      readonly source: string;
      /** Number format code; empty for General. Built-in date formats of Chinese Excel are spelled out. */
      readonly format: string;
      /** The format shows it as a date. */
      readonly isDate: boolean;
      readonly formula: boolean;
    }
  /** A date written as text of its own kind (Strict OOXML), `yyyy-mm-dd…`. */
  | { readonly kind: 'date'; readonly text: string; readonly formula: boolean }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly formula: boolean }
  /** `#N/A` and the like. */
  | { readonly kind: 'error'; readonly text: string; readonly formula: boolean }
  /** A formula whose result the file does not hold. */
  | { readonly kind: 'unevaluated'; readonly formula: true };

/** Cells that hold something, by 1-based column. */
export interface RawRow {
  /** 1-based, as the spreadsheet program shows it. */
  readonly row: number;
  /** Hidden or filtered away. */
  readonly hidden: boolean;
  readonly cells: ReadonlyMap<number, RawCell>;
}

/** Inclusive, 1-based. */
export interface CellRange {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
}

/** One sheet read whole. */
export interface RawSheet {
  readonly name: string;
  /** Rows with content, ascending. */
  readonly rows: readonly RawRow[];
  readonly merges: readonly CellRange[];
  /** Day 0 is 1904-01-01. */
  readonly date1904: boolean;
}

/** What our own template says of itself; the file has kept it. */
export interface TemplateMark {
  /** `EntryKind`, or what an unknown template wrote. */
  readonly kind: string;
  readonly version: number;
  readonly unitAccount: string;
}

/** Nothing but spaces and invisible characters; a formula whose result is empty is blank. */
export function isBlank(cell: RawCell | undefined): boolean {
  if (cell === undefined) return true;
  if (cell.kind !== 'text') return false;
  return unifySpaces(removeInvisible(cell.text)).replace(/['\s]/g, '') === '';
}
