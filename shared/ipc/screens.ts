import { z } from 'zod';

/** The window's screens, by the names that menu bar and window agree on. */
export const screenSchema = z.enum([
  'today',
  'roster-sync',
  'backup',
  'registration',
  'reduction',
  'missed-back-pay',
  'shortfall-back-pay',
  'counter',
  'registration-results',
  'roster-query',
  'about',
]);
export type Screen = z.output<typeof screenSchema>;
