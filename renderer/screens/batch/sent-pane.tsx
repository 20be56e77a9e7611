import { Splitter } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import type { Failure } from '../../../shared/errors/result.ts';
import type { Batch } from '../../../shared/ipc/batches.ts';
import type { Order, OrderItem } from '../../../shared/ipc/data.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { ask } from '../../bridge.ts';
import { DataGrid } from '../../parts/data-grid.tsx';
import { DocumentButtons } from '../../parts/document-buttons.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { ExportButton } from '../../parts/export-button.tsx';
import { FailureNote } from '../../parts/failure-note.tsx';
import { conditionsText, listCells } from '../../parts/list-cells.ts';
import { hasVoucher, voucherOf } from '../../state/documents.ts';
import { rowsHere } from '../../state/output.ts';
import { useReading } from '../../state/reading.ts';
import { useWindowStatus } from '../../state/window-status.ts';
import { batchKindWords, manyOf, sentBatches as words } from '../../text/batch.ts';
import { results } from '../../text/results.ts';
import { chosenItems } from '../results/items.ts';
import type { ItemChoice } from '../../../shared/ipc/queries.ts';
import { markSeen } from './results-seen.ts';
import { sentColumns } from './sent-columns.tsx';
import { sentItemColumns } from './sent-item-columns.tsx';

interface SentPaneProps {
  readonly kind: EntryKind;
  /** Newest first. */
  readonly orders: readonly Order[];
  readonly batches: readonly Batch[];
  readonly failure: Failure | undefined;
  readonly isRead: boolean;
}

const orderKey = (order: Order) => order.oid;

/** Name of the batch an order was made of. */
function nameOfOrder(batches: readonly Batch[], { oid }: Order): string {
  return batches.find(({ oids }) => oids.includes(oid))?.name ?? words.unknownName;
}

/** 已发送: the orders above, what became of each row below; both follow by themselves. */
export function SentPane({ kind, orders, batches, failure, isRead }: SentPaneProps) {
  const [shown, setShown] = useState<{ oid: string; choice: ItemChoice }>();
  const order = orders.find(({ oid }) => oid === shown?.oid) ?? orders[0];
  useEffect(() => {
    markSeen(orders);
  }, [orders]);
  const name = (one: Order) => nameOfOrder(batches, one);
  const choose = (one: Order, choice: ItemChoice) => {
    setShown({ oid: one.oid, choice });
  };
  const columns = sentColumns({ kind, orders, name, onChoose: choose });
  return (
    <div className="sent">
      {failure && <FailureNote code={failure.code} detail={failure.detail} />}
      <div className="buttons sent-head">
        <ExportButton
          list={{
            title: words.listOf(batchKindWords[kind]),
            facts: [],
            cells: listCells(columns),
            total: orders.length,
            page: rowsHere(orders),
          }}
        />
      </div>
      <Splitter orientation="vertical" className="results-split">
        <Splitter.Panel defaultSize="38%" min="25%" max="70%">
          <DataGrid
            label={words.list}
            columns={columns}
            total={orders.length}
            rowAt={(index) => orders[index]}
            rowKey={orderKey}
            rowClass={(one) => (one.oid === order?.oid ? 'row-selected' : '')}
            empty={isRead && <EmptyNote title={words.empty} next={words.emptyNext} />}
          />
        </Splitter.Panel>
        <Splitter.Panel>
          {order ? (
            <SentItems
              key={order.oid}
              order={order}
              name={name(order)}
              choice={shown?.oid === order.oid ? shown.choice : firstChoice(order)}
              onChoose={choose}
            />
          ) : (
            <EmptyNote title={words.itemsEmptyTitle} next={words.itemsEmptyNext} />
          )}
        </Splitter.Panel>
      </Splitter>
    </div>
  );
}

/** What failed first: it needs the clerk. */
function firstChoice({ failed }: Order): ItemChoice {
  return failed > 0 ? 'failed' : 'all';
}

const choices: readonly ItemChoice[] = ['all', 'failed', 'succeeded', 'pending'];
const itemKey = (item: OrderItem) => String(item.seq);

interface SentItemsProps {
  readonly order: Order;
  readonly name: string;
  readonly choice: ItemChoice;
  readonly onChoose: (order: Order, choice: ItemChoice) => void;
}

function SentItems({ order, name, choice, onChoose }: SentItemsProps) {
  const { oid, kind, failed } = order;
  const read = useCallback(() => ask('orders.items', { oid }), [oid]);
  const { value, failure } = useReading(read, 'orders');
  const reasons = useWindowStatus()?.unit?.parameters?.reductionReasons ?? [];
  const items = chosenItems(value?.items ?? [], choice);
  const counts: Readonly<Record<ItemChoice, number>> = {
    all: order.count,
    failed,
    succeeded: order.succeeded,
    pending: order.pending,
  };
  const columns = sentItemColumns({ order, items, reasons });
  return (
    <section className="pane" aria-label={words.items}>
      <div className="pane-head">
        <h2 className="sent-name" title={name}>
          {words.itemsOf(name)}
        </h2>
        <div className="show-choices" role="group" aria-label={words.items}>
          {choices.map((one) => (
            <button
              key={one}
              type="button"
              className={`show-choice sent-${one}`}
              aria-pressed={one === choice}
              onClick={() => {
                onChoose(order, one);
              }}
            >
              {words.choiceCount(words.choice[one], counts[one])}
            </button>
          ))}
        </div>
        <div className="buttons push">
          <ExportButton
            list={{
              title: words.items,
              facts: [
                conditionsText([
                  [words.name, name],
                  [results.serialNumber, order.serialNumber],
                  [results.state, choice === 'all' ? '' : words.choice[choice]],
                ]),
              ],
              cells: listCells(columns),
              total: items.length,
              page: rowsHere(items),
            }}
          />
          <DocumentButtons {...voucherOf(order)} disabled={!hasVoucher(order)} />
        </div>
      </div>
      {failed > 0 && <p className="sent-failed">{words.failedNote(manyOf(kind, failed))}</p>}
      {failure && <FailureNote code={failure.code} detail={failure.detail} />}
      <DataGrid
        label={words.items}
        columns={columns}
        total={items.length}
        rowAt={(index) => items[index]}
        rowKey={itemKey}
        resetKey={`${oid} ${choice}`}
        empty={value && <EmptyNote title={words.noneOf} next={words.noneOfNext} />}
      />
    </section>
  );
}
