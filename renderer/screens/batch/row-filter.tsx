import { Button, Checkbox, Input } from 'antd';
import { useEffect, useState } from 'react';
import { catalogue, errorCodes } from '../../../shared/errors/catalogue.ts';
import type { ErrorCode } from '../../../shared/errors/catalogue.ts';
import { succeed } from '../../../shared/errors/result.ts';
import type { Batch, BatchRowView } from '../../../shared/ipc/batches.ts';
import { EXPORT_PAGE_ROWS } from '../../../shared/ipc/export.ts';
import { ask } from '../../bridge.ts';
import { ExportButton } from '../../parts/export-button.tsx';
import { conditionsText } from '../../parts/list-cells.ts';
import type { ExportedList } from '../../state/output.ts';
import { batchKindWords, batch as words } from '../../text/batch.ts';
import { countText } from '../../text/numbers.ts';
import { output } from '../../text/output.ts';
import { shownColumns } from './batch-cells.ts';
import { gridCells, gridColumns } from './grid-columns.tsx';
import type { GridDesk, RowFilter } from './grid-desk.ts';
import { heldBack } from './sending.ts';
import { rememberRemoved } from './shown-batch.ts';

const SEARCH_DELAY_MS = 200;

type Show = RowFilter['show'];

/** How many rows a choice shows, where the batch says so. */
function countOfShow(show: Show, batch: Batch): number | undefined {
  switch (show) {
    case 'all':
      return batch.open;
    case 'good':
      return batch.good;
    case 'issues':
      return heldBack(batch);
    case 'differences':
      return batch.differing;
    case 'removed':
      return batch.removed;
    case 'notices':
      return undefined;
  }
}

const shows: readonly Show[] = ['all', 'good', 'issues', 'notices', 'differences', 'removed'];

export function isCode(code: string): code is ErrorCode {
  return (errorCodes as readonly string[]).includes(code);
}

/** What is shown of a batch, with the counts, and what is done to the selected rows. */
export function RowFilterBar({ desk, batch }: { desk: GridDesk; batch: Batch }) {
  const { filter, selected, total = 0 } = desk.use();
  const [text, setText] = useState(filter.text);
  useEffect(() => {
    if (text === desk.state.filter.text) return undefined;
    const timer = setTimeout(() => {
      desk.setFilter({ ...desk.state.filter, text });
    }, SEARCH_DELAY_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [desk, text]);
  const isNarrowed = filter.text !== '' || filter.code !== undefined || filter.show === 'notices';
  const showsRemoved = filter.show === 'removed';
  return (
    <div className="row-filter">
      <div className="show-choices" role="group" aria-label={words.filters}>
        {shows.map((show) => (
          <ShowChoice
            key={show}
            show={show}
            count={countOfShow(show, batch)}
            isChosen={filter.show === show}
            onChoose={() => {
              desk.setFilter({ show, text: filter.text });
            }}
          />
        ))}
      </div>
      {batch.counter > 0 && <span className="warn nowrap">{words.counter(batch.counter)}</span>}
      <Input
        className="row-search"
        allowClear
        aria-label={words.search}
        placeholder={words.searchHint}
        maxLength={60}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
        }}
      />
      {filter.code !== undefined && isCode(filter.code) && (
        <span className="row-code">
          <span title={catalogue[filter.code].text}>
            {words.onlyCode(catalogue[filter.code].text.replace(/\p{Po}$/u, ''))}
          </span>
          <button
            type="button"
            className="link"
            onClick={() => {
              desk.setFilter({ show: filter.show, text: filter.text });
            }}
          >
            {words.clearCode}
          </button>
        </span>
      )}
      {isNarrowed && <span className="muted nowrap">{words.shown(total)}</span>}
      <div className="row-actions">
        <ExportButton list={rowsOf(desk, batch)} />
        <Checkbox
          disabled={total === 0}
          checked={selected.size > 0}
          indeterminate={selected.size > 0 && selected.size < total}
          onChange={(event) => {
            if (event.target.checked) void desk.selectAll();
            else desk.clearSelection();
          }}
        >
          {selected.size > 0 ? words.selected(selected.size) : words.selectAll}
        </Checkbox>
        <Button
          disabled={selected.size === 0}
          onClick={() => {
            const seqs = [...selected];
            if (showsRemoved) void desk.change('batches.restore', seqs);
            else {
              void desk.change('batches.remove', seqs).then((removed) => {
                rememberRemoved(batch, removed);
              });
            }
          }}
        >
          {showsRemoved ? words.restore : words.remove}
        </Button>
      </div>
    </div>
  );
}

/** The rows as they are filtered. */
function rowsOf(desk: GridDesk, batch: Batch): ExportedList<BatchRowView> {
  const { filter, total = 0 } = desk.state;
  const drawn = gridColumns({
    ...{ batch, desk, columns: shownColumns(batch), selected: new Set<number>() },
    canSelect: () => false,
  });
  const code = filter.code !== undefined && isCode(filter.code) ? filter.code : undefined;
  return {
    title: batchKindWords[batch.kind],
    facts: [
      output.condition(words.file, batch.fileName),
      conditionsText([
        [words.filters, words.show[filter.show]],
        [words.search, filter.text],
        [words.issues, code ? catalogue[code].text : ''],
      ]),
    ],
    cells: gridCells(drawn),
    total,
    page: async (offset) => {
      const limit = EXPORT_PAGE_ROWS;
      const page = await ask('batches.rows', { id: batch.id, filter, offset, limit });
      return page.ok ? succeed(page.value.rows) : page;
    },
    of: 'batches',
  };
}

interface ShowChoiceProps {
  readonly show: Show;
  readonly count: number | undefined;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function ShowChoice({ show, count, isChosen, onChoose }: ShowChoiceProps) {
  return (
    <button
      type="button"
      className={`show-choice show-${show}`}
      aria-pressed={isChosen}
      disabled={count === 0 && show !== 'all' && !isChosen}
      onClick={onChoose}
    >
      {words.show[show]}
      {count !== undefined && <strong>{countText(count)}</strong>}
    </button>
  );
}
