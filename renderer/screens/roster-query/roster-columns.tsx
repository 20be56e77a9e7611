import type { MaskedRosterRow, RosterColumn } from '../../../shared/ipc/queries.ts';
import { formatFen, toFen } from '../../../shared/rules/money.ts';
import type { Column } from '../../parts/grid-head.tsx';
import { moneyCell, percentCell, textCell } from '../../parts/list-cells.ts';
import { idColumn } from '../../parts/id-column.tsx';
import type { Revealed } from '../../state/revealed.ts';
import { fundTypeWords } from '../../text/common.ts';
import { rosterQuery as words } from '../../text/roster-query.ts';

export const rowKey = (row: MaskedRosterRow) => `${row.personalAccount}-${row.fundType}`;

interface RosterColumnParts {
  readonly chosen: readonly RosterColumn[];
  readonly revealed: Revealed;
  readonly onReveal: (rows: readonly MaskedRosterRow[]) => void;
  readonly onRevealPage: () => void;
}

/** 姓名, which stays in sight, then the chosen columns in their own order. */
export function rosterColumns(parts: RosterColumnParts): Column<MaskedRosterRow>[] {
  const { chosen } = parts;
  const id = idColumn<MaskedRosterRow>({
    ...{ title: words.idNumber, width: '188px', revealed: parts.revealed },
    ...{ onReveal: parts.onReveal, onRevealPage: parts.onRevealPage },
    keyOf: rowKey,
  });
  const rest = allColumns.map((column) => (column.key === 'idNumber' ? id : column));
  return [nameColumn, ...rest.filter(({ key }) => chosen.some((one) => one === key))];
}

const nameColumn: Column<MaskedRosterRow> = {
  key: 'name',
  title: words.name,
  width: 'minmax(102px, 1fr)',
  sortable: true,
  pinned: true,
  render: (row) => <span title={row.name}>{row.name}</span>,
  cells: [textCell(words.name, (row) => row.name)],
};

const money = (
  key: RosterColumn,
  width: string,
  read: (row: MaskedRosterRow) => number,
  sortable = false,
): Column<MaskedRosterRow> => ({
  ...{ key, title: words.columns[key], width, align: 'right', sortable },
  render: (row) => formatFen(toFen(read(row))),
  cells: [moneyCell(words.columns[key], read)],
});

const text = (
  key: RosterColumn,
  width: string,
  read: (row: MaskedRosterRow) => string,
  sortable = false,
): Column<MaskedRosterRow> => ({
  ...{ key, title: words.columns[key], width, sortable },
  render: read,
  cells: [textCell(words.columns[key], read)],
});

const ratio = (
  key: RosterColumn,
  read: (row: MaskedRosterRow) => number,
): Column<MaskedRosterRow> => ({
  ...{ key, title: words.columns[key], width: '72px', align: 'right' },
  render: (row) => `${read(row)}%`,
  cells: [percentCell(words.columns[key], read)],
});

/** The last month paid; a dash while none is. */
function paidThrough({ paid }: MaskedRosterRow): string {
  const last = paid.at(-1);
  return last ? String(last[1]) : '—';
}

const allColumns: readonly Column<MaskedRosterRow>[] = [
  text('personalAccount', '116px', (row) => row.personalAccount, true),
  text('idType', '128px', (row) => words.idTypes[row.idType]),
  text('idNumber', '188px', (row) => row.maskedId),
  text('fundType', 'minmax(116px, 1fr)', (row) => fundTypeWords[row.fundType]),
  text('status', '92px', (row) => words.statusWords[row.status], true),
  money('base', '100px', (row) => row.base, true),
  ratio('unitRatio', (row) => row.unitRatio),
  ratio('personalRatio', (row) => row.personalRatio),
  money('unitFen', '106px', (row) => row.unitFen),
  money('personalFen', '106px', (row) => row.personalFen),
  money('monthly', '108px', (row) => row.unitFen + row.personalFen, true),
  text('openedMonth', '84px', (row) => String(row.openedMonth)),
  text('paidThrough', '84px', paidThrough),
];
