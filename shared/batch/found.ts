import { CELL_CHARACTERS_MAX } from './rows.ts';
import type { BatchCell, Remark } from './rows.ts';
import type { ErrorCode } from '../errors/catalogue.ts';
import { batchRule } from './wording.ts';

/** What became of one cell: its text for the rules, and what there is to say about it. */
export interface ReadCell {
  readonly text: string;
  readonly found: readonly Finding[];
}
export type Finding = Pick<Remark, 'severity' | 'code' | 'rule'>;

const VALUE_CHARACTERS_MAX = 400;

export function take(text: string, ...found: readonly Finding[]): ReadCell {
  return { text, found };
}

export function refuse(text: string, code: ErrorCode, rule: string): ReadCell {
  return { text, found: [{ severity: 'error', code, rule }] };
}

export function note(code: ErrorCode, rule: string): Finding {
  return { severity: 'notice', code, rule };
}

/** As it is kept: no half characters, never longer than a field may be; what is longer is refused. */
export function toCell({ text, found }: ReadCell, source: string): BatchCell {
  const value = cut(repairSurrogates(source), VALUE_CHARACTERS_MAX);
  const remarks = found.map((finding) => ({ ...finding, value }));
  const whole = repairSurrogates(text);
  if (whole.length <= CELL_CHARACTERS_MAX) return { text: whole, remarks };
  const rule = batchRule.long(CELL_CHARACTERS_MAX, whole.length);
  return {
    text: cut(whole, CELL_CHARACTERS_MAX),
    remarks: [{ severity: 'error', code: 'CELL_LONG', value, rule }, ...remarks],
  };
}

function repairSurrogates(text: string): string {
  return text.replace(
    /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    '\ufffd',
  );
}

/** At most so many units, never through the middle of a character. */
function cut(text: string, limit: number): string {
  return text.length <= limit ? text : text.slice(0, limit).replace(/[\ud800-\udbff]$/, '');
}
