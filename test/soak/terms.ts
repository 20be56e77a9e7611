import { z } from 'zod';
import { configurationSchema } from '../../shared/ipc/configuration.ts';
import { type WrongClient, wrongClientNames } from './hook/source-edits.ts';
import { auditRules } from './audit/case.ts';

/** What every world is copied from: authorities, two keys of the unit, the configuration. */
const templateSchema = z.strictObject({
  folder: z.string(),
  configuration: configurationSchema,
  faultModule: z.string(),
  softHsm: z.string(),
});
export type Template = z.output<typeof templateSchema>;

/** The programs under test, made from the sources once per run (programs.ts). */
const programsSchema = z.strictObject({
  data: z.string(),
  token: z.string(),
  centre: z.string(),
  hook: z.string(),
  world: z.string(),
});
export type Programs = z.output<typeof programsSchema>;

/** What one world is asked to do; it runs in a process of its own. */
export const worldTermsSchema = z.strictObject({
  name: z.string(),
  seed: z.int(),
  orders: z.int().min(1),
  folder: z.string(),
  template: templateSchema,
  programs: programsSchema,
  /** Where steps and books go when something is wrong. */
  evidenceFolder: z.string(),
  /** One of the negative controls; undefined for the real client. */
  wrongClient: z.enum(wrongClientNames as [WrongClient, ...WrongClient[]]).optional(),
});
export type WorldTerms = z.output<typeof worldTermsSchema>;

export const worldResultSchema = z.strictObject({
  /** Orders that the centre has decided. */
  orders: z.int(),
  /** Of them, those made of a batch. */
  batchOrders: z.int(),
  entries: z.int(),
  audits: z.int(),
  /** How often each kind of fault really struck. */
  faults: z.record(z.string(), z.int()),
  /** Data hosts and centres ended by SIGKILL. */
  kills: z.int(),
  /** What the program has answered beside success, by code. */
  told: z.record(z.string(), z.int()),
  violations: z.array(z.strictObject({ rule: z.enum(auditRules), detail: z.string() })),
  /** Orders still without a decision after the faults have stopped. */
  unclear: z.int(),
  diskKind: z.string(),
  /** The run broke off. */
  error: z.string().optional(),
});
export type WorldResult = z.output<typeof worldResultSchema>;

export const worldMessageSchema = z.union([
  z.strictObject({ progress: z.string() }),
  z.strictObject({ result: worldResultSchema }),
]);
export type WorldMessage = z.output<typeof worldMessageSchema>;
