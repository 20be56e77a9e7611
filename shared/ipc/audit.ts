import { z } from 'zod';
import { timeSchema } from '../wire/primitives.ts';
import { operation } from './contract.ts';
import type { Contract } from './contract.ts';

/** 操作记录: what was done with this unit's data on this computer. */

const AUDIT_PAGE_MAX = 500;

const auditDetailSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
export type AuditDetail = z.output<typeof auditDetailSchema>;

export const auditRowSchema = z.strictObject({
  seq: z.int().min(1),
  at: timeSchema,
  user: z.string(),
  event: z.string(),
  detail: auditDetailSchema,
  prev: z.string(),
  hash: z.string(),
});
export type AuditRow = z.output<typeof auditRowSchema>;

const filter = {
  /** Times from this one on and before that one. */
  from: timeSchema.optional(),
  before: timeSchema.optional(),
  event: z.string().max(40).optional(),
  /** Any part of clerk, event or detail as stored; empty for all. */
  text: z.string().max(60),
};

const auditListSchema = z.strictObject({
  ...filter,
  offset: z.int().min(0),
  limit: z.int().min(1).max(AUDIT_PAGE_MAX),
});

const auditPageSchema = z.strictObject({
  /** Newest first. */
  rows: z.array(auditRowSchema),
  total: z.int().min(0),
});

/** `brokenAt`: the first row that was changed, cut out or put in afterwards. */
export const auditCheckSchema = z.strictObject({
  rows: z.int().min(0),
  brokenAt: z.int().min(1).nullable(),
  /** Hash of the last row, which stands for all before it. */
  lastHash: z.string(),
});
export type AuditCheck = z.output<typeof auditCheckSchema>;

export const auditContract = {
  'audit.list': operation(auditListSchema, auditPageSchema, ['NOT_SIGNED_IN']),
  'audit.check': operation(z.strictObject({}), auditCheckSchema, ['NOT_SIGNED_IN']),
} as const satisfies Contract;

/** Between main and the data host alone: rows as they are chained, oldest first, for the export. */
export const auditExportContract = {
  'audit.from': operation(
    z.strictObject({ after: z.int().min(0), limit: z.int().min(1).max(5_000) }),
    z.strictObject({ rows: z.array(auditRowSchema) }),
    ['NOT_SIGNED_IN'],
  ),
} as const satisfies Contract;
