export const ROW_PX = 36;
/** Rows drawn beyond the visible ones, so that a small scroll shows no gap. */
const MARGIN_ROWS = 6;

export interface RowRange {
  readonly first: number;
  /** One past the last row. */
  readonly end: number;
}

/** The rows to draw for a scroll position. */
export function visibleRows(
  scrollTop: number,
  heightPx: number,
  total: number,
  rowPx = ROW_PX,
): RowRange {
  const first = Math.max(0, Math.floor(scrollTop / rowPx) - MARGIN_ROWS);
  const end = Math.min(total, Math.ceil((scrollTop + heightPx) / rowPx) + MARGIN_ROWS);
  return { first: Math.min(first, Math.max(0, total - 1)), end: Math.max(end, 0) };
}

/** The rows of which more than a line's edge can be seen. */
export function rowsSeen(scrollTop: number, heightPx: number, total: number): RowRange {
  const first = Math.min(total, Math.floor(scrollTop / ROW_PX));
  return { first, end: Math.min(total, Math.ceil((scrollTop + heightPx) / ROW_PX)) };
}

/** Below this width in px the columns no longer fit and the table scrolls sideways. */
export function leastWidth(tracks: readonly string[]): number {
  return tracks.reduce((sum, track) => sum + Number(/(\d+)px/.exec(track)?.[1] ?? 0), 0);
}
