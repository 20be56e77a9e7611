import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { transactionSchema } from '../../shared/wire/envelope.ts';

/**
 * Fault control for tests, off unless the centre is started with `--faults FILE`. It stands at the
 * HTTP boundary: what the centre decides is never changed, only what of it gets through. The file is
 * re-read for every request: `{ "faults": [ { "id": "a", "tx": "WL1001", "do": "dropAfter" } ] }`.
 * Each entry strikes `times` requests (1 unless given) of its transaction, after letting `skip` pass.
 * Every strike adds a line to `FILE.struck`, and a delayed request another one with the centre's code
 * once it was handled.
 */
export const faultActions = [
  'dropBefore', // connection cut, the centre never sees the request
  'dropAfter', // handled and committed, the answer is lost
  'delayBefore', // handled `ms` later
  'delayAfter', // handled at once, answered `ms` later
  'twice', // handled twice, the second answer is sent
  'html', // handled; an HTML page comes instead of the answer
  'http500', // handled; an empty HTTP 500 comes instead of the answer
  'flip', // one bit of the answer is turned
  'truncate', // the answer's second half is missing
  'otherKey', // the right answer, signed by a key of another authority with the same names
  'replay', // the answer to the request before, of the same transaction where there is one
  'swap', // the answer that belongs to a request of another transaction
  'pageAltered', // a roster page with one digit changed, signed by the centre
  'pageShort', // a roster page without its last line, signed by the centre
  'pageForeign', // the page of another download, signed by the centre
  'maintenance', // not handled, a signed WLX502
  'busy', // not handled, a signed WLX501
  'exitBefore', // the process dies before it handles the request
  'exitAfter', // the process dies after the commit
] as const;
export type FaultAction = (typeof faultActions)[number];

const faultFileSchema = z.strictObject({
  faults: z.array(
    z.strictObject({
      id: z.string().min(1),
      tx: transactionSchema.optional(),
      do: z.enum(faultActions),
      times: z.int().min(1).optional(),
      skip: z.int().min(0).optional(),
      ms: z.int().min(0).max(600_000).optional(),
    }),
  ),
});

export interface Fault {
  readonly id: string;
  readonly do: FaultAction;
  readonly ms: number;
}

/** One line of `FILE.struck`. */
export const strikeSchema = z.strictObject({
  id: z.string(),
  do: z.enum(faultActions),
  tx: z.string(),
  /** Of a request that was handled late. */
  code: z.string().optional(),
});
export type Strike = z.output<typeof strikeSchema>;

const TX_IN_BYTES = /"tx":"(WL\d{4})"/;

/** Decides per request whether a fault strikes. Throws on a control file that is not one. */
export class FaultControl {
  readonly #file: string;
  readonly #met = new Map<string, number>();

  constructor(file: string) {
    this.#file = file;
  }

  next(request: Buffer): Fault | undefined {
    if (!existsSync(this.#file)) return undefined;
    const { faults } = faultFileSchema.parse(JSON.parse(readFileSync(this.#file, 'utf8')));
    const tx = transactionOf(request);
    for (const fault of faults) {
      if (fault.tx !== undefined && fault.tx !== tx) continue;
      const met = this.#met.get(fault.id) ?? 0;
      const skip = fault.skip ?? 0;
      if (met >= skip + (fault.times ?? 1)) continue;
      this.#met.set(fault.id, met + 1);
      if (met < skip) continue;
      this.note({ id: fault.id, do: fault.do, tx });
      return { id: fault.id, do: fault.do, ms: fault.ms ?? 0 };
    }
    return undefined;
  }

  note(strike: Strike): void {
    appendFileSync(`${this.#file}.struck`, `${JSON.stringify(strike)}\n`);
  }
}

/** Read from the raw bytes: a signed message holds its JSON in one piece. */
export function transactionOf(request: Buffer): string {
  return TX_IN_BYTES.exec(request.toString('latin1'))?.[1] ?? '';
}
