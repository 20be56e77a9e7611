import { z } from 'zod';
import { filingRulesSchema } from '../rules/window.ts';
import { unitTermsSchema } from '../rules/policy.ts';
import { monthSchema, timeSchema } from './primitives.ts';

export const parametersBodySchema = z.strictObject({
  /** Version the client holds, 0 for none. */
  have: z.int().min(0),
});

export const codeTableSchema = z.array(
  z.strictObject({ code: z.string().min(1).max(8), label: z.string().min(1).max(40) }),
);

export const noticeIdSchema = z.string().min(1).max(40);

/** The centre is out of reach from `from` up to, and without, `until`. */
const outageSchema = z
  .strictObject({ from: timeSchema, until: timeSchema })
  .refine(({ from, until }) => Date.parse(from) < Date.parse(until), 'from must be before until');
export type Outage = z.output<typeof outageSchema>;

const noticeSchema = z.strictObject({
  id: noticeIdSchema,
  title: z.string().min(1).max(100),
  text: z.string().max(4000),
  publishedAt: timeSchema,
  outage: outageSchema.optional(),
});
export type CentreNotice = z.output<typeof noticeSchema>;

/** All that a centre decides and may change: bounds per year, ratios, rounding, window, calendar, code tables. */
export const parametersSchema = z.strictObject({
  version: z.int().min(1),
  /** 'demo' marks values made for practice, 'centre' those a centre vouches for. */
  source: z.enum(['demo', 'centre']),
  terms: unitTermsSchema,
  filing: filingRulesSchema,
  businessMonth: monthSchema,
  reductionReasons: codeTableSchema,
  idTypes: codeTableSchema,
  notices: z.array(noticeSchema),
  /** How often results may be asked for while items are under review, seconds. */
  resultsPollSeconds: z.int().min(1).max(3600),
  /** The gateway's next certificate authority, PEM, once announced. */
  nextGatewayCaPem: z.string().optional(),
});
export type Parameters = z.output<typeof parametersSchema>;

export const parametersAnswerSchema = z.strictObject({
  /** Absent when the client's version is the current one. */
  parameters: parametersSchema.optional(),
});
