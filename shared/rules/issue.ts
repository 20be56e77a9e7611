import { z } from 'zod';
import { catalogue, errorCodes } from '../errors/catalogue.ts';
import type { ErrorCode } from '../errors/catalogue.ts';

export const severities = ['error', 'notice', 'counter'] as const;

/**
 * `error`: cannot be entered. `notice`: entered, the clerk is told what was adjusted.
 * `counter`: 待柜面, not for this channel but never lost (manual 六.1).
 */
export type Severity = (typeof severities)[number];

/** `field` of an issue about the entry as a whole. */
export const WHOLE_ENTRY = 'entry';

/** One thing found in one field; its sentence is `catalogue[code].text`. */
export interface Issue {
  readonly code: ErrorCode;
  /** Name of the field as in the typed record, e.g. `idNumber`. */
  readonly field: string;
  /** The value found, as typed. */
  readonly value: string;
  /** The rule it met, with its source, e.g. `…（手册六.3）`. */
  readonly rule: string;
  /** What to do next. */
  readonly fix: string;
  readonly severity: Severity;
}

export const issueSchema = z.strictObject({
  code: z.enum(errorCodes),
  field: z.string().max(40),
  value: z.string().max(400),
  rule: z.string().max(200),
  fix: z.string().max(200),
  severity: z.enum(severities),
});

/** Makes an issue; what to do next comes from the catalogue. */
export function raise(
  severity: Severity,
  code: ErrorCode,
  found: { readonly field: string; readonly value: string; readonly rule: string },
): Issue {
  return { code, ...found, fix: catalogue[code].next, severity };
}

/** Nothing of severity error or counter. */
export function mayProceed(issues: readonly Issue[]): boolean {
  return issues.every((issue) => issue.severity === 'notice');
}

/** 待柜面: all that stands against the entry is what only the counter can settle. */
export function isForCounter(issues: readonly Issue[]): boolean {
  return (
    issues.some((issue) => issue.severity === 'counter') &&
    issues.every((issue) => issue.severity !== 'error')
  );
}

/**
 * The issues of each field, for showing them beside it. A field still empty has none: nothing is
 * said about what has not been typed yet.
 */
export function groupByField<Field extends string>(
  fields: readonly Field[],
  typed: Readonly<Partial<Record<Field, string | undefined>>>,
  issues: readonly Issue[],
): Record<Field, readonly Issue[]> {
  const groups = fields.map((field): [Field, readonly Issue[]] => {
    const isEmpty = (typed[field] ?? '').trim() === '';
    return [field, isEmpty ? [] : issues.filter((issue) => issue.field === field)];
  });
  return Object.fromEntries(groups) as Record<Field, readonly Issue[]>;
}

/** In the order of the fields, those about the entry as a whole last; within a field as found. */
export function sortByField(fields: readonly string[], issues: readonly Issue[]): Issue[] {
  const place = ({ field }: Issue) => (fields.includes(field) ? fields.indexOf(field) : Infinity);
  const from = issues.map((issue) => ({ issue, place: place(issue) }));
  return from.sort((a, b) => (a.place === b.place ? 0 : a.place - b.place)).map((i) => i.issue);
}
