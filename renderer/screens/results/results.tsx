import { Button, Select, Splitter } from 'antd';
import { useCallback, useEffect, useEffectEvent } from 'react';
import type { UnitStatus } from '../../../shared/ipc/data.ts';
import type { QueryGroup, QueryOrder } from '../../../shared/ipc/queries.ts';
import { ask } from '../../bridge.ts';
import { DataGrid } from '../../parts/data-grid.tsx';
import { DocumentButtons } from '../../parts/document-buttons.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { ExportButton } from '../../parts/export-button.tsx';
import { FailureNote } from '../../parts/failure-note.tsx';
import { conditionsText, listCells } from '../../parts/list-cells.ts';
import { acceptedListOf } from '../../state/documents.ts';
import { rowsHere } from '../../state/output.ts';
import { useCentreTime, useFilingWindow } from '../../state/centre-time.ts';
import { useReading } from '../../state/reading.ts';
import { results as words } from '../../text/results.ts';
import { agoText, stampText } from '../../text/time.ts';
import { batchColumns } from './batch-columns.tsx';
import { useFetching } from './fetching.ts';
import { ItemsPane } from './items-pane.tsx';
import { ageFacts } from './items.ts';
import { monthChoices } from './months.ts';
import { beginWith, changeResultsView, useResultsView } from './shown.ts';

interface ResultsProps {
  readonly group: QueryGroup;
  readonly unit: UnitStatus;
}

/** 职工登记, 补缴 and 减少信息查询 (manual 十(一) to (三)): batches above, their items below. */
export function Results({ group, unit }: ResultsProps) {
  const current = useFilingWindow()?.businessMonth ?? unit.parameters?.businessMonth;
  if (current === undefined) {
    return (
      <section className="page" aria-label={words.title[group]}>
        <EmptyNote title={words.batchesEmpty[group]} next={words.neverAsked} />
      </section>
    );
  }
  return <MonthResults key={group} group={group} unit={unit} current={current} />;
}

const orderKey = (order: QueryOrder) => `${order.oid} ${order.receiptNumber}`;
const FETCH_SECONDS = 60;

function MonthResults({ group, unit, current }: ResultsProps & { readonly current: number }) {
  const view = useResultsView(group);
  const month = view.month ?? view.items?.month ?? current;
  const begin = useEffectEvent(() => {
    beginWith(group, current);
  });
  useEffect(() => {
    begin();
  }, []);
  const read = useCallback(
    () => ask('query.orders', { group, businessMonth: month }),
    [group, month],
  );
  const { value, failure, reload } = useReading(read, 'orders');
  const isOnline = unit.channel === 'online';
  const everySeconds = unit.parameters?.resultsPollSeconds ?? FETCH_SECONDS;
  const fetching = useFetching({ isOnline, everySeconds, reload });
  const orders = value?.orders ?? [];
  const fetchedAt = value?.fetchedAt ?? null;
  const order = orders.find((one) => one.oid === view.items?.oid);
  const columns = batchColumns(group, orders, (one, choice) => {
    changeResultsView(group, { items: { oid: one.oid, month, choice } });
  });
  const showMonth = (chosen: number) => {
    changeResultsView(group, {
      month: chosen === current ? undefined : chosen,
      items: undefined,
    });
  };
  const problem = fetching.failure ?? failure;
  return (
    <section className="full" aria-label={words.title[group]}>
      <div className="full-head head-wraps">
        <h1>{words.title[group]}</h1>
        <label htmlFor="results-month">{words.month}</label>
        <Select
          id="results-month"
          className="results-month"
          showSearch
          value={month}
          options={monthChoices(value?.months ?? [], current, month)}
          onChange={(chosen: number) => {
            showMonth(chosen);
          }}
        />
        {view.month === undefined && month !== current && (
          <button
            type="button"
            className="link warn"
            onClick={() => {
              showMonth(current);
            }}
          >
            {words.monthTurned(current)}
          </button>
        )}
        <Button
          loading={fetching.busy}
          disabled={!isOnline && unit.channel !== 'waiting'}
          onClick={() => void fetching.refresh()}
        >
          {fetching.busy ? words.refreshing : words.refresh}
        </Button>
        <Age fetchedAt={fetchedAt} isOnline={isOnline} changed={fetching.changed} />
        <div className="buttons push">
          <ExportButton
            list={{
              title: words.batches[group],
              facts: [conditionsText([[words.month, String(month)]]), ...ageFacts(fetchedAt)],
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
            label={words.batches[group]}
            columns={columns}
            total={orders.length}
            rowAt={(index) => orders[index]}
            rowKey={orderKey}
            rowClass={(one) => (one.oid === order?.oid ? 'row-selected' : '')}
            resetKey={`${group} ${month}`}
            empty={
              value && (
                <EmptyNote title={words.batchesEmpty[group]} next={words.batchesEmptyNext[group]} />
              )
            }
          />
        </Splitter.Panel>
        <Splitter.Panel>
          {order && view.items ? (
            <ItemsPane
              order={order}
              choice={view.items.choice}
              parameters={unit.parameters}
              fetchedAt={fetchedAt}
            />
          ) : (
            <EmptyNote title={words.itemsEmpty} next={words.itemsEmptyNext} />
          )}
        </Splitter.Panel>
      </Splitter>
    </section>
  );
}

interface AgeProps {
  readonly fetchedAt: string | null;
  readonly isOnline: boolean;
  readonly changed: number | undefined;
}

/** How old what is shown is, and whether newer can come by itself. */
function Age({ fetchedAt, isOnline, changed }: AgeProps) {
  const now = useCentreTime();
  const known = fetchedAt && words.asOf(stampText(fetchedAt), agoText(fetchedAt, now));
  return (
    <span className="muted results-age" role="status">
      {!isOnline && <span className="warn">{words.offline}</span>}
      {known ?? words.neverAsked}
      {changed !== undefined && `，${words.refreshed(changed)}`}
    </span>
  );
}
