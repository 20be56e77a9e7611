import { Checkbox } from 'antd';
import type { Draft } from '../../../shared/ipc/entries.ts';
import { maskIdNumber } from '../../../shared/rules/identity.ts';
import { formatFen, parseYuan, toFen } from '../../../shared/rules/money.ts';
import type { Parameters } from '../../../shared/wire/parameters.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { widthOf } from '../../parts/amount-width.ts';
import type { Column } from '../../parts/grid-head.tsx';
import { moneyCell, percentCell, textCell } from '../../parts/list-cells.ts';
import { TwoLines } from '../../parts/two-lines.tsx';
import { hasRatios } from '../../state/ratio-terms.ts';
import { fundTypeWords } from '../../text/common.ts';
import { totalWords } from '../../text/kinds.ts';
import { queue as words } from '../../text/queue.ts';
import { reasonText, tidied } from '../entry/form.ts';
import { noteOf, refusalCodes } from './queue-rows.ts';
import type { SortKey } from './queue-rows.ts';

interface ColumnParts {
  readonly kind: EntryKind;
  readonly parameters: Parameters;
  /** All of this kind: amounts have room for the largest, whatever is filtered. */
  readonly drafts: readonly Draft[];
  readonly waiting: ReadonlySet<string>;
  readonly selected: ReadonlySet<string>;
  /** Rows of the list as it is shown that can be selected. */
  readonly selectable: number;
  readonly onToggle: (id: string) => void;
  readonly onAll: (all: boolean) => void;
}

/** The columns of one kind's queue; what does not fit a small monitor is left to the form. */
export function queueColumns(parts: ColumnParts): Column<Draft>[] {
  const { kind, parameters, drafts, waiting } = parts;
  const hasFunds = parameters.terms.fundTypes.length > 1;
  const hasNotes = drafts.some((draft) => noteOf(draft, waiting));
  return [
    selection(parts),
    {
      ...text('name', words.name, NAME_WIDTH, (draft) => draft.name),
      render: ({ name }) => <Name name={name} />,
    },
    ...(hasFunds ? [fund] : []),
    ...middle[kind](parts),
    amount('totalFen', totalWords[kind], drafts, 84),
    {
      key: 'note',
      // takes no room from the figures until there is one
      title: hasNotes ? words.notes : '',
      width: hasNotes ? 'minmax(84px, 4fr)' : 'minmax(0px, 4fr)',
      render: (draft) => {
        const note = noteOf(draft, waiting);
        const [code] = refusalCodes(draft);
        return (
          note && <TwoLines className={note.tone} text={note.text} title={note.more} code={code} />
        );
      },
      cells: [textCell(words.notes, (draft) => noteOf(draft, waiting)?.more ?? '', 40)],
    },
  ];
}

/** Room for six characters, or five and a dot. */
const NAME_WIDTH = 'minmax(102px, 1fr)';
const NAME_CHARACTERS = 6;

/** One line as far as it holds the name whole; a longer one wraps. */
function Name({ name }: { name: string }) {
  return Array.from(name).length > NAME_CHARACTERS ? (
    <TwoLines text={name} />
  ) : (
    <span title={name}>{name}</span>
  );
}

const fund: Column<Draft> = {
  key: 'fundType',
  title: words.fundType,
  width: '48px',
  render: ({ fundType }) => (
    <span title={fundTypeWords[fundType]}>{words.fundShort[fundType]}</span>
  ),
  cells: [textCell(words.fundType, ({ fundType }) => fundTypeWords[fundType])],
};

const account = text('personalAccount', words.personalAccount, '112px', (d) => d.personalAccount);
const months = text('from', words.months, '118px', ({ from, to }) =>
  from === to ? String(from) : `${from}–${to}`,
);
const idNumber: Column<Draft> = {
  ...text('idNumber', words.idNumber, '148px', (draft) => maskIdNumber(draft.idNumber)),
  cells: [textCell(words.idNumber, (draft) => maskIdNumber(draft.idNumber), 22)],
};

const ratio: Column<Draft> = {
  key: 'ratio',
  title: words.ratio,
  width: '48px',
  align: 'right',
  render: (draft) => `${draft.unitRatio}%`,
  cells: [percentCell(words.ratio, (draft) => draft.unitRatio)],
};

const middle: Readonly<Record<EntryKind, (parts: ColumnParts) => Column<Draft>[]>> = {
  registration: ({ parameters, drafts }) => [
    idNumber,
    ...(hasRatios(parameters.terms) ? [ratio] : []),
    amount('typedBase', words.base, drafts, 84),
    ...(parameters.terms.fundTypes.length > 1
      ? [unitAndPersonal(drafts)]
      : [
          amount('unitFen', words.unit, drafts, 80),
          amount('personalFen', words.personal, drafts, 80),
        ]),
  ],
  reduction: ({ parameters: { reductionReasons } }) => [
    account,
    idNumber,
    text('reason', words.reason, 'minmax(96px, 1fr)', (draft) =>
      reasonText(draft.reason, reductionReasons),
    ),
  ],
  missedBackPay: ({ drafts }) => [
    account,
    months,
    amount('typedBase', words.base, drafts, 84),
    ratio,
  ],
  shortfallBackPay: ({ drafts }) => [
    account,
    months,
    {
      ...pair('paid', words.paid, widthOf(drafts.map(paidFen), 80), (draft) => paidOf(draft)),
      cells: [
        moneyCell(words.paidWage, paidFen),
        textCell(words.paidRatio, (draft) => paidOf(draft)[1], 10),
      ],
    },
    {
      ...pair(
        'typedBase',
        words.due,
        widthOf(
          drafts.map((draft) => draft.typedBase),
          80,
        ),
        ({ typedBase, unitRatio }) => [formatFen(toFen(typedBase)), `${unitRatio}%`],
      ),
      cells: [
        moneyCell(words.dueWage, (draft) => draft.typedBase),
        percentCell(words.dueRatio, (draft) => draft.unitRatio),
      ],
    },
  ],
};

/** Both parts in one cell, where 资金 needs the room. */
function unitAndPersonal(drafts: readonly Draft[]): Column<Draft> {
  const amounts = drafts.flatMap(({ unitFen, personalFen }) => [unitFen, personalFen]);
  const column = pair('unitFen', words.unitAndPersonal, widthOf(amounts, 90), (draft) => [
    formatFen(toFen(draft.unitFen)),
    formatFen(toFen(draft.personalFen)),
  ]);
  return {
    ...column,
    cells: [
      moneyCell(words.unit, (draft) => draft.unitFen),
      moneyCell(words.personal, (draft) => draft.personalFen),
    ],
  };
}

function paidOf({ typed }: Draft): readonly [string, string] {
  if (typed.kind !== 'shortfallBackPay') return ['', ''];
  const percent = tidied('paidRatio', typed.paidRatio, []).replace(/ ?%$/, '');
  return [tidied('paidBase', typed.paidBase, []), `${percent}%`];
}

/** Two figures that belong together, one below the other. */
function pair(
  key: 'paid' | SortKey,
  title: string,
  width: string,
  read: (draft: Draft) => readonly [string, string],
): Column<Draft> {
  return {
    key,
    title,
    width,
    align: 'right',
    sortable: key !== 'paid',
    render: (draft) => {
      const [first, second] = read(draft);
      return (
        <span className="two-figures" title={`${title} ${first}，${second}`}>
          <span>{first}</span>
          <span>{second}</span>
        </span>
      );
    },
  };
}

function paidFen({ typed }: Draft): number {
  const paid = typed.kind === 'shortfallBackPay' ? parseYuan(typed.paidBase.trim()) : undefined;
  return paid?.ok ? paid.value : 0;
}

function text(
  key: SortKey,
  title: string,
  width: string,
  read: (draft: Draft) => string,
): Column<Draft> {
  return {
    key,
    title,
    width,
    sortable: true,
    render: (draft) => <span title={read(draft)}>{read(draft)}</span>,
    cells: [textCell(title, read)],
  };
}

function amount(
  key: SortKey & ('typedBase' | 'unitFen' | 'personalFen' | 'totalFen'),
  title: string,
  drafts: readonly Draft[],
  leastPx: number,
): Column<Draft> {
  return {
    key,
    title,
    width: widthOf(
      drafts.map((draft) => draft[key]),
      leastPx,
    ),
    align: 'right',
    sortable: true,
    render: (draft) => formatFen(toFen(draft[key])),
    cells: [moneyCell(title, (draft) => draft[key])],
  };
}

function selection({ selected, selectable, onToggle, onAll }: ColumnParts): Column<Draft> {
  return {
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
  };
}
