import { z } from 'zod';
import { amountSchema, fundTypeSchema, timeSchema } from '../wire/primitives.ts';
import { rosterRowSchema } from '../wire/roster.ts';

/** The local copy of the employees: what is asked of it, and how a sync goes. */

export const rosterSortSchema = z.enum(['personalAccount', 'name', 'base', 'monthly', 'status']);

export const rosterQuerySchema = z.strictObject({
  /** Any part of account, name, ID number, or pinyin and initials; empty for all. */
  text: z.string().max(60),
  personalAccount: z.string().max(12).optional(),
  name: z.string().max(60).optional(),
  idNumber: z.string().max(30).optional(),
  status: z.enum(['01', '02']).optional(),
  fundType: fundTypeSchema.optional(),
  /** 缴存基数 and 月缴存额, fen, both ends included. */
  baseFrom: amountSchema.optional(),
  baseTo: amountSchema.optional(),
  monthlyFrom: amountSchema.optional(),
  monthlyTo: amountSchema.optional(),
  sort: rosterSortSchema,
  descending: z.boolean(),
  offset: z.int().min(0),
  limit: z.int().min(1).max(500),
});

export const rosterPageSchema = z.strictObject({
  rows: z.array(rosterRowSchema),
  total: z.int().min(0),
  /** Sum of 月缴存额 over all rows that match, fen. */
  monthlyFen: amountSchema,
});

export const syncProgressSchema = z.strictObject({
  phase: z.enum(['asking', 'downloading', 'checking', 'storing', 'done', 'failed', 'cancelled']),
  rows: z.int().min(0),
  of: z.int().min(0),
});

export const syncSummarySchema = z.strictObject({
  version: z.int().min(0),
  count: z.int().min(0),
  added: z.int().min(0),
  changed: z.int().min(0),
  removed: z.int().min(0),
  mode: z.enum(['full', 'delta', 'unchanged']),
  at: timeSchema,
});
