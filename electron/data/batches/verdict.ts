import { createHash } from 'node:crypto';
import type { BatchClaim } from '../../../shared/batch/duplicates.ts';
import { checkBatchRow } from '../../../shared/batch/judging.ts';
import type { EntryTyped } from '../../../shared/rules/entry.ts';
import type { Issue } from '../../../shared/rules/issue.ts';
import type { Parameters } from '../../../shared/wire/parameters.ts';
import type { ItemContent } from '../ports.ts';
import { itemOf } from '../orders/content.ts';
import type { EntryChecks } from '../queue/entry-check.ts';
import { figuresOf } from '../queue/figures.ts';
import type { Figures } from '../queue/figures.ts';
import type { StoredBatch } from './shelf.ts';
import { cellsOf } from './stored-row.ts';
import type { StoredRow } from './stored-row.ts';

export type Standing = 'good' | 'bad' | 'counter';

/** What the rules make of one row by itself, against parameters, roster and queue. */
export interface Verdict {
  readonly standing: Standing;
  readonly issues: readonly Issue[];
  /** 核对结果. */
  readonly differences: readonly string[];
  readonly amounts: {
    readonly unitFen: number;
    readonly personalFen: number;
    readonly totalFen: number;
  } | null;
  readonly rosterName: string;
  readonly rosterIdNumber: string;
  readonly claims: readonly BatchClaim[];
  /** Of a row that may be sent. */
  readonly ready?: {
    readonly typed: EntryTyped;
    readonly figures: Figures;
    readonly item: ItemContent;
  };
}

/** The id of no draft: a row stands beside the queue, not in it. */
const NO_DRAFT = '';

export function judgeRow(
  { kind, fundType }: StoredBatch,
  stored: StoredRow,
  parts: { readonly checks: EntryChecks; readonly parameters: Parameters },
): Verdict {
  const row = { ...stored.row, cells: cellsOf(stored) };
  const found = checkBatchRow(kind, row, fundType, (typed) =>
    parts.checks.context(NO_DRAFT, typed, parts.parameters),
  );
  const { issues, differences, amounts, roster, claims, typed, checked } = found;
  const standing = standingOf(issues);
  if (standing === 'good' && !checked) throw new Error(`row ${row.row}: good, and no entry`);
  return {
    ...{ standing, issues, differences, claims },
    amounts: amounts ?? null,
    rosterName: roster?.name ?? '',
    rosterIdNumber: roster?.idNumber ?? '',
    ...(standing === 'good' && checked
      ? { ready: { typed, figures: figuresOf(checked), item: itemOf(checked) } }
      : {}),
  };
}

/** The same digest: nothing of it has to be written again. */
export function digestOf(verdict: Verdict): string {
  return createHash('sha256').update(JSON.stringify(verdict)).digest('base64');
}

function standingOf(issues: readonly Issue[]): Standing {
  if (issues.some(({ severity }) => severity === 'error')) return 'bad';
  return issues.some(({ severity }) => severity === 'counter') ? 'counter' : 'good';
}
