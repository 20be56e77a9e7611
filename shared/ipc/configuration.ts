import { z } from 'zod';
import { unitAccountSchema, userSchema } from '../wire/primitives.ts';
import { gatewaySchema } from './data.ts';
import { tokenProvider } from './token.ts';

/**
 * The configuration file (JSON, UTF-8) that the bank or the centre hands out with the program.
 * Nothing but this file tells real use from practice: `practice` holds the words and secrets
 * a practice set-up shows on screen.
 */
export const configurationSchema = z.strictObject({
  version: z.literal(1),
  gateway: gatewaySchema,
  key: tokenProvider,
  /** Environment the key's driver needs, such as SOFTHSM2_CONF. */
  keyEnvironment: z.record(z.string(), z.string()).optional(),
  /** 网银账号, unit and clerk; several where one office serves several units. */
  accounts: z
    .array(
      z.strictObject({ unitAccount: unitAccountSchema, user: userSchema, unitName: z.string() }),
    )
    .min(1),
  practice: z
    .strictObject({
      banner: z.string(),
      keyNote: z.string(),
      pin: z.string(),
      transactionPassword: z.string(),
    })
    .optional(),
});
export type Configuration = z.output<typeof configurationSchema>;

/** Answer of the practice set-up process. */
export const practiceSetupSchema = z.strictObject({
  configuration: configurationSchema,
  /** Folder of the centre's own database and keys. */
  centreFolder: z.string(),
});

/** Message of the centre's process once it listens. */
export const centreReadySchema = z.strictObject({
  ready: z.literal(true),
  port: z.int().min(1).max(65535),
});
