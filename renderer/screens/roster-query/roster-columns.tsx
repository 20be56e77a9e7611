import { maskIdNumber } from '../../../shared/rules/identity.ts';
import { formatFen, toFen } from '../../../shared/rules/money.ts';
import type { RosterRow } from '../../../shared/wire/roster.ts';
import type { Column } from '../../parts/grid-head.tsx';
import { moneyCell, percentCell, textCell } from '../../parts/list-cells.ts';
import { fundTypeWords } from '../../text/common.ts';
import { rosterQuery as words } from '../../text/roster-query.ts';

export const rosterColumns: readonly Column<RosterRow>[] = [
  {
    key: 'personalAccount',
    title: words.personalAccount,
    width: '120px',
    sortable: true,
    render: (row) => row.personalAccount,
    cells: [textCell(words.personalAccount, (row) => row.personalAccount)],
  },
  {
    key: 'name',
    title: words.name,
    width: 'minmax(104px, 1fr)',
    sortable: true,
    render: (row) => row.name,
    cells: [textCell(words.name, (row) => row.name)],
  },
  {
    key: 'idNumber',
    title: words.idNumber,
    width: 'minmax(156px, 1fr)',
    render: (row) => maskIdNumber(row.idNumber),
    cells: [textCell(words.idNumber, (row) => row.idNumber, 22)],
  },
  {
    key: 'fundType',
    title: words.fundType,
    width: 'minmax(124px, 1fr)',
    render: (row) => fundTypeWords[row.fundType],
    cells: [textCell(words.fundType, (row) => fundTypeWords[row.fundType])],
  },
  {
    key: 'status',
    title: words.status,
    width: '90px',
    sortable: true,
    render: (row) => words.statusWords[row.status],
    cells: [textCell(words.status, (row) => words.statusWords[row.status], 10)],
  },
  {
    key: 'base',
    title: words.base,
    width: '102px',
    align: 'right',
    sortable: true,
    render: (row) => formatFen(toFen(row.base)),
    cells: [moneyCell(words.base, (row) => row.base)],
  },
  {
    key: 'ratio',
    title: words.ratio,
    width: '60px',
    align: 'right',
    render: (row) => `${row.unitRatio}%`,
    cells: [percentCell(words.ratio, (row) => row.unitRatio)],
  },
  {
    key: 'unitFen',
    title: words.unitMonthly,
    width: '106px',
    align: 'right',
    render: (row) => formatFen(toFen(row.unitFen)),
    cells: [moneyCell(words.unitMonthly, (row) => row.unitFen)],
  },
  {
    key: 'personalFen',
    title: words.personalMonthly,
    width: '106px',
    align: 'right',
    render: (row) => formatFen(toFen(row.personalFen)),
    cells: [moneyCell(words.personalMonthly, (row) => row.personalFen)],
  },
  {
    key: 'monthly',
    title: words.monthly,
    width: '108px',
    align: 'right',
    sortable: true,
    render: (row) => formatFen(toFen(row.unitFen + row.personalFen)),
    cells: [moneyCell(words.monthly, (row) => row.unitFen + row.personalFen)],
  },
];
