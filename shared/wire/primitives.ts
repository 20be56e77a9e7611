import { z } from 'zod';

/** Building blocks of WL/1 messages (formats: docs/wire.md). */
export const fenSchema = z.int().min(-9_007_199_254_740_991).max(9_007_199_254_740_991);
export const amountSchema = z.int().min(0).max(9_007_199_254_740_991);
export const monthSchema = z
  .int()
  .min(190001)
  .max(299912)
  .refine((month) => month % 100 >= 1 && month % 100 <= 12, 'month must be yyyyMM');
export const timeSchema = z.iso.datetime();
export const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);
export const nonceSchema = z.string().regex(/^[0-9a-f]{64}$/);
export const uuidSchema = z.uuid();
export const unitAccountSchema = z.string().regex(/^\d{10}$/);
export const personalAccountSchema = z.string().regex(/^\d{12}$/);
export const userSchema = z.string().min(1).max(64);
/** 16 digits, made by the client, bound for ever to one digest. */
export const serialSchema = z.string().regex(/^\d{16}$/);
/** 业务流水号, issued by the centre only. */
export const serialNumberSchema = z.string().regex(/^\d{8,32}$/);
export const base64Schema = z.base64();
export const fundTypeSchema = z.enum(['10', '11']);
export const ratioSchema = z.int().min(0).max(100);
export const entryKindSchema = z.enum([
  'registration',
  'reduction',
  'missedBackPay',
  'shortfallBackPay',
]);

export type FundType = z.output<typeof fundTypeSchema>;
export type EntryKind = z.output<typeof entryKindSchema>;
