import type { Revealed } from '../state/revealed.ts';
import type { Column } from './grid-head.tsx';
import { IdNumber, IdNumberTitle } from './id-number.tsx';
import { textCell } from './list-cells.ts';

interface Person {
  readonly name: string;
  readonly maskedId: string;
}

interface IdColumnParts<Row> {
  readonly title: string;
  readonly width: string;
  readonly revealed: Revealed;
  /** By which `revealed` knows the row. */
  readonly keyOf: (row: Row) => string;
  readonly onReveal: (rows: readonly Row[]) => void;
  readonly onRevealPage: () => void;
}

/** Characters of a sheet's column. */
const SHEET_WIDTH = 22;

/** ID numbers, covered but where they are uncovered; a sheet has them as the screen does. */
export function idColumn<Row extends Person>(parts: IdColumnParts<Row>): Column<Row> {
  const { title, width, revealed, keyOf, onReveal, onRevealPage } = parts;
  const wholeOf = (row: Row) => revealed.numberOf(keyOf(row));
  return {
    key: 'idNumber',
    width,
    title: (
      <IdNumberTitle
        title={title}
        any={revealed.any}
        onReveal={onRevealPage}
        onCover={revealed.cover}
      />
    ),
    render: (row) => (
      <IdNumber
        masked={row.maskedId}
        name={row.name}
        whole={wholeOf(row)}
        onReveal={() => {
          onReveal([row]);
        }}
      />
    ),
    cells: [textCell(title, (row) => wholeOf(row) ?? row.maskedId, SHEET_WIDTH)],
  };
}
