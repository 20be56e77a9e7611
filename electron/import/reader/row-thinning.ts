import { refuseDamaged } from './refusal.ts';

/** As Excel, WPS, LibreOffice and the libraries for programs write them, the last with a space or a prefix. */
const EMPTY_CELL =
  /<(?:x:)?c r="[A-Z]{1,3}\d{1,7}"(?: s="\d{1,5}")?(?: t="[a-zA-Z]{1,9}")?(?: ?\/>|><\/(?:x:)?c>)/g;
const EMPTY_ROW = /<(?:x:)?row r="\d{1,7}"[^<>]*(?:\/>|><\/(?:x:)?row>)/g;
/** Long enough for `<!` to be seen across two pieces. */
const OVERLAP = 2;

/**
 * Leaves out cells that carry a format alone, and rows of nothing else, before the XML is parsed: a
 * sheet formatted down to its last row is ordinary, and parsing its nine million tags would take
 * ten seconds. Text that only looks like such a cell can stand in a comment or CDATA section alone,
 * so from the first of these on nothing is left out any more.
 */
export class RowThinning {
  #hasSections = false;
  #before = '';
  #hasThinned = false;

  thin(text: string): string {
    this.#hasSections ||= (this.#before + text.slice(0, OVERLAP)).includes('<!');
    this.#hasSections ||= text.includes('<!');
    this.#before = text.slice(-OVERLAP);
    if (this.#hasSections) return text;
    const thinned = text.replace(EMPTY_CELL, '').replace(EMPTY_ROW, '');
    this.#hasThinned ||= thinned.length !== text.length;
    return thinned;
  }

  /** Rows and cells without a number are counted, which cannot be done when some were left out. */
  refuseUnnumbered(): void {
    if (this.#hasThinned) refuseDamaged('部分单元格没有编号');
  }
}
