import { fileURLToPath } from 'node:url';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const root = fileURLToPath(new URL('../..', import.meta.url));

const nodeModules = {
  regex: '^node:',
  message: 'This folder runs without Node.',
};
const electronModule = {
  name: 'electron',
  message: 'Only electron/main and electron/preload may import electron.',
};
const rawMessages = {
  name: 'electron',
  importNames: ['ipcMain', 'ipcRenderer'],
  message: 'Messages between window and main go through the contract only.',
};
const database = {
  name: 'better-sqlite3',
  message: 'Only the data host and the demo centre open databases.',
};
const driver = {
  name: 'pkcs11js',
  message: 'Only the token host and the demo tools load a PKCS#11 driver.',
};

/** A relative import that enters one of `folders` at the top of the repository. */
const entering = (/** @type {string[]} */ folders, /** @type {string} */ message) => ({
  regex: `^(?:\\.\\./)+(?:${folders.join('|')})(?:/|$)`,
  message,
});

/**
 * @param {string[]} files
 * @param {{ paths?: object[], patterns?: object[], ignores?: string[] }} rule
 * @returns {import('eslint').Linter.Config}
 */
const imports = (files, { paths = [], patterns = [], ignores = [] }) => ({
  files,
  ignores,
  rules: { 'no-restricted-imports': ['error', { paths, patterns }] },
});

const hostBoundaries = ['data', 'token', 'demo', 'import'].map((host) => {
  const others = ['main', 'preload', 'data', 'token', 'demo', 'import'].filter((f) => f !== host);
  return imports([`electron/${host}/**`], {
    paths: [
      electronModule,
      ...(host === 'data' || host === 'demo' ? [] : [database]),
      ...(host === 'token' || host === 'demo' ? [] : [driver]),
    ],
    patterns: [entering([...others, 'renderer'], 'Hosts speak by messages, not by imports.')],
  });
});

export default defineConfig(
  { ignores: ['out/**', 'dist/**', '.cache/**', 'coverage/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx,mjs,cjs}'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
      'no-console': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'], location: 'anywhere' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    files: ['test/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(skip|todo|skipIf|runIf|only)$/]',
          message: 'A test skips itself from inside and says why: context.skip(condition, reason).',
        },
      ],
    },
  },
  { files: ['build/**', 'test/**'], rules: { 'no-console': 'off' } },
  {
    // a cast in a JSDoc comment is invisible to these two; the compiler checks the same files
    files: ['**/*.mjs'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  { files: ['renderer/**/*.{ts,tsx}'], ...reactHooks.configs.flat['recommended-latest'] },
  imports(['shared/**'], {
    paths: [electronModule, database, driver],
    patterns: [nodeModules, entering(['electron', 'renderer', 'build', 'test'], 'shared is pure.')],
  }),
  imports(['renderer/**'], {
    paths: [electronModule, database, driver],
    patterns: [
      nodeModules,
      entering(['electron', 'build', 'test'], 'The window has no authority.'),
    ],
  }),
  imports(['electron/main/**'], {
    ignores: ['electron/main/contract*.ts'],
    paths: [rawMessages, database, driver],
    patterns: [
      entering(
        ['data', 'token', 'demo', 'import', 'renderer'],
        'Main speaks to hosts by messages.',
      ),
    ],
  }),
  ...hostBoundaries,
  imports(['electron/cms/**', 'electron/host/**'], {
    paths: [electronModule, database, driver],
    patterns: [
      entering(['main', 'preload', 'data', 'token', 'demo', 'import', 'renderer'], 'A library.'),
    ],
  }),
);
