import type { X509Certificate } from 'node:crypto';
import type { WireCodeName } from '../../../shared/wire/codes.ts';
import type { FilingRules } from '../../../shared/rules/window.ts';
import type { Parameters } from '../../../shared/wire/parameters.ts';
import type { Challenges } from './challenges.ts';
import type { CentreClock } from './clock.ts';
import type { CentreDatabase } from './database.ts';
import type { Downloads } from './downloads.ts';
import type { CentreSeal } from './seal.ts';

/** All that the centre's parts work on. One per process. */
export interface Centre {
  readonly db: CentreDatabase;
  readonly clock: CentreClock;
  readonly seal: CentreSeal;
  readonly bankAnchors: readonly X509Certificate[];
  readonly challenges: Challenges;
  readonly downloads: Downloads;
  readonly filing: FilingRules;
  /** Newest parameters per unit; within one process only the business month can change them. */
  readonly parameters: Map<string, Parameters>;
  readonly limits: CentreLimits;
  /** Keeps the practice clock inside a filing window; nothing where the real hours hold. */
  readonly keepOpen: () => void;
}

/** Settable, so that tests need not wait for hours. */
export interface CentreLimits {
  readonly sessionIdleMs: number;
  readonly sessionLifeMs: number;
  /** From acceptance to 成功 / 失败; half of it the item is 待确认, then 处理中. */
  readonly reviewMs: number;
  /** From the acceptance of a batch of 减少 or 补缴 to the results of its rows. */
  readonly batchMs: number;
}

/** What a transaction comes to, before it is bound to the request and signed. */
export interface Reply {
  readonly code: WireCodeName;
  readonly body: unknown;
  /** In place of the code's usual text. */
  readonly msg?: string;
  /** The receipt's CMS. */
  readonly receipt?: Buffer;
  readonly dup?: boolean;
}

export function refuse(code: WireCodeName, msg?: string): Reply {
  return msg === undefined ? { code, body: null } : { code, body: null, msg };
}

export function accept(body: unknown): Reply {
  return { code: '000000', body };
}
