export interface Column<Row> {
  readonly key: string;
  readonly title: React.ReactNode;
  /** A grid track: `120px`, `minmax(96px, 1fr)`. */
  readonly width: string;
  readonly align?: 'right';
  readonly sortable?: boolean;
  readonly render: (row: Row, index: number) => React.ReactNode;
}

export interface Sort {
  readonly key: string;
  readonly descending: boolean;
}

interface GridHeadProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly template: string;
  readonly sort?: Sort;
  readonly onSort?: (key: string) => void;
}

function directionOf(key: string, sort: Sort | undefined): 'ascending' | 'descending' | 'none' {
  if (sort?.key !== key) return 'none';
  return sort.descending ? 'descending' : 'ascending';
}

export function GridHead<Row>({ columns, template, sort, onSort }: GridHeadProps<Row>) {
  return (
    <div className="grid-head" role="rowgroup">
      <div
        role="row"
        aria-rowindex={1}
        className="grid-head-row"
        style={{ gridTemplateColumns: template }}
      >
        {columns.map((column) => {
          const direction = directionOf(column.key, sort);
          return (
            <div
              key={column.key}
              role="columnheader"
              {...(column.sortable ? { 'aria-sort': direction } : {})}
              className={`grid-cell ${column.align === 'right' ? 'right' : ''}`}
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
