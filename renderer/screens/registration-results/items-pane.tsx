import { useCallback } from 'react';
import type { Order, OrderItem } from '../../../shared/ipc/data.ts';
import type { UnitTerms } from '../../../shared/rules/policy.ts';
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
import { registrationResults as words } from '../../text/registration-results.ts';
import { itemColumns } from './item-columns.tsx';
import { chosenItems, landedElsewhere } from './items.ts';
import type { ItemChoice } from './items.ts';

const itemKey = (item: OrderItem) => String(item.seq);

interface ItemsPaneProps {
  readonly order: Order;
  readonly choice: ItemChoice;
  readonly terms: UnitTerms | undefined;
}

/** The people of one batch, in the chosen state. */
export function ItemsPane({ order, choice, terms }: ItemsPaneProps) {
  const { oid, businessMonth, serialNumber } = order;
  const read = useCallback(() => ask('orders.items', { oid }), [oid]);
  const { value, failure } = useReading(read, 'orders');
  const items = chosenItems(value?.items ?? [], choice);
  const anyElsewhere = items.some((item) => landedElsewhere(item, businessMonth));
  const columns = itemColumns({ order, items, terms });
  return (
    <section className="pane" aria-label={words.items}>
      <div className="pane-head">
        <h2>{words.items}</h2>
        <span className="muted">
          {serialNumber ? words.itemsOf(serialNumber) : words.itemsWaiting} · {words[choice]}
        </span>
        {anyElsewhere && <span className="landed-hint">{words.landedHint}</span>}
        <div className="buttons push">
          <ExportButton
            list={{
              title: words.items,
              facts: [
                conditionsText([
                  [words.month, String(businessMonth)],
                  [words.serialNumber, serialNumber],
                  [words.state, choice === 'all' ? '' : words[choice]],
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
      {failure && <FailureNote code={failure.code} detail={failure.detail} />}
      <DataGrid
        label={words.items}
        columns={columns}
        total={items.length}
        rowAt={(index) => items[index]}
        rowKey={itemKey}
        rowClass={(item) => (landedElsewhere(item, businessMonth) ? 'row-landed' : '')}
        resetKey={`${oid} ${choice}`}
        empty={value && <EmptyNote title={words.itemsNone} next={words.itemsNoneNext} />}
      />
    </section>
  );
}
