import { z } from 'zod';
import { errorCodes } from '../errors/catalogue.ts';
import { monthSchema, uuidSchema } from '../wire/primitives.ts';
import { operation } from './contract.ts';
import type { Contract } from './contract.ts';
import { saveCodes } from './files.ts';

/**
 * Documents on A4, as PDF and on paper. A document is a page of its own in a window nobody sees,
 * which reads what it needs from the data host as the main window does; what is named here is
 * which one.
 */

/** A line somebody fills in, or leaves for the pen. */
const line = z.string().max(60);
export const applicationFieldsSchema = z.strictObject({
  creditCode: line,
  address: line,
  legalPerson: line,
  phone: line,
  clerkName: line,
  clerkIdNumber: line,
  clerkPhone: line,
  reason: line,
});
export type ApplicationFields = z.output<typeof applicationFieldsSchema>;

export const documentRequestSchema = z.discriminatedUnion('document', [
  /** 业务凭单 of an order the centre has taken. */
  z.strictObject({ document: z.literal('voucher'), oid: uuidSchema }),
  /** 已受理业务清单. */
  z.strictObject({ document: z.literal('accepted'), businessMonth: monthSchema }),
  /** 对账单 of a business month, as it was compared last; there is none while it does not agree. */
  z.strictObject({ document: z.literal('month'), businessMonth: monthSchema }),
  /** 待柜面清单. */
  z.strictObject({ document: z.literal('counter') }),
  /** 开通 / 终止申请表 in three parts (manual 一(三)). */
  z.strictObject({
    document: z.literal('application'),
    action: z.enum(['open', 'close']),
    fields: applicationFieldsSchema,
  }),
]);
export type DocumentRequest = z.output<typeof documentRequestSchema>;

/** What the page says when it stands complete: how it is called and how many rows it lists. */
export const renderedSchema = z.discriminatedUnion('ok', [
  z.strictObject({
    ok: z.literal(true),
    value: z.strictObject({
      title: z.string().min(1).max(60),
      landscape: z.boolean(),
      pages: z.int().min(1),
      rows: z.int().min(0),
    }),
  }),
  z.strictObject({ ok: z.literal(false), code: z.enum(errorCodes), detail: z.string() }),
]);
export type Rendered = Extract<z.output<typeof renderedSchema>, { ok: true }>['value'];

const codes = ['NOT_SIGNED_IN', 'NO_RECORD', 'DOCUMENT_FAILED', 'DB_FULL'] as const;

/** Part of `windowContract`. Each is noted in 操作记录 before it leaves the program. */
export const documentContract = {
  /** Asks where to save, asks before overwriting; null when the clerk chose nothing. */
  'document.save': operation(
    z.strictObject({ request: documentRequestSchema, fileName: z.string().min(1).max(150) }),
    z.strictObject({ path: z.string().nullable() }),
    [...codes, ...saveCodes],
  ),
  /** Opens the print dialogue; not printed when the clerk closed it. */
  'document.print': operation(
    z.strictObject({ request: documentRequestSchema }),
    z.strictObject({ printed: z.boolean() }),
    [...codes, 'PRINT_FAILED'],
  ),
} as const satisfies Contract;
