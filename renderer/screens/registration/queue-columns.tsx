import { Checkbox } from 'antd';
import type { Draft } from '../../../shared/ipc/data.ts';
import { maskIdNumber } from '../../../shared/rules/identity.ts';
import { formatFen, toFen } from '../../../shared/rules/money.ts';
import type { Column } from '../../parts/grid-head.tsx';
import { fundTypeLabels } from '../../../shared/rules/policy.ts';
import { fundTypeShort, queue as words, registration } from '../../text/registration.ts';
import { TwoLines } from '../../parts/two-lines.tsx';
import { widthOf } from '../../parts/amount-width.ts';
import { noteOf, noticesOf, refusalOf } from './queue-rows.ts';

interface Selection {
  readonly selected: ReadonlySet<string>;
  readonly selectable: number;
  readonly onToggle: (id: string) => void;
  readonly onAll: (all: boolean) => void;
}

/** 资金性质 and 比例 stand there where they can differ from row to row. */
export function queueColumns(
  selection: Selection,
  drafts: readonly Draft[],
  hasRatios: boolean,
): Column<Draft>[] {
  const { selected, selectable, onToggle, onAll } = selection;
  return [
    {
      key: 'select',
      title: (
        <Checkbox
          aria-label={words.selectAll}
          disabled={selectable === 0}
          checked={selectable > 0 && selected.size === selectable}
          indeterminate={selected.size > 0 && selected.size < selectable}
          onChange={(event) => {
            onAll(event.target.checked);
          }}
        />
      ),
      width: '40px',
      render: (draft) => (
        <Checkbox
          aria-label={words.selectRow(draft.name)}
          disabled={draft.orderId !== null}
          checked={selected.has(draft.id)}
          onChange={() => {
            onToggle(draft.id);
          }}
        />
      ),
    },
    {
      key: 'name',
      title: registration.name,
      width: hasRatios ? 'minmax(64px, 1fr)' : 'minmax(88px, 1fr)',
      render: (d) => d.name,
    },
    {
      key: 'idNumber',
      title: words.idNumber,
      width: '152px',
      render: (draft) => maskIdNumber(draft.idNumber),
    },
    ...(hasRatios ? ratioColumns : []),
    amount('typedBase', words.base, drafts),
    amount('unitFen', words.unit, drafts),
    amount('personalFen', words.personal, drafts),
    amount('totalFen', registration.monthly, drafts),
    {
      key: 'note',
      title: words.notes,
      width: 'minmax(84px, 4fr)',
      render: (draft) => (
        <TwoLines
          className={toneOf(draft)}
          text={noteOf(draft)}
          title={refusalOf(draft) || noticesOf(draft).join('') || noteOf(draft)}
        />
      ),
    },
  ];
}

function amount(
  key: 'typedBase' | 'unitFen' | 'personalFen' | 'totalFen',
  title: string,
  drafts: readonly Draft[],
): Column<Draft> {
  return {
    key,
    title,
    width: widthOf(drafts.map((draft) => draft[key])),
    align: 'right',
    render: (draft) => formatFen(toFen(draft[key])),
  };
}

function toneOf(draft: Draft): string {
  if (draft.orderId !== null) return 'busy';
  return refusalOf(draft) === '' ? 'warn' : 'bad';
}

const ratioColumns: readonly Column<Draft>[] = [
  {
    key: 'fundType',
    title: registration.fundType,
    width: '72px',
    render: (draft) => (
      <span title={fundTypeLabels[draft.fundType]}>{fundTypeShort[draft.fundType]}</span>
    ),
  },
  {
    key: 'ratio',
    title: words.ratio,
    width: '48px',
    align: 'right',
    render: (draft) => `${draft.unitRatio}%`,
  },
];
