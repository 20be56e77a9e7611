import { useEffect, useLayoutEffect, useRef } from 'react';
import type { Batch } from '../../../shared/ipc/batches.ts';
import { ROW_PX } from '../../parts/grid-window.ts';
import type { Column } from '../../parts/grid-head.tsx';
import { cellName, issuesOf, sentenceOf } from './batch-cells.ts';
import { editingCommand, walkingCommand } from './cell-keys.ts';
import type { CellCommand } from './cell-keys.ts';
import type { GridDesk } from './grid-desk.ts';

interface CellInputProps {
  readonly desk: GridDesk;
  readonly batch: Batch;
  readonly columns: readonly Pick<Column<never>, 'key' | 'width'>[];
  readonly label: (column: string) => string;
}

const PAGE_ROWS = 10;

/**
 * Frame and text field of the cell in hand. It is there also while the clerk only walks through the
 * grid, empty and clear, so that an input method begins with the first key; what comes in starts an
 * edit. It lies over the rows, so that scrolling far away does not take the focus along.
 */
export function CellInput({ desk, batch, columns, label }: CellInputProps) {
  const { active, editing, focus } = desk.use();
  const field = useRef<HTMLInputElement>(null);
  const at = columns.findIndex(({ key }) => key === active?.column);
  const { index, column } = active ?? {};
  useLayoutEffect(() => {
    if (focus > 0) field.current?.focus();
  }, [focus]);
  useEffect(() => {
    if (document.activeElement === field.current) {
      field.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
  }, [index, column]);
  useEffect(() => {
    const element = field.current;
    if (!editing || element === null || document.activeElement !== element) return;
    const { length } = element.value;
    element.setSelectionRange(length, length);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only where an edit begins: the caret is the clerk's afterwards
  }, [editing?.seq, editing?.column]);
  if (!active || at < 0) return null;
  const row = desk.rowAt(active.index);
  const found = row ? issuesOf(row, active.column) : [];
  const said = row
    ? `${cellName(batch, row.row, active.column)} ${label(active.column)} ${desk.textOf(row, active.column)}`
    : label(active.column);
  return (
    <div
      className="cell-layer"
      role="presentation"
      style={{
        gridTemplateColumns: columns.map(({ width }) => width).join(' '),
        top: active.index * ROW_PX,
      }}
    >
      <input
        ref={field}
        className={`cell-input ${editing ? 'cell-editing' : ''}`}
        style={{ gridColumn: at + 1 }}
        aria-label={said}
        aria-description={found.map(sentenceOf).join('')}
        aria-invalid={found.some(({ severity }) => severity === 'error')}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={editing?.text ?? ''}
        onChange={(event) => {
          const isComposing = (event.nativeEvent as InputEvent).isComposing;
          desk.type(event.target.value, isComposing);
        }}
        onCompositionEnd={(event) => {
          desk.type(event.currentTarget.value);
        }}
        onBlur={() => {
          desk.store(0, 0);
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          const command = editing ? editingCommand(event) : walkingCommand(event);
          if (!command) return;
          event.preventDefault();
          if (command.type === 'abandon') event.stopPropagation();
          run(desk, command);
        }}
      />
    </div>
  );
}

function run(desk: GridDesk, command: CellCommand): void {
  const { active, total = 0 } = desk.state;
  switch (command.type) {
    case 'move':
      desk.move(command.rows, command.columns);
      return;
    case 'store':
      desk.store(command.rows, command.columns);
      return;
    case 'page':
      desk.move(command.down ? PAGE_ROWS : -PAGE_ROWS, 0);
      return;
    case 'end': {
      const far = command.of === 'row' ? desk.columns.length : total;
      const step = command.last ? far : -far;
      desk.move(command.of === 'row' ? 0 : step, command.of === 'row' ? step : 0);
      return;
    }
    case 'edit':
      desk.edit();
      return;
    case 'clear':
      desk.edit('');
      return;
    case 'toggle':
      if (active) desk.toggle(active.seq);
      return;
    case 'abandon':
      desk.abandon();
  }
}
