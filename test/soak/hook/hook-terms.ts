/** What the harness tells a process before it starts, in its environment. */
export interface HookTerms {
  /** File of the ControlPage. */
  readonly control: string;
  /** Where the process writes the step it dies at. */
  readonly killLog: string;
}

const VARIABLE = 'JIAOCUNTONG_SOAK';

export function hookEnvironment(terms: HookTerms): Record<string, string> {
  return { [VARIABLE]: JSON.stringify(terms) };
}

export function readHookTerms(): HookTerms {
  const text = process.env[VARIABLE];
  if (text === undefined) throw new Error(`${VARIABLE} is not set`);
  return JSON.parse(text) as HookTerms;
}
