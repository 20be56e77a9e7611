import type { z } from 'zod';
import {
  type Contract,
  type EventContract,
  type EventOf,
  type Handlers,
  type RequestOf,
  type ResultOf,
  transportCodes,
} from '../../shared/ipc/contract.ts';
import { fail, type Result, succeed } from '../../shared/errors/result.ts';
import type { Caller, CallOptions, CallTarget, EventEmitter, EventSource } from './peer.ts';
import { report } from './report.ts';

/** How long each operation may take, in milliseconds: the caller keeps the time. */
export type Deadlines<C extends Contract> = Readonly<Record<keyof C, number>>;

export type Client<C extends Contract> = {
  readonly [Op in keyof C]: (
    request: z.input<C[Op]['request']>,
    options?: CallOptions,
  ) => Promise<ResultOf<C, Op>>;
};

/** A method for each operation; an answer outside the contract is a bug of the host: INTERNAL. */
export function client<C extends Contract>(
  caller: Caller,
  contract: C,
  deadlinesMs: Deadlines<C>,
): Client<C> {
  const operations = Object.keys(contract) as (keyof C & string)[];
  const methods = operations.map((op) => {
    const standard = { deadlineMs: deadlinesMs[op] };
    const method = async (request: unknown, options: CallOptions = standard) =>
      readAnswer(contract, op, await caller.call(op, request, options));
    return [op, method] as const;
  });
  return Object.fromEntries(methods) as unknown as Client<C>;
}

function readAnswer(contract: Contract, op: string, answer: Result<unknown>): Result<unknown> {
  if (!answer.ok) return answer;
  const parsed = contract[op]?.value.safeParse(answer.value);
  if (parsed?.success) return succeed(parsed.data);
  return fail('INTERNAL', `${op}: the answer breaks the contract: ${issuesOf(parsed?.error)}`);
}

/** Answers every operation of the contract; a request outside it is answered REQUEST_INVALID. */
export function serve<C extends Contract>(
  target: CallTarget,
  contract: C,
  handlers: Handlers<C>,
): void {
  for (const op of Object.keys(contract) as (keyof C & string)[]) {
    target.handle(op, async (request) => {
      const parsed = contract[op]?.request.safeParse(request);
      if (!parsed?.success) return fail('REQUEST_INVALID', `${op}: ${issuesOf(parsed?.error)}`);
      const result = await handlers[op](parsed.data as RequestOf<C, typeof op>);
      reportForeignCode(contract, op, result);
      return result;
    });
  }
}

/** A code the contract does not name is a bug, but the caller is still told what it was. */
function reportForeignCode(contract: Contract, op: string, result: Result<unknown>): void {
  if (result.ok) return;
  const codes = [...(contract[op]?.codes ?? []), ...transportCodes];
  if (!codes.includes(result.code)) report(`${op}: the contract does not name ${result.code}`);
}

/** Listens to the events named; a payload outside the contract is a bug of the sender: it is reported and dropped. */
export function listen<E extends EventContract>(
  source: EventSource,
  events: E,
  handlers: { readonly [Name in keyof E]?: (payload: EventOf<E, Name>) => void },
): void {
  for (const name of Object.keys(handlers) as (keyof E & string)[]) {
    source.on(name, (payload) => {
      const parsed = events[name]?.safeParse(payload);
      if (parsed?.success) handlers[name]?.(parsed.data as EventOf<E, typeof name>);
      else report(`event ${name} breaks the contract: ${issuesOf(parsed?.error)}`);
    });
  }
}

export type Emit<E extends EventContract> = <Name extends keyof E & string>(
  name: Name,
  payload: z.input<E[Name]>,
) => void;

/** `emit` with the names and payloads of a contract: `emitterOf<typeof dataEvents>(peer)`. */
export function emitterOf<E extends EventContract>(target: EventEmitter): Emit<E> {
  return (name, payload) => {
    target.emit(name, payload);
  };
}

function issuesOf(error: z.ZodError | undefined): string {
  if (!error) return 'no such operation';
  return error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
}
