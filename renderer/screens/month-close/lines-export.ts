import type { MonthLine, MonthView } from '../../../shared/ipc/month-close.ts';
import { conditionsText, listCells } from '../../parts/list-cells.ts';
import { rowsHere } from '../../state/output.ts';
import type { ExportedList } from '../../state/output.ts';
import { monthClose as words } from '../../text/month-close.ts';
import { stampText } from '../../text/time.ts';
import { differingCells } from './figures.ts';
import { lineColumns } from './line-columns.tsx';

/** A line of the head holds no more. */
const CELLS_MAX = 6;

/** 名单 of a comparison as a workbook, with the figures that are not the same in its head. */
export function linesExport(view: MonthView, lines: readonly MonthLine[]): ExportedList<MonthLine> {
  const { businessMonth, at, verdict, comparison } = view;
  const { differences, elsewhere, counter } = comparison.found;
  const all = differences + elsewhere + counter;
  const differing = differingCells(view);
  return {
    title: words.linesTitle,
    facts: [
      conditionsText([[words.month, String(businessMonth)]]),
      words.figureOf(stampText(at), words.verdicts[verdict]),
      ...(differing.length === 0 ? [] : [differing.slice(0, CELLS_MAX).join('；')]),
      ...(lines.length < all ? [words.linesKept(lines.length, all)] : []),
    ],
    cells: listCells(lineColumns),
    total: lines.length,
    page: rowsHere(lines),
  };
}
