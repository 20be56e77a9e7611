import { z } from 'zod';
import { errorCodes } from '../../shared/errors/catalogue.ts';

/** What travels over a port. Requests, values and payloads are checked by the contract above. */
export const frameSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('call'), id: z.int(), op: z.string(), request: z.unknown() }),
  z.object({
    kind: z.literal('answer'),
    id: z.int(),
    result: z.discriminatedUnion('ok', [
      z.object({ ok: z.literal(true), value: z.unknown() }),
      z.object({ ok: z.literal(false), code: z.enum(errorCodes), detail: z.string() }),
    ]),
  }),
  z.object({ kind: z.literal('event'), event: z.string(), payload: z.unknown() }),
]);

export type Frame = z.output<typeof frameSchema>;
