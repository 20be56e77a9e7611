import { DataGrid } from './data-grid.tsx';
import type { DataGridProps } from './data-grid.tsx';
import { ROW_PX } from './grid-window.ts';

const ROWS_SEEN_MAX = 8;
const HEAD_PX = 40;
const EMPTY_PX = 120;

/** A table among other things on a page: as high as its rows while they are few, then it is moved through. */
export function ShortGrid<Row>(props: DataGridProps<Row>) {
  const { total } = props;
  const body = total === 0 ? EMPTY_PX : Math.min(total, ROWS_SEEN_MAX) * ROW_PX;
  return (
    <div style={{ height: HEAD_PX + body }}>
      <DataGrid {...props} />
    </div>
  );
}
