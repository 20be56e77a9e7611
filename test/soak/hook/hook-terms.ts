import { type WrongClient, wrongClientNames } from './source-edits.ts';

/** How the harness starts a program under test, carried by its environment. */
export interface HookTerms {
  /** File of the ControlPage; without one the process has short waits and nothing else. */
  readonly control?: string;
  /** Where a process writes the step it dies at. */
  readonly killLog?: string;
  readonly wrongClient?: WrongClient;
  readonly snapshotFolder?: string;
}

const VARIABLE = 'JIAOCUNTONG_SOAK';
export const preloadFile = new URL('./preload.ts', import.meta.url).href;

export function hookEnvironment(terms: HookTerms): Record<string, string> {
  return { [VARIABLE]: JSON.stringify(terms) };
}

export function readHookTerms(): HookTerms {
  const terms = JSON.parse(process.env[VARIABLE] ?? '{}') as HookTerms;
  if (terms.wrongClient !== undefined && !wrongClientNames.includes(terms.wrongClient)) {
    throw new Error(`there is no wrong client ${terms.wrongClient}`);
  }
  return terms;
}
