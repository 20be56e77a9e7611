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
  'batch-registration',
  'batch-reduction',
  'batch-missed-back-pay',
  'batch-shortfall-back-pay',
  'templates',
  'applications',
  'audit-trail',
  'counter',
  'registration-results',
  'back-pay-results',
  'reduction-results',
  'order-story',
  'month-close',
  'roster-query',
  'notices',
  'help',
  'diagnostics',
  'about',
]);
export type Screen = z.output<typeof screenSchema>;
