import path from 'node:path';

export interface Options {
  /** Practice against the demo centre on this computer. */
  readonly demo: boolean;
  /** Configuration file named on the command line. */
  readonly configurationFile: string | undefined;
}

/** What the command line asks for; `--demo` wins over a configuration file. */
export function readOptions(argv: readonly string[]): Options {
  const prefix = '--config=';
  const named = argv.find((argument) => argument.startsWith(prefix))?.slice(prefix.length);
  return {
    demo: argv.includes('--demo'),
    configurationFile: named ? path.resolve(named) : undefined,
  };
}
