import { z } from 'zod';
import type { ErrorCode } from '../errors/catalogue.ts';
import type { Result } from '../errors/result.ts';

/**
 * One operation between two processes: what is asked, what is answered, and the codes it may fail with
 * besides those of the transport (`transportCodes`).
 */
export interface Operation<
  Request extends z.ZodType = z.ZodType,
  Value extends z.ZodType = z.ZodType,
  Code extends ErrorCode = ErrorCode,
> {
  readonly request: Request;
  readonly value: Value;
  readonly codes: readonly Code[];
}

export type Contract = Readonly<Record<string, Operation>>;

/** Events go one way: from the process that owns the contract to its callers. */
export type EventContract = Readonly<Record<string, z.ZodType>>;

export type RequestOf<C extends Contract, Op extends keyof C> = z.output<C[Op]['request']>;
export type ValueOf<C extends Contract, Op extends keyof C> = z.output<C[Op]['value']>;
export type ResultOf<C extends Contract, Op extends keyof C> = Result<ValueOf<C, Op>>;
export type EventOf<E extends EventContract, Name extends keyof E> = z.output<E[Name]>;

/** What the owner of a contract implements. */
export type Handlers<C extends Contract> = {
  readonly [Op in keyof C]: (
    request: RequestOf<C, Op>,
  ) => ResultOf<C, Op> | Promise<ResultOf<C, Op>>;
};

/** Failures any operation may give: a process lies between, and beneath it a file. */
export const transportCodes = [
  'REQUEST_INVALID',
  'SENDER_REFUSED',
  'INTERNAL',
  'HOST_DIED',
  'HOST_LATE',
  'HOST_GIVEN_UP',
  'DB_NOT_WRITABLE',
] as const satisfies readonly ErrorCode[];

export function operation<
  Request extends z.ZodType,
  Value extends z.ZodType,
  const Code extends ErrorCode,
>(request: Request, value: Value, codes: readonly Code[]): Operation<Request, Value, Code> {
  return { request, value, codes };
}

/** Binary data between processes; `z.instanceof` would tie it to one kind of buffer. */
export const bytesSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
