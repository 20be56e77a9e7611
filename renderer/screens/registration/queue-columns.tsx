import { Checkbox } from 'antd';
import type { Draft } from '../../../shared/ipc/data.ts';
import { maskIdNumber } from '../../../shared/rules/identity.ts';
import { formatFen, toFen } from '../../../shared/rules/money.ts';
import type { Column } from '../../parts/grid-head.tsx';
import { queue as words, registration } from '../../text/registration.ts';
import { noteOf } from './queue-rows.ts';

interface Selection {
  readonly selected: ReadonlySet<string>;
  readonly selectable: number;
  readonly onToggle: (id: string) => void;
  readonly onAll: (all: boolean) => void;
}

export function queueColumns(selection: Selection): Column<Draft>[] {
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
    { key: 'name', title: registration.name, width: 'minmax(100px, 1fr)', render: (d) => d.name },
    {
      key: 'idNumber',
      title: words.idNumber,
      width: 'minmax(150px, 1fr)',
      render: (draft) => maskIdNumber(draft.idNumber),
    },
    amount('typedBase', words.base, '88px'),
    amount('unitFen', words.unit, '80px'),
    amount('personalFen', words.personal, '80px'),
    amount('totalFen', registration.monthly, '88px'),
    {
      key: 'note',
      title: words.notes,
      width: 'minmax(148px, 2fr)',
      render: (draft) => (
        <span className={draft.orderId === null ? 'warn' : 'busy'}>{noteOf(draft)}</span>
      ),
    },
  ];
}

function amount(
  key: 'typedBase' | 'unitFen' | 'personalFen' | 'totalFen',
  title: string,
  width: string,
): Column<Draft> {
  return { key, title, width, align: 'right', render: (draft) => formatFen(toFen(draft[key])) };
}
