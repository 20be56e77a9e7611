/** Heights on paper, all in one unit. */
export interface Heights {
  readonly rows: readonly number[];
  /** Room for rows on the first page and on the others. */
  readonly first: number;
  readonly next: number;
  /** What stands below the last row and stays with it. */
  readonly closing: number;
}

/** Rows `from` to `to`, one past the last. */
export interface PageRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Which rows stand on which page. No row is cut; what closes the document stands below a row where
 * both have room on a page. A row higher than a page has a page of its own.
 */
export function paginate({ rows, first, next, closing }: Heights): PageRange[] {
  const pages: PageRange[] = [];
  let from = 0;
  let used = 0;
  const room = () => (pages.length === 0 ? first : next);
  rows.forEach((height, index) => {
    if (index > from && used + height > room()) {
      pages.push({ from, to: index });
      from = index;
      used = 0;
    }
    used += height;
  });
  const last = rows.length - 1;
  if (used + closing > room() && last >= from) {
    // the last row goes along, unless it has a page of its own
    const to = last > from ? last : rows.length;
    pages.push({ from, to });
    from = to;
  }
  return [...pages, { from, to: rows.length }];
}
