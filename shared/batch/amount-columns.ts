import { raise } from '../rules/issue.ts';
import type { Issue } from '../rules/issue.ts';
import { formatFen, parseYuan } from '../rules/money.ts';
import type { Fen } from '../rules/money.ts';
import type { EntryKind } from '../wire/primitives.ts';
import { batchColumns, columnNames } from './columns.ts';
import type { ColumnName } from './columns.ts';
import type { BatchCells } from './rows.ts';
import { batchRule } from './wording.ts';

/** Different amounts named in one sentence: a span of more policy years names no more. */
const AMOUNTS_NAMED_MAX = 3;

/** What the rules compute for the columns of a file. */
export interface Computed {
  /** 登记: of one month. 补缴: of the span. */
  readonly unitFen: Fen;
  readonly personalFen: Fen;
  readonly totalFen: Fen;
  /** 缴存基数 of 登记, after the clamp. */
  readonly base?: Fen;
  /** 补缴: the amount (or difference) of each month; they differ where bounds or roundings change. */
  readonly monthly: readonly Fen[];
}

/**
 * Compares the amounts of a row with those the rules compute on the clamped wage (manual 十一(二)6).
 * 月缴存额 of a span over several policy years may be that of any of its months. Amounts left empty
 * are computed, which is said once for the row. Where nothing can be computed, what is no amount at
 * all is told nevertheless, so that a clerk sees it together with what stands in the way.
 */
export function judgeAmounts(
  kind: EntryKind,
  cells: BatchCells,
  computed: Computed | undefined,
): Issue[] {
  const issues: Issue[] = [];
  const filled: { field: ColumnName; text: string }[] = [];
  for (const { name, heading, form } of batchColumns[kind]) {
    if (form !== 'amount') continue;
    const cell = cells[name];
    if (cell === undefined) continue;
    if (cell.text !== '') {
      const issue = judgeAmount(name, cell.text, computed);
      if (issue) issues.push(issue);
    } else if (computed && cell.remarks.length === 0) {
      filled.push({ field: name, text: `${heading}${nameAmounts(expectedOf(name, computed))}元` });
    }
  }
  const [first] = filled;
  if (first === undefined) return issues;
  const rule = batchRule.amountFilled(filled.map(({ text }) => text).join('，'));
  return [...issues, raise('notice', 'AMOUNT_FILLED', { field: first.field, value: '', rule })];
}

function expectedOf(name: ColumnName, computed: Computed): readonly Fen[] {
  if (name === 'unitMonthly') return [computed.unitFen];
  if (name === 'personalMonthly') return [computed.personalFen];
  return name === 'amount' ? [computed.totalFen] : [...new Set(computed.monthly)];
}

function judgeAmount(
  field: ColumnName,
  value: string,
  computed: Computed | undefined,
): Issue | undefined {
  const parsed = parseYuan(value);
  if (!parsed.ok) {
    return raise('error', 'AMOUNT_FORMAT', { field, value, rule: batchRule.amountNumber });
  }
  const given = parsed.value;
  if (field === 'amount' && given <= 0) {
    return raise('error', 'AMOUNT_NOT_POSITIVE', { field, value, rule: batchRule.backPayPositive });
  }
  return computed && compare(field, value, given, computed);
}

function compare(
  field: ColumnName,
  value: string,
  given: Fen,
  computed: Computed,
): Issue | undefined {
  const expected = expectedOf(field, computed);
  if (expected.includes(given)) return undefined;
  const { base } = computed;
  const found = formatFen(given);
  const named = nameAmounts(expected);
  if (field === 'amount') {
    return raise('error', 'BACK_PAY_MISMATCH', {
      ...{ field, value },
      rule: batchRule.backPayIs(found, named),
    });
  }
  const basis = base === undefined ? '按规则' : `按缴存基数${formatFen(base)}元`;
  const rule = batchRule.amountIs(found, basis, named);
  return raise('error', 'AMOUNT_MISMATCH', { field, value, rule });
}

function nameAmounts(amounts: readonly Fen[]): string {
  const named = amounts.slice(0, AMOUNTS_NAMED_MAX).map(formatFen).join('或');
  return amounts.length > AMOUNTS_NAMED_MAX ? `${named}等` : named;
}

/**
 * What single entry says of a total that is not positive it says of a wage, since it has no field
 * for the total: in a file it is told at 补缴金额, with what stands there. Where that cell is told
 * of anyway, or the file has no such column, it is the wage's, with the wage as its value.
 */
export function tellAtAmount(
  { cells }: { readonly cells: BatchCells },
  issues: readonly Issue[],
): Issue[] {
  return issues.flatMap((issue) => {
    if (issue.code !== 'AMOUNT_NOT_POSITIVE') return [issue];
    const { amount } = cells;
    const given = amount === undefined ? undefined : parseYuan(amount.text);
    if (given?.ok && given.value <= 0) return [];
    const field = columnNames.find((name) => name === issue.field);
    if (amount === undefined) return [{ ...issue, value: (field && cells[field]?.text) ?? '' }];
    return [{ ...issue, field: 'amount', value: amount.text }];
  });
}
