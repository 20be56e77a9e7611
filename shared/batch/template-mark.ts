import type { EntryKind } from '../wire/primitives.ts';

/** The four batch businesses as the manual names them; also the name of a template's data sheet. */
export const batchTitles: Readonly<Record<EntryKind, string>> = {
  registration: '批量职工登记',
  reduction: '批量职工减少',
  missedBackPay: '批量漏缴补缴',
  shortfallBackPay: '批量少缴补缴',
};

/**
 * Sheet of a template that says which one it is, one fact a cell: A1 `TEMPLATE_MARK`, A2 kind,
 * A3 version, A4 unit account, A5 business month, A6 name of the data sheet, A7 headings with `|`
 * between. Very hidden in our file; other programs save it as hidden and its texts as rich text.
 */
export const TEMPLATE_MARK_SHEET = '_tpl';
export const TEMPLATE_MARK = 'JCT-TPL';

/** Core property subject and keywords: what is left of the mark when its sheet was deleted. */
export function templateKeywords(kind: EntryKind, version: number, unitAccount: string): string {
  return `${TEMPLATE_MARK}/${kind}/v${version}/${unitAccount}`;
}
