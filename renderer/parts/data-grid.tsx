import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { GridHead } from './grid-head.tsx';
import type { Column, Sort } from './grid-head.tsx';
import { ROW_PX, leastWidth, visibleRows } from './grid-window.ts';

interface DataGridProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly total: number;
  /** undefined while the row is on its way: a line of the same height stands there. */
  readonly rowAt: (index: number) => Row | undefined;
  readonly rowKey: (row: Row) => string;
  readonly rowClass?: (row: Row) => string;
  readonly sort?: Sort;
  readonly onSort?: (key: string) => void;
  /** Told the rows that are drawn, so that they can be fetched. */
  readonly onRange?: (first: number, end: number) => void;
  /** When it changes the list starts at the top again. */
  readonly resetKey?: string;
  /** Scrolls to the end when rows are added. */
  readonly followEnd?: boolean;
  readonly empty: React.ReactNode;
}

const HEIGHT_FIRST_PX = 600;

/** A table of any length: only the rows in sight exist. Rows are 36 px, the head stays and moves sideways with them. */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { columns, total, rowAt, rowKey, rowClass, onRange, resetKey, label, empty } = props;
  const body = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLDivElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const [height, setHeight] = useState(HEIGHT_FIRST_PX);
  const template = columns.map((column) => column.width).join(' ');
  const minWidth = leastWidth(columns.map((column) => column.width));
  const { first, end } = visibleRows(scrollTop, height, total);

  useLayoutEffect(() => {
    const element = body.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      setHeight(element.clientHeight);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);
  useEffect(() => {
    if (body.current) body.current.scrollTop = 0;
  }, [resetKey]);
  useEffect(() => {
    if (end > first) onRange?.(first, end);
  }, [onRange, first, end]);

  const before = useRef(total);
  useEffect(() => {
    const element = body.current;
    if (props.followEnd && element && total > before.current) {
      element.scrollTop = element.scrollHeight;
    }
    before.current = total;
  }, [props.followEnd, total]);

  const rows = [];
  for (let index = first; index < end; index += 1) {
    const row = rowAt(index);
    rows.push(
      <div
        key={row ? rowKey(row) : `waiting-${index}`}
        role="row"
        aria-rowindex={index + 2}
        className={`grid-row ${row ? (rowClass?.(row) ?? '') : 'grid-waiting'}`}
        style={{ gridTemplateColumns: template, top: index * ROW_PX }}
      >
        {columns.map((column) => (
          <div
            key={column.key}
            role="cell"
            className={`grid-cell ${column.align === 'right' ? 'right' : ''}`}
          >
            {row ? column.render(row, index) : null}
          </div>
        ))}
      </div>,
    );
  }
  return (
    <div className="grid" role="table" aria-label={label} aria-rowcount={total + 1}>
      <GridHead
        columns={columns}
        ref={head}
        template={template}
        minWidth={minWidth}
        onMoved={(scrollLeft) => {
          if (body.current) body.current.scrollLeft = scrollLeft;
        }}
        {...(props.sort ? { sort: props.sort } : {})}
        {...(props.onSort ? { onSort: props.onSort } : {})}
      />
      <div
        className="grid-body"
        ref={body}
        role="rowgroup"
        tabIndex={total > 0 ? 0 : -1}
        aria-label={label}
        onScroll={(event) => {
          setScrollTop(event.currentTarget.scrollTop);
          if (head.current) head.current.scrollLeft = event.currentTarget.scrollLeft;
        }}
      >
        {total === 0 && empty}
        <div className="grid-rows" role="presentation" style={{ height: total * ROW_PX, minWidth }}>
          {rows}
        </div>
      </div>
    </div>
  );
}
