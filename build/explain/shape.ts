import type { z } from 'zod';

/** One place of an input that cannot be read. */
export interface Unreadable {
  readonly path: string;
  /** What was written there. */
  readonly value: string;
  readonly reason: string;
}

const VALUE_QUOTED_CHARACTERS = 60;

const kindNames: Readonly<Record<string, string>> = {
  string: '文字（加引号）',
  number: '数字',
  int: '整数',
  boolean: '是否',
  object: '对象',
  record: '对象',
  array: '数组',
  null: '空值 null',
};

/** What a JSON value is, in words. */
function nameKind(value: unknown): string {
  if (typeof value === 'number') return Number.isInteger(value) ? '整数' : '小数';
  const kind = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  return kindNames[kind] ?? kind;
}

/** Why a value has not the form asked for; used for everything a schema has no sentence of its own for. */
export function tellShape(issue: z.core.$ZodRawIssue): string {
  const { code, input } = issue;
  if (code === 'invalid_type') return tellKind(kindNames[issue.expected] ?? issue.expected, input);
  if (code === 'invalid_value') {
    return tellKind(listValues(issue.values), input);
  }
  if (code === 'too_small') {
    return issue.origin === 'array' ? `至少${issue.minimum}项` : `应不小于${issue.minimum}`;
  }
  if (code === 'too_big') return `应不大于${issue.maximum}`;
  return '不是所要的形式';
}

/** Codes in ascending order: an engine puts those without a leading zero first. */
function listValues(values: readonly unknown[]): string {
  const quoted = values.map((value) => JSON.stringify(value));
  const areCodes = quoted.every((text) => /^"\d+"$/.test(text));
  return (areCodes ? quoted.sort() : quoted).join('、');
}

export function tellKind(wanted: string, value: unknown): string {
  if (value === undefined) return `缺少此项，应为${wanted}`;
  const isScalar = typeof value === 'string' || typeof value === 'number';
  return isScalar && wanted.includes('"')
    ? `应为${wanted}`
    : `应为${wanted}，现为${nameKind(value)}`;
}

/** Every issue of a schema as a place, with what stands there in the input. */
export function listPlaces(error: z.ZodError, input: unknown): Unreadable[] {
  return error.issues.map(({ path, message }) => ({
    path: path.map(String).join('.'),
    value: quote(valueAt(input, path)),
    reason: message,
  }));
}

/** What was written, shortened; of an object or array only that it is one. */
export function quote(value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return '[…]';
  if (typeof value === 'object' && value !== null) return '{…}';
  const text = Array.from(typeof value === 'string' ? value : JSON.stringify(value));
  if (text.length <= VALUE_QUOTED_CHARACTERS) return text.join('');
  return `${text.slice(0, VALUE_QUOTED_CHARACTERS).join('')}…`;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value: unknown = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}
