import { z } from 'zod';
import { itemStateSchema } from '../wire/orders.ts';
import { orderStates } from '../orders/states.ts';
import { entryKindSchema, hashSchema, timeSchema, uuidSchema } from '../wire/primitives.ts';
import { operation } from './contract.ts';
import type { Contract } from './contract.ts';

/** What the clerk is told of an order and of what a start found. */

/**
 * kept: confirmed, left to the opening · opened: serial and bytes made at the opening · answered: a
 * proven answer of the centre · unanswered: none, or one that proves nothing · voided: the serial is
 * closed by the centre · remade: the same order under a new serial · returned: never signed, back in
 * the queue · waitsOn: never signed, left to the next opening · givenUp: taken out of waiting.
 */
export const orderSteps = [
  'confirmed',
  'kept',
  'opened',
  'signed',
  'sending',
  'answered',
  'unanswered',
  'receipt',
  'voided',
  'remade',
  'returned',
  'waitsOn',
  'givenUp',
] as const;
export type OrderStep = (typeof orderSteps)[number];

export const storyStepSchema = z.strictObject({
  number: z.int().min(1),
  at: timeSchema,
  event: z.enum(orderSteps),
  sn: z.string(),
  /** Which sending of these bytes; 0 for what is none. */
  attempt: z.int().min(0),
  code: z.string(),
  words: z.string(),
});
export type StoryStep = z.output<typeof storyStepSchema>;

/** One serial of the order with the bytes it is bound to. */
export const storySubmissionSchema = z.strictObject({
  sn: z.string(),
  state: z.enum(orderStates),
  /** SHA-256 of the message as signed; empty where it never was. */
  digest: z.string(),
  /** Of the signed message; 0 where there is none. */
  bytes: z.int().min(0),
  attempts: z.int().min(0),
});
export type StorySubmission = z.output<typeof storySubmissionSchema>;

const storyReceiptSchema = z.strictObject({
  number: z.int().min(1),
  hash: hashSchema,
  /** The serial it is for. */
  sn: z.string(),
  bytes: z.int().min(1),
  issuedAt: timeSchema,
  receivedAt: timeSchema,
});

export const storySchema = z.strictObject({
  /** First and last entry; null where the drafts are not here. */
  enteredFrom: timeSchema.nullable(),
  enteredTo: timeSchema.nullable(),
  /** Of the batch it was made of; empty for single entries. */
  batchName: z.string(),
  steps: z.array(storyStepSchema),
  submissions: z.array(storySubmissionSchema),
  receipt: storyReceiptSchema.nullable(),
  /** What the centre said of the rows, gathered by state and time. */
  results: z.array(
    z.strictObject({ state: itemStateSchema, at: timeSchema, count: z.int().min(1) }),
  ),
});
export type Story = z.output<typeof storySchema>;

/** An order found under way at a start, and what it is now. */
export const foundOrderSchema = z.strictObject({
  oid: uuidSchema,
  kind: entryKindSchema,
  count: z.int().min(1),
  found: z.enum(['unsigned', 'signed', 'sent', 'waiting']),
  state: z.enum(orderStates),
  /** Left to the opening still. */
  waits: z.boolean(),
  /** Its bytes went out again since. */
  resent: z.boolean(),
});
export type FoundOrder = z.output<typeof foundOrderSchema>;

export const startReportSchema = z.strictObject({
  at: timeSchema,
  orders: z.array(foundOrderSchema).min(1),
  /** In 待确认队列 now, of all kinds. */
  drafts: z.int().min(0),
});
export type StartReport = z.output<typeof startReportSchema>;

const nothing = z.strictObject({});

export const storyContract = {
  /** What starts since the clerk last read found under way; null where there was nothing. */
  'story.start': operation(nothing, z.strictObject({ report: startReportSchema.nullable() }), [
    'NOT_SIGNED_IN',
  ]),
  'story.startRead': operation(nothing, nothing, ['NOT_SIGNED_IN', 'DB_FULL']),
} as const satisfies Contract;
