import { Button, DatePicker, Splitter } from 'antd';
import dayjs from 'dayjs';
import { useCallback } from 'react';
import type { Order, UnitStatus } from '../../../shared/ipc/data.ts';
import type { UnitTerms } from '../../../shared/rules/policy.ts';
import { ask } from '../../bridge.ts';
import { DataGrid } from '../../parts/data-grid.tsx';
import { DocumentButtons } from '../../parts/document-buttons.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { ExportButton } from '../../parts/export-button.tsx';
import { FailureNote } from '../../parts/failure-note.tsx';
import { conditionsText, listCells } from '../../parts/list-cells.ts';
import { acceptedListOf } from '../../state/documents.ts';
import { rowsHere } from '../../state/output.ts';
import { useFilingWindow } from '../../state/centre-time.ts';
import { useReading } from '../../state/reading.ts';
import { registrationResults as words } from '../../text/registration-results.ts';
import { stampText } from '../../text/time.ts';
import { batchColumns } from './batch-columns.tsx';
import { ItemsPane } from './items-pane.tsx';
import { useRefreshing } from './refreshing.ts';
import { chosenMonth, shownItems } from './shown.ts';

const orderKey = (order: Order) => order.oid;

/** 职工登记信息查询 (manual 十(一)): batches above, their people below. */
export function RegistrationResults({ unit }: { unit: UnitStatus }) {
  const current = useFilingWindow()?.businessMonth ?? unit.parameters?.businessMonth;
  const month = chosenMonth.use() ?? current;
  if (month === undefined) {
    return (
      <section className="page" aria-label={words.title}>
        <EmptyNote title={words.batchesEmpty} next={words.neverAsked} />
      </section>
    );
  }
  return (
    <Results
      month={month}
      terms={unit.parameters?.terms}
      onMonth={chosenMonth.set}
      canRefresh={unit.channel === 'online' || unit.channel === 'waiting'}
    />
  );
}

interface ResultsProps {
  readonly month: number;
  readonly terms: UnitTerms | undefined;
  readonly onMonth: (month: number) => void;
  readonly canRefresh: boolean;
}

function Results({ month, terms, onMonth, canRefresh }: ResultsProps) {
  const read = useCallback(
    () => ask('orders.list', { kind: 'registration', businessMonth: month }),
    [month],
  );
  const { value, failure, reload } = useReading(read, 'orders');
  const refreshing = useRefreshing(reload);
  const shown = shownItems.use();
  const orders = value?.orders ?? [];
  const order = orders.find((one) => one.oid === shown?.oid);
  const columns = batchColumns(orders, (one, choice) => {
    shownItems.set({ oid: one.oid, choice });
  });
  const problem = refreshing.failure ?? failure;
  return (
    <section className="full" aria-label={words.title}>
      <div className="full-head">
        <h1>{words.title}</h1>
        <label htmlFor="results-month">{words.month}</label>
        <DatePicker
          id="results-month"
          picker="month"
          format="YYYYMM"
          allowClear={false}
          value={dayjs(`${String(month).slice(0, 4)}-${String(month).slice(4)}-01`)}
          onChange={(day) => {
            onMonth(Number(dayjs(day).format('YYYYMM')));
          }}
        />
        <Button
          loading={refreshing.busy}
          disabled={!canRefresh}
          onClick={() => void refreshing.refresh()}
        >
          {refreshing.busy ? words.refreshing : words.refresh}
        </Button>
        <span className="muted" role="status">
          {value?.fetchedAt ? words.asOf(stampText(value.fetchedAt)) : words.neverAsked}
          {refreshing.changed !== undefined && `，${words.refreshed(refreshing.changed)}`}
        </span>
        <div className="buttons push">
          <ExportButton
            list={{
              title: words.batches,
              facts: [conditionsText([[words.month, String(month)]])],
              cells: listCells(columns),
              total: orders.length,
              page: rowsHere(orders),
            }}
          />
          <DocumentButtons {...acceptedListOf(month)} />
        </div>
      </div>
      {problem && <FailureNote code={problem.code} detail={problem.detail} />}
      <Splitter orientation="vertical" className="results-split">
        <Splitter.Panel defaultSize="42%" min="25%" max="75%">
          <DataGrid
            label={words.batches}
            columns={columns}
            total={orders.length}
            rowAt={(index) => orders[index]}
            rowKey={orderKey}
            rowClass={(one) => (one.oid === order?.oid ? 'row-selected' : '')}
            resetKey={String(month)}
            empty={value && <EmptyNote title={words.batchesEmpty} next={words.batchesEmptyNext} />}
          />
        </Splitter.Panel>
        <Splitter.Panel>
          {order && shown ? (
            <ItemsPane order={order} choice={shown.choice} terms={terms} />
          ) : (
            <EmptyNote title={words.itemsEmpty} next={words.itemsEmptyNext} />
          )}
        </Splitter.Panel>
      </Splitter>
    </section>
  );
}
