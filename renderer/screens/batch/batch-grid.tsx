import { useCallback } from 'react';
import type { Batch, BatchRowView } from '../../../shared/ipc/batches.ts';
import type { ColumnName } from '../../../shared/batch/columns.ts';
import { COLUMN_KEY, DataGrid, ROW_INDEX } from '../../parts/data-grid.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { batch as words } from '../../text/batch.ts';
import { shownColumns, stateOf } from './batch-cells.ts';
import { CellInput } from './cell-input.tsx';
import { gridColumns } from './grid-columns.tsx';
import type { GridDesk } from './grid-desk.ts';

const rowKey = (row: BatchRowView) => String(row.seq);

/** Cell under the pointer, with its place in the list. */
function cellAt(target: EventTarget): { index: number; column: string } | undefined {
  if (!(target instanceof Element)) return undefined;
  const column = target.closest(`[${COLUMN_KEY}]`)?.getAttribute(COLUMN_KEY);
  const index = target.closest(`[${ROW_INDEX}]`)?.getAttribute(ROW_INDEX);
  return column && index ? { index: Number(index), column } : undefined;
}

/** What was read, row by row as the file has it; cells are changed in place. */
export function BatchGrid({ desk, batch }: { desk: GridDesk; batch: Batch }) {
  const { total = 0, selected, filter, active } = desk.use();
  const columns = shownColumns(batch);
  const drawn = gridColumns({
    ...{ batch, desk, columns, selected },
    canSelect: (row) => row.state === (filter.show === 'removed' ? 'removed' : 'open'),
  });
  const onRange = useCallback(
    (first: number, end: number) => {
      desk.need(first, end);
    },
    [desk],
  );
  const isCell = (key: string): key is ColumnName => columns.some(({ name }) => name === key);
  function take(event: React.MouseEvent, thenEdit: boolean) {
    const cell = cellAt(event.target);
    if (!cell || !isCell(cell.column)) return;
    desk.activate(cell.index, cell.column);
    desk.focusGrid();
    if (thenEdit) desk.edit();
  }
  return (
    // keys go to the field of the cell in hand; the pointer only chooses it
    <div
      className="batch-grid"
      onMouseDown={(event) => {
        // the field keeps the focus and takes what is typed
        if (cellAt(event.target) && event.target instanceof HTMLElement) {
          if (event.target.closest('input, label') === null) event.preventDefault();
        }
      }}
      onClick={(event) => {
        take(event, false);
      }}
      onDoubleClick={(event) => {
        take(event, true);
      }}
    >
      <DataGrid
        label={words.grid}
        columns={drawn}
        total={total}
        rowAt={(index) => desk.rowAt(index)}
        rowKey={rowKey}
        rowClass={(row) => rowClass(row, selected, active?.seq)}
        onRange={onRange}
        resetKey={`${filter.show} ${filter.code ?? ''} ${filter.text}`}
        empty={desk.state.total === 0 && <Nothing batch={batch} />}
        overlay={
          <CellInput
            desk={desk}
            batch={batch}
            columns={drawn}
            label={(key) => columns.find(({ name }) => name === key)?.heading ?? ''}
          />
        }
      />
    </div>
  );
}

function rowClass(
  row: BatchRowView,
  selected: ReadonlySet<number>,
  activeSeq: number | undefined,
): string {
  if (selected.has(row.seq)) return 'row-selected';
  if (row.state !== 'open') return 'row-inactive';
  const place = row.seq === activeSeq ? 'row-active' : '';
  return stateOf(row) === 'bad' ? `row-bad ${place}` : place;
}

function Nothing({ batch }: { batch: Batch }) {
  return batch.open === 0 ? (
    <EmptyNote title={words.allGone} next={words.allGoneNext} />
  ) : (
    <EmptyNote title={words.noMatchTitle} next={words.noMatchNext} />
  );
}
