import { z } from 'zod';
import { noticeIdSchema } from '../wire/parameters.ts';
import { timeSchema } from '../wire/primitives.ts';
import { operation } from './contract.ts';
import type { Contract } from './contract.ts';

/** Which of the centre's notices the clerk has read on this computer; the notices come with the parameters. */

const nothing = z.strictObject({});
const MARKS_AT_ONCE_MAX = 500;

const noticeMarkSchema = z.strictObject({ id: noticeIdSchema, at: timeSchema });
export type NoticeMark = z.output<typeof noticeMarkSchema>;

export const noticeContract = {
  'notices.marks': operation(nothing, z.strictObject({ marks: z.array(noticeMarkSchema) }), [
    'NOT_SIGNED_IN',
  ]),
  /** Marks as read; again changes nothing. */
  'notices.markRead': operation(
    z.strictObject({ ids: z.array(noticeIdSchema).min(1).max(MARKS_AT_ONCE_MAX) }),
    nothing,
    ['NOT_SIGNED_IN', 'DB_FULL'],
  ),
} as const satisfies Contract;
