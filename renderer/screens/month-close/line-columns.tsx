import type { MonthLine } from '../../../shared/ipc/month-close.ts';
import type { Column } from '../../parts/grid-head.tsx';
import { textCell } from '../../parts/list-cells.ts';
import { TwoLines } from '../../parts/two-lines.tsx';
import { fundTypeWords } from '../../text/common.ts';
import { monthClose as words } from '../../text/month-close.ts';
import { openStory } from '../order-story/shown.ts';
import { openRosterOf } from '../roster-query/shown.ts';
import { sideText } from './lines.ts';

const isRemark = ({ standing }: MonthLine) => standing === 'elsewhere' || standing === 'counter';

/** In an exported sheet, in characters. */
const SIDE_WIDTH = 40;

export const lineColumns: readonly Column<MonthLine>[] = [
  {
    key: 'standing',
    title: words.standing,
    width: '128px',
    render: (line) => (
      <span className={isRemark(line) ? 'warn' : 'bad'}>{words.standings[line.standing]}</span>
    ),
    cells: [textCell(words.standing, ({ standing }) => words.standings[standing])],
  },
  {
    key: 'about',
    title: words.about,
    width: '80px',
    render: ({ about }) => words.abouts[about],
    cells: [textCell(words.about, ({ about }) => words.abouts[about])],
  },
  {
    key: 'name',
    title: words.name,
    width: 'minmax(84px, 1fr)',
    render: ({ name }) => <TwoLines text={name} />,
    cells: [textCell(words.name, ({ name }) => name)],
  },
  {
    key: 'account',
    title: words.account,
    width: '116px',
    render: ({ personalAccount }) => personalAccount,
    cells: [textCell(words.account, ({ personalAccount }) => personalAccount)],
  },
  {
    key: 'fund',
    title: words.fund,
    width: '120px',
    render: ({ fundType }) => fundTypeWords[fundType],
    cells: [textCell(words.fund, ({ fundType }) => fundTypeWords[fundType])],
  },
  {
    key: 'ours',
    title: words.ours,
    width: 'minmax(128px, 2fr)',
    render: (line) => <TwoLines text={sideText(line, 'ours')} />,
    cells: [textCell(words.ours, (line) => sideText(line, 'ours'), SIDE_WIDTH)],
  },
  {
    key: 'centre',
    title: words.centre,
    width: 'minmax(128px, 2fr)',
    render: (line) => <TwoLines text={sideText(line, 'centre')} />,
    cells: [textCell(words.centre, (line) => sideText(line, 'centre'), SIDE_WIDTH)],
  },
  { key: 'look', title: '', width: '56px', render: (line) => <Look line={line} /> },
];

/** To the order where it was made here, else to the person. */
function Look({ line: { oid, name, personalAccount } }: { line: MonthLine }) {
  return (
    <button
      type="button"
      className="link"
      aria-label={oid ? words.lookOrder(name) : words.lookPerson(name)}
      onClick={() => {
        if (oid) openStory(oid);
        else openRosterOf(personalAccount);
      }}
    >
      {words.look}
    </button>
  );
}
