import type { ErrorCode } from './catalogue.ts';

/** A failure that was foreseen: its code says what the clerk reads, `detail` is for the help desk. */
export interface Failure {
  readonly ok: false;
  readonly code: ErrorCode;
  readonly detail: string;
}

/** Expected failures are values; anything thrown is a bug. */
export type Result<T> = { readonly ok: true; readonly value: T } | Failure;

export function succeed<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function fail(code: ErrorCode, detail = ''): Failure {
  return { ok: false, code, detail };
}

/** Ends a `switch` over a closed union. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value ${JSON.stringify(value)}`);
}
