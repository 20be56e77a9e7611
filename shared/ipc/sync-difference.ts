import { z } from 'zod';
import {
  amountSchema,
  entryKindSchema,
  fundTypeSchema,
  ratioSchema,
  timeSchema,
  uuidSchema,
} from '../wire/primitives.ts';
import { rosterRowSchema } from '../wire/roster.ts';
import { operation } from './contract.ts';
import type { Contract } from './contract.ts';

/** What a 职工信息同步 changed (manual 五(二)). */

export const syncFieldsSchema = z.strictObject({
  name: z.string(),
  idType: z.string(),
  idNumber: z.string(),
  status: z.string(),
  base: amountSchema,
  unitRatio: ratioSchema,
  personalRatio: ratioSchema,
  unitFen: amountSchema,
  personalFen: amountSchema,
  openedMonth: z.int(),
  paid: rosterRowSchema.shape.paid,
});
export type SyncFields = z.output<typeof syncFieldsSchema>;

export const syncChangeKinds = ['added', 'changed', 'removed'] as const;

export const syncRecordSchema = z.strictObject({
  number: z.int().min(1),
  at: timeSchema,
  version: z.int().min(0),
  mode: z.enum(['full', 'delta', 'unchanged']),
  /** Nothing stood here before it: nobody is listed. */
  first: z.boolean(),
  added: z.int().min(0),
  changed: z.int().min(0),
  removed: z.int().min(0),
  /** People listed still; fewer than the sum where there were too many or it is long ago. */
  listed: z.int().min(0),
  drafts: z.int().min(0),
});
export type SyncRecord = z.output<typeof syncRecordSchema>;

export const syncChangeSchema = z.strictObject({
  personalAccount: z.string(),
  fundType: fundTypeSchema,
  name: z.string(),
  change: z.enum(syncChangeKinds),
  before: syncFieldsSchema.nullable(),
  after: syncFieldsSchema.nullable(),
});
export type SyncChange = z.output<typeof syncChangeSchema>;

export const syncDraftSchema = z.strictObject({
  id: uuidSchema,
  kind: entryKindSchema,
  name: z.string(),
  /** In the queue still, and by the rules of now. */
  waits: z.boolean(),
  holds: z.boolean(),
});
export type SyncDraft = z.output<typeof syncDraftSchema>;

const ofSync = { number: z.int().min(1) };

export const syncDifferenceContract = {
  /** The last syncs that found something else than the one before, newest first. */
  'syncs.list': operation(
    z.strictObject({ limit: z.int().min(1).max(50) }),
    z.strictObject({ syncs: z.array(syncRecordSchema) }),
    ['NOT_SIGNED_IN'],
  ),
  'syncs.changes': operation(
    z.strictObject({
      ...ofSync,
      change: z.enum(syncChangeKinds),
      offset: z.int().min(0),
      limit: z.int().min(1).max(500),
    }),
    z.strictObject({ changes: z.array(syncChangeSchema), total: z.int().min(0) }),
    ['NOT_SIGNED_IN'],
  ),
  /** Entries in 待确认队列 at the time of the sync that are about people it changed. */
  'syncs.drafts': operation(
    z.strictObject(ofSync),
    z.strictObject({ drafts: z.array(syncDraftSchema) }),
    ['NOT_SIGNED_IN'],
  ),
} as const satisfies Contract;
