import { memo, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { GridHead, cellClasses } from './grid-head.tsx';
import type { Column, Sort } from './grid-head.tsx';
import { ROW_PX, leastWidth, rowsSeen, visibleRows } from './grid-window.ts';
import type { RowRange } from './grid-window.ts';

export interface DataGridProps<Row> {
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
  /** Told the rows the clerk can see. */
  readonly onSight?: (range: RowRange) => void;
  /** When it changes the list starts at the top again. */
  readonly resetKey?: string;
  /** Scrolls to the end when rows are added. */
  readonly followEnd?: boolean;
  readonly empty: React.ReactNode;
  /** Lies over the rows and moves with them, such as the cell that is typed in; it takes the focus. */
  readonly overlay?: React.ReactNode;
}

const HEIGHT_FIRST_PX = 600;

/** Where a row and a cell say what they are, for whoever handles their events. */
export const ROW_INDEX = 'data-index';
export const COLUMN_KEY = 'data-column';

/** A table of any length: only the rows in sight exist. Rows are 36 px, the head stays and moves sideways with them. */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { columns, total, rowAt, rowKey, rowClass, onRange, resetKey, label, empty } = props;
  const body = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLDivElement>(null);
  // in whole rows: between two of them nothing is drawn anew
  const [firstRow, setFirstRow] = useState(0);
  const [height, setHeight] = useState(HEIGHT_FIRST_PX);
  const template = columns.map((column) => column.width).join(' ');
  const minWidth = leastWidth(columns.map((column) => column.width));
  const { first, end } = visibleRows(firstRow * ROW_PX, height + ROW_PX, total);

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

  const { onSight } = props;
  useEffect(() => {
    onSight?.(rowsSeen(firstRow * ROW_PX, height, total));
  }, [onSight, firstRow, height, total]);

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
      <GridRow
        key={row ? rowKey(row) : `waiting-${index}`}
        {...{ row, index, columns, template }}
        className={row ? (rowClass?.(row) ?? '') : 'grid-waiting'}
      />,
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
        tabIndex={total > 0 && !props.overlay ? 0 : -1}
        aria-label={label}
        onScroll={(event) => {
          setFirstRow(Math.floor(event.currentTarget.scrollTop / ROW_PX));
          if (head.current) head.current.scrollLeft = event.currentTarget.scrollLeft;
        }}
      >
        {total === 0 && empty}
        <div className="grid-rows" role="presentation" style={{ height: total * ROW_PX, minWidth }}>
          {rows}
          {props.overlay}
        </div>
      </div>
    </div>
  );
}

interface GridRowProps<Row> {
  readonly row: Row | undefined;
  readonly index: number;
  readonly columns: readonly Column<Row>[];
  readonly template: string;
  readonly className: string;
}

function PlainRow<Row>({ row, index, columns, template, className }: GridRowProps<Row>) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      {...{ [ROW_INDEX]: index }}
      className={`grid-row ${className}`}
      style={{ gridTemplateColumns: template, top: index * ROW_PX }}
    >
      {columns.map((column) => (
        <div
          key={column.key}
          role="cell"
          {...{ [COLUMN_KEY]: column.key }}
          className={cellClasses(column, row && column.cellClass?.(row))}
        >
          {row ? column.render(row, index) : null}
        </div>
      ))}
    </div>
  );
}

/** While the list scrolls, rows that stay in sight are not drawn again. */
const GridRow = memo(PlainRow) as typeof PlainRow;
