import type { RawRow, TemplateMark } from '../../../shared/batch/raw.ts';
import { TEMPLATE_MARK } from '../../../shared/batch/template-mark.ts';

/** A template's mark and the name of its data sheet; the name is lost with the mark's own sheet. */
export interface FoundMark extends TemplateMark {
  readonly dataSheet: string;
}

/** From the first rows of the mark's sheet; undefined when it says something else. */
export function markOfSheet(rows: readonly RawRow[]): FoundMark | undefined {
  const facts = new Map(rows.map((row) => [row.row, textOf(row)]));
  if (facts.get(1) !== TEMPLATE_MARK) return undefined;
  return {
    kind: facts.get(2) ?? '',
    version: versionOf(facts.get(3)),
    unitAccount: facts.get(4) ?? '',
    dataSheet: facts.get(6) ?? '',
  };
}

/** From `JCT-TPL/registration/v1/99…` among the core properties. */
export function markOfKeywords(keywords: string): FoundMark | undefined {
  const [head, kind, version, unitAccount] = keywords.trim().split('/');
  if (head !== TEMPLATE_MARK || kind === undefined || unitAccount === undefined) return undefined;
  return { kind, version: versionOf(version?.slice(1)), unitAccount, dataSheet: '' };
}

function textOf({ cells }: RawRow): string {
  const cell = cells.get(1);
  if (cell?.kind === 'text') return cell.text.trim();
  return cell?.kind === 'number' ? cell.source : '';
}

/** 0, which no version is, for what cannot be read. */
function versionOf(text: string | undefined): number {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : 0;
}
