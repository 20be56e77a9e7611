import type { ExportCell, ExportColumn } from '../../shared/ipc/export.ts';

/** What a column of a list is in an exported sheet: the value itself, not how the screen shows it. */
export interface ListCell<Row> extends ExportColumn {
  readonly read: (row: Row) => ExportCell;
}

export interface Column<Row> {
  readonly key: string;
  readonly title: React.ReactNode;
  /** A grid track: `120px`, `minmax(96px, 1fr)`. */
  readonly width: string;
  readonly align?: 'right';
  readonly sortable?: boolean;
  /** Stays in sight when the table moves sideways; only for the first column. */
  readonly pinned?: boolean;
  /** More classes of a cell, such as what is wrong with it. */
  readonly cellClass?: (row: Row) => string;
  readonly render: (row: Row, index: number) => React.ReactNode;
  /** What the column is in an exported sheet; nothing for one that is there for the eye or the hand. */
  readonly cells?: readonly ListCell<Row>[];
}

export interface Sort {
  readonly key: string;
  readonly descending: boolean;
}

interface GridHeadProps<Row> {
  readonly ref: React.Ref<HTMLDivElement>;
  readonly columns: readonly Column<Row>[];
  readonly template: string;
  readonly minWidth: number;
  readonly sort?: Sort;
  readonly onSort?: (key: string) => void;
  /** The head was moved sideways, as when the focus goes to a column out of sight. */
  readonly onMoved: (scrollLeft: number) => void;
}

function directionOf(key: string, sort: Sort | undefined): 'ascending' | 'descending' | 'none' {
  if (sort?.key !== key) return 'none';
  return sort.descending ? 'descending' : 'ascending';
}

export function cellClasses<Row>({ align, pinned }: Column<Row>, more = ''): string {
  return `grid-cell ${align === 'right' ? 'right' : ''} ${pinned ? 'pinned' : ''} ${more}`;
}

export function GridHead<Row>({
  ref,
  columns,
  template,
  minWidth,
  sort,
  onSort,
  onMoved,
}: GridHeadProps<Row>) {
  return (
    <div
      className="grid-head"
      ref={ref}
      role="rowgroup"
      onScroll={(event) => {
        onMoved(event.currentTarget.scrollLeft);
      }}
    >
      <div
        role="row"
        aria-rowindex={1}
        className="grid-head-row"
        style={{ gridTemplateColumns: template, minWidth }}
      >
        {columns.map((column) => {
          const direction = directionOf(column.key, sort);
          return (
            <div
              key={column.key}
              role="columnheader"
              {...(column.sortable ? { 'aria-sort': direction } : {})}
              className={cellClasses(column)}
            >
              {column.sortable ? (
                <button
                  type="button"
                  className={`grid-sort sort-${direction}`}
                  onClick={() => {
                    onSort?.(column.key);
                  }}
                >
                  {column.title}
                </button>
              ) : (
                column.title
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
