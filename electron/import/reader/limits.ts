/** Bounds of what is read of a file; measured on ordinary files, which stay far below them. */

/** Parts of a package: chart, pictures and printer settings of a large workbook included. */
export const PARTS_MAX = 2_000;
export const SHEETS_MAX = 50;

/** Inflated bytes of each part that is read; no other part is ever inflated. */
export const PART_BYTES_MAX = {
  relations: 1 << 20,
  workbook: 2 << 20,
  properties: 1 << 20,
  styles: 8 << 20,
  strings: 128 << 20,
  sheet: 256 << 20,
} as const;

/** Of a sheet that is only looked at for whether it holds anything. */
export const GLANCE_CHARACTERS_MAX = 4 << 20;

/** A cell holds at most 32,767 characters, escaped up to nine times as long; more without a tag is no cell. */
export const SILENT_CHARACTERS_MAX = 512 << 10;
export const XML_DEPTH_MAX = 40;
/** Tags of one part; 20,000 rows of 100 columns have 6 million. */
export const XML_TAGS_MAX = 10_000_000;
/** Tags of a sheet outside rows with content, parsed in well under a second. */
export const BLANK_TAGS_MAX = 750_000;

export const STRINGS_MAX = 1_000_000;
export const BLANK_STRINGS_MAX = 100_000;
export const TEXT_CHARACTERS_MAX = 40_000;
/** Of all cells that are kept, and of all shared strings. */
export const CONTENT_CHARACTERS_MAX = 64_000_000;
export const STYLES_MAX = 70_000;
export const FORMAT_CHARACTERS_MAX = 255;

export const SHEET_ROWS_MAX = 1_048_576;
export const SHEET_COLUMNS_MAX = 16_384;
/** What stands further right is not read. */
export const COLUMNS_READ_MAX = 100;
/** Rows with content that are kept: those of a batch, and tails of running numbers or formulas below them. */
export const CONTENT_ROWS_MAX = 65_536;
export const CELLS_MAX = 2_000_000;
/** Merged ranges within the rows and columns that are read. */
export const MERGES_MAX = 20_000;
/** Of a text file: 100 cells of the longest texts that are kept. */
export const LINE_CHARACTERS_MAX = 4 << 20;
