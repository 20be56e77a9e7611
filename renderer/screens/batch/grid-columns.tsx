import type { BatchColumn, ColumnName } from '../../../shared/batch/columns.ts';
import type { Batch, BatchRowView } from '../../../shared/ipc/batches.ts';
import { formatFen, toFen } from '../../../shared/rules/money.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import type { Column, ListCell } from '../../parts/grid-head.tsx';
import { countCell, listCells, moneyCell, textCell } from '../../parts/list-cells.ts';
import { TwoLines } from '../../parts/two-lines.tsx';
import { batch as words } from '../../text/batch.ts';
import {
  computedText,
  hasCheck,
  issuesOf,
  rowIssues,
  sentenceOf,
  severityOf,
  stateOf,
} from './batch-cells.ts';
import type { RowState } from './batch-cells.ts';
import type { GridDesk } from './grid-desk.ts';

interface GridColumnParts {
  readonly batch: Batch;
  readonly desk: GridDesk;
  readonly columns: readonly BatchColumn[];
  readonly selected: ReadonlySet<number>;
  readonly canSelect: (row: BatchRowView) => boolean;
}

/** Room for the heading with its letter, and for what usually stands below it. */
const widths: Readonly<Record<ColumnName, string>> = {
  sequence: '60px',
  fundType: '118px',
  personalAccount: '130px',
  name: 'minmax(104px, 1fr)',
  idNumber: '196px',
  from: '96px',
  to: '96px',
  base: '98px',
  ratio: '98px',
  paidBase: '126px',
  paidRatio: '126px',
  dueBase: '126px',
  dueRatio: '126px',
  reason: 'minmax(104px, 1fr)',
  unitMonthly: '126px',
  personalMonthly: '126px',
  monthlyTotal: '104px',
  monthlyShortfall: '126px',
  amount: '112px',
};

const stateClasses: Readonly<Record<RowState, string>> = {
  checking: 'busy',
  good: 'good',
  bad: 'bad',
  counter: 'warn',
  notice: 'warn',
  differs: 'warn',
  ordered: 'busy',
  settled: 'good',
  removed: 'muted',
};

/** Row number with its check box, state, the file's columns, and 核对结果. */
export function gridColumns(parts: GridColumnParts): Column<BatchRowView>[] {
  const { batch, columns } = parts;
  return [
    rowHead(parts),
    {
      key: 'state',
      title: words.state,
      width: '84px',
      render: (row) => <StateMark row={row} columns={columns.map(({ name }) => name)} />,
      cells: [textCell(words.state, (row) => words.stateWords[stateOf(row)], 10)],
    },
    ...columns.map((column) => fileColumn(parts, column)),
    ...(batch.kind === 'reduction' ? [monthly] : []),
    ...(hasCheck(batch.kind) ? [check] : []),
  ];
}

/** What an exported sheet has of it: the row's place in the file first, all that was found last. */
export function gridCells(columns: readonly Column<BatchRowView>[]): ListCell<BatchRowView>[] {
  const found = ({ issues }: BatchRowView) =>
    [...issues].map((issue) => sentenceOf(issue) + issue.fix).join('');
  return [...listCells(columns), textCell(words.issues, found, 60)];
}

function rowHead({ selected, desk, canSelect }: GridColumnParts): Column<BatchRowView> {
  return {
    key: 'row',
    title: words.row,
    width: '92px',
    pinned: true,
    cells: [countCell(words.row, ({ row }) => row)],
    render: (row) => (
      <label className="row-number">
        <input
          type="checkbox"
          aria-label={words.selectRow(row.row)}
          tabIndex={-1}
          disabled={!canSelect(row)}
          checked={selected.has(row.seq)}
          onChange={() => {
            desk.toggle(row.seq);
          }}
        />
        <span aria-hidden="true">{row.row}</span>
      </label>
    ),
  };
}

function StateMark({ row, columns }: { row: BatchRowView; columns: readonly ColumnName[] }) {
  const state = stateOf(row);
  const whole = rowIssues(row, columns);
  return (
    <span
      className={`row-state row-state-${state} ${stateClasses[state]}`}
      title={whole.map(sentenceOf).join('')}
    >
      {words.stateWords[state]}
    </span>
  );
}

/** Ratios are percents everywhere; the sign stands in the title. */
function headingOf({ heading }: BatchColumn): string {
  return heading.replace(/\(%\)$/, '');
}

const right: readonly BatchColumn['form'][] = ['wage', 'ratio', 'amount'];

function fileColumn({ batch, desk }: GridColumnParts, column: BatchColumn): Column<BatchRowView> {
  const { name, form, heading } = column;
  const letter = batch.sheet.letters[name];
  return {
    key: name,
    title: (
      <span title={batch.sheet.headings[name] ?? heading}>
        {letter !== undefined && <span className="column-letter">{letter}</span>}
        {headingOf(column)}
      </span>
    ),
    width: widths[name],
    ...(right.includes(form) ? { align: 'right' as const } : {}),
    cellClass: (row) => {
      if (desk.isChecking(row.seq, name)) return 'cell-unsaved';
      const severity = severityOf(row, name);
      return `${severity ? `cell-${severity}` : ''} ${row.cells[name]?.edited ? 'cell-edited' : ''}`;
    },
    render: (row) => <CellText {...{ row, desk, column: name, kind: batch.kind }} />,
    // as the file has it or the clerk has put it right, whatever it is
    cells: [
      textCell(heading, (row) => {
        const text = row.cells[name]?.text ?? '';
        return text === '' ? computedText(row, batch.kind, name) : text;
      }),
    ],
  };
}

interface CellTextProps {
  readonly row: BatchRowView;
  readonly desk: GridDesk;
  readonly column: ColumnName;
  readonly kind: EntryKind;
}

function CellText({ row, desk, column, kind }: CellTextProps) {
  const text = desk.textOf(row, column);
  const found = desk.isChecking(row.seq, column) ? [] : issuesOf(row, column);
  const told = found.map((issue) => sentenceOf(issue) + issue.fix);
  const isEdited = row.cells[column]?.edited ?? false;
  const title = [...told, ...(isEdited ? [words.edited] : [])].join('\n');
  const computed = text === '' ? computedText(row, kind, column) : '';
  return (
    <span className="cell-text" title={title === '' ? text : title}>
      {found[0] && <span className="cell-mark" aria-hidden="true" />}
      {computed === '' ? text : <span className="muted">{computed}</span>}
    </span>
  );
}

const monthly: Column<BatchRowView> = {
  key: 'total',
  title: words.monthly,
  width: '96px',
  align: 'right',
  render: ({ amounts }) => (amounts ? formatFen(toFen(amounts.totalFen)) : '—'),
  cells: [moneyCell(words.monthly, ({ amounts }) => amounts?.totalFen ?? null)],
};

const check: Column<BatchRowView> = {
  key: 'check',
  title: words.check,
  width: 'minmax(260px, 2fr)',
  render: ({ differences, rosterName }) => {
    if (differences.length > 0) return <TwoLines className="warn" text={differences.join('；')} />;
    return <span className="muted">{rosterName === '' ? '—' : words.same}</span>;
  },
  cells: [
    textCell(
      words.check,
      ({ differences, rosterName }) =>
        differences.length > 0 ? differences.join('；') : rosterName === '' ? '' : words.same,
      40,
    ),
  ],
};
