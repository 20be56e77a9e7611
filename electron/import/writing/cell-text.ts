/** Longest text of one cell in every spreadsheet program, in UTF-16 units. */
export const CELL_TEXT_MAX = 32_767;

const CONTROL_CHARACTERS = new RegExp(
  '[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\ufffe\\uffff]',
  'g',
);
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
/** Spreadsheet programs read `_x0041_` as A; the underscore itself is written as `_x005F_`. */
const ESCAPE_LOOKALIKE = /_(?=x[0-9A-Fa-f]{4}_)/g;

/**
 * Text from outside as a cell may hold it: no character XML forbids, nothing that reads back as
 * something else, not longer than a cell takes.
 */
export function toCellText(text: string): string {
  const clean = text
    .replace(CONTROL_CHARACTERS, '')
    .replace(LONE_SURROGATE, '\ufffd')
    .replace(ESCAPE_LOOKALIKE, '_x005F_');
  if (clean.length <= CELL_TEXT_MAX) return clean;
  return `${clean.slice(0, CELL_TEXT_MAX - 1).replace(LONE_SURROGATE, '')}…`;
}
