import type { ExportCell, ExportForm } from '../../shared/ipc/export.ts';
import { output as words } from '../text/output.ts';
import type { Column, ListCell } from './grid-head.tsx';

const widths: Readonly<Record<ExportForm, number>> = { text: 16, money: 15, count: 9, percent: 10 };

function cellOf(form: ExportForm) {
  return <Row>(
    title: string,
    read: (row: Row) => ExportCell,
    width: number = widths[form],
  ): ListCell<Row> => ({ title, form, width, read });
}

export const textCell = cellOf('text');
/** `read` gives fen. */
export const moneyCell = cellOf('money');
export const countCell = cellOf('count');
export const percentCell = cellOf('percent');

/** `查询条件：姓名 王，状态 正常`; empty conditions are left out. */
export function conditionsText(conditions: readonly (readonly [string, string])[]): string {
  const set = conditions.filter(([, value]) => value !== '');
  const told = set.map(([label, value]) => words.condition(label, value)).join(words.and);
  return words.conditions(told === '' ? words.all : told);
}

/** The cells of a list, column by column as the screen has them; a column for the eye alone has none. */
export function listCells<Row>(columns: readonly Column<Row>[]): ListCell<Row>[] {
  return columns.flatMap(({ cells }) => cells ?? []);
}
