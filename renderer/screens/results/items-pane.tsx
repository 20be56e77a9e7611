import { useCallback, useState } from 'react';
import { succeed } from '../../../shared/errors/result.ts';
import { EXPORT_PAGE_ROWS } from '../../../shared/ipc/export.ts';
import type { ItemChoice, ItemSort, QueryItem, QueryOrder } from '../../../shared/ipc/queries.ts';
import type { Parameters } from '../../../shared/wire/parameters.ts';
import { ask } from '../../bridge.ts';
import { DataGrid } from '../../parts/data-grid.tsx';
import { DocumentButtons } from '../../parts/document-buttons.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { ExportButton } from '../../parts/export-button.tsx';
import { FailureNote } from '../../parts/failure-note.tsx';
import { conditionsText, listCells } from '../../parts/list-cells.ts';
import { hasVoucher, voucherOf } from '../../state/documents.ts';
import type { ExportedList } from '../../state/output.ts';
import { usePagedRows } from '../../state/paged-rows.ts';
import { rowsInSight, useRevealed, useSight } from '../../state/revealed.ts';
import { results as words } from '../../text/results.ts';
import { stampText } from '../../text/time.ts';
import { itemColumns } from './item-columns.tsx';
import { ageFacts, asFiled, sortItemsBy } from './items.ts';
import { landedElsewhere } from './landing.ts';
import { groupOf } from './shown.ts';

const itemKey = (item: QueryItem) => String(item.seq);

interface ItemsPaneProps {
  readonly order: QueryOrder;
  readonly choice: ItemChoice;
  readonly parameters: Parameters | null;
  /** When the centre's results were last fetched. */
  readonly fetchedAt: string | null;
}

/** The items of one batch, in the chosen state. */
export function ItemsPane({ order, choice, parameters, fetchedAt }: ItemsPaneProps) {
  const { oid, businessMonth } = order;
  const [by, setBy] = useState(asFiled);
  const { sort, descending } = by;
  const read = useCallback(
    (offset: number, limit: number) =>
      ask('query.items', { oid, choice, sort, descending, offset, limit }),
    [oid, choice, sort, descending],
  );
  const { answered, failure, rowAt, need } = usePagedRows<QueryItem, ItemsPage>(read, 'orders');
  const revealed = useRevealed(`${oid} ${choice}`);
  const sight = useSight();
  const reveal = (items: readonly QueryItem[]) => {
    const rows = items.filter(({ maskedId }) => maskedId !== '').map(({ seq }) => seq);
    if (rows.length > 0) void revealed.reveal(rows.map(String), { list: 'order', oid, rows });
  };
  const columns = itemColumns({
    order,
    items: answered?.first.rows ?? [],
    terms: parameters?.terms,
    reasons: parameters?.reductionReasons ?? [],
    revealed,
    onReveal: reveal,
    onRevealPage: () => {
      reveal(rowsInSight(sight.get(), rowAt));
    },
  });
  const problem = revealed.failure ?? failure;
  const label = words.items[groupOf(order.kind)];
  // not while the rows are another question's
  const list: ExportedList<QueryItem> | undefined =
    answered?.of === read
      ? {
          title: label,
          facts: [conditionsOf(order, choice), ...ageFacts(fetchedAt)],
          cells: listCells(columns),
          total: answered.total,
          page: async (offset) => {
            const page = await read(offset, EXPORT_PAGE_ROWS);
            return page.ok ? succeed(page.value.rows) : page;
          },
          of: 'orders',
        }
      : undefined;
  return (
    <section className="pane" aria-label={label}>
      <PaneHead order={order} choice={choice} list={list} />
      {problem && <FailureNote code={problem.code} detail={problem.detail} />}
      <DataGrid
        label={label}
        columns={columns}
        total={answered?.total ?? 0}
        rowAt={rowAt}
        rowKey={itemKey}
        rowClass={(item) => (landedElsewhere(item, businessMonth) ? 'row-landed' : '')}
        sort={{ key: sort, descending }}
        onSort={(key) => {
          setBy(sortItemsBy(by, key as ItemSort));
        }}
        onRange={need}
        onSight={sight.set}
        resetKey={`${oid} ${choice} ${sort} ${descending}`}
        empty={answered && <EmptyNote title={words.itemsNone} next={words.itemsNoneNext} />}
      />
    </section>
  );
}

interface ItemsPage {
  readonly rows: readonly QueryItem[];
  readonly total: number;
}

function conditionsOf({ businessMonth, serialNumber }: QueryOrder, choice: ItemChoice): string {
  return conditionsText([
    [words.month, String(businessMonth)],
    [words.serialNumber, serialNumber],
    [words.state, choice === 'all' ? '' : words[choice]],
  ]);
}

interface PaneHeadProps extends Pick<ItemsPaneProps, 'order' | 'choice'> {
  readonly list: ExportedList<QueryItem> | undefined;
}

function PaneHead({ order, choice, list }: PaneHeadProps) {
  const { serialNumber, isElsewhere } = order;
  const unheard = order.count - order.succeeded - order.failed - order.pending;
  return (
    <>
      <div className="pane-head">
        <h2>{words.items[groupOf(order.kind)]}</h2>
        <span className="muted">
          {serialNumber ? words.itemsOf(serialNumber) : words.itemsWaiting}
          {order.receiptNumber > 0 && ` · ${words.receiptOf(order.receiptNumber)}`} ·{' '}
          {words[choice]}
        </span>
        <div className="buttons push">
          <ExportButton list={list} />
          {!isElsewhere && <DocumentButtons {...voucherOf(order)} disabled={!hasVoucher(order)} />}
        </div>
      </div>
      {order.landedElsewhere > 0 && (
        <p className="landed-hint">{words.landedHint[groupOf(order.kind)]}</p>
      )}
      {isElsewhere && (
        <p className="muted">
          {words.elsewhereNote(order.receiptNumber, stampText(order.createdAt))}
          {words.namesFromRoster}
          {order.state === 'applied' && unheard > 0 && words.unheard(unheard)}
        </p>
      )}
    </>
  );
}
