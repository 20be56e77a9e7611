import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';
import {
  applyEdits,
  shortWaits,
  type SourceEdit,
  type WrongClient,
  wrongClients,
} from './hook/source-edits.ts';
import type { Programs } from './terms.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Native packages, loaded from node_modules by every program of a run. */
const external = ['better-sqlite3', 'pkcs11js'];

const entries = {
  data: 'electron/data/main.ts',
  token: 'electron/token/main.ts',
  centre: 'electron/demo/main.ts',
  hook: 'test/soak/hook/preload.ts',
  world: 'test/soak/world-main.ts',
} as const;

/**
 * Bundles the programs as the product's own bundle does (build/bundle.mjs), with short waits: a
 * start takes a fraction of the time, and sources that change during a run change nothing in it.
 */
export async function makePrograms(folder: string): Promise<Programs> {
  await bundle(folder, entries, shortWaits);
  const file = (name: keyof Programs) => join(folder, `${name}.cjs`);
  return {
    ...{ data: file('data'), token: file('token'), centre: file('centre') },
    ...{ hook: file('hook'), world: file('world') },
  };
}

/** The same with a data host that is wrong. */
export async function makeWrongClient(
  folder: string,
  programs: Programs,
  wrongClient: WrongClient,
): Promise<Programs> {
  const name = `data-${wrongClient}`;
  await bundle(folder, { [name]: entries.data }, [...shortWaits, ...wrongClients[wrongClient]]);
  return { ...programs, data: join(folder, `${name}.cjs`) };
}

/** Where the programs find the native packages. */
export const programEnvironment = { NODE_PATH: join(root, 'node_modules') };

async function bundle(
  folder: string,
  inputs: Readonly<Record<string, string>>,
  edits: readonly SourceEdit[],
): Promise<void> {
  const input = Object.fromEntries(
    Object.entries(inputs).map(([name, entry]) => [name, join(root, entry)]),
  );
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    plugins: [editing(edits)],
    ssr: { noExternal: true, external, target: 'node' },
    build: {
      ssr: true,
      target: 'node20',
      outDir: folder,
      emptyOutDir: false,
      minify: false,
      rolldownOptions: {
        input,
        external,
        output: {
          format: 'cjs',
          entryFileNames: '[name].cjs',
          chunkFileNames: '[name]-[hash].cjs',
        },
      },
    },
  });
}

function editing(edits: readonly SourceEdit[]): Plugin {
  return {
    name: 'edits for the harness',
    enforce: 'pre',
    transform: (code, id) => {
      if (!edits.some(({ file }) => id.endsWith(file))) return null;
      return { code: applyEdits(id, code, edits), map: null };
    },
  };
}
