// Makes out/ from the sources: main, preload and each host one CommonJS file, the window as
// ES modules. Nothing is done when the sources are the ones out/ was made from.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { withFolderLock } from './setup/folder-lock.mjs';
import { localCache, root, say } from './setup/place.mjs';

/** Folder in out/ → file name → entry. */
const PROCESSES = {
  main: { main: 'electron/main/main.ts' },
  preload: { preload: 'electron/preload/preload.ts' },
  hosts: {
    data: 'electron/data/main.ts',
    token: 'electron/token/main.ts',
    import: 'electron/import/main.ts',
    centre: 'electron/demo/main.ts',
    'demo-setup': 'electron/demo/setup-main.ts',
  },
};
const WINDOW = 'renderer/index.html';
/** A page on paper, in a window nobody sees. */
const DOCUMENT = 'renderer/document.html';
/** What out/ depends on. */
const SOURCES = ['electron', 'renderer', 'shared', 'package-lock.json', 'build/bundle.mjs'];

const out = path.join(root, 'out');
const stampFile = path.join(out, 'bundle-stamp.json');

/** Native packages stay outside; everything else is bundled. */
const external = [
  'electron',
  'better-sqlite3',
  'pkcs11js',
  ...builtinModules.flatMap((name) => [name, `node:${name}`]),
];

/** Makes out/ unless it is already made from the present sources. */
export async function ensureBundle() {
  await withFolderLock(path.join(localCache, 'bundle.lock'), 'the bundle', async () => {
    requireEntries();
    const stamp = hashSources();
    if (fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === stamp) return;
    say('building the program into out/');
    fs.rmSync(stampFile, { force: true });
    const stage = path.join(localCache, `bundle-${process.pid}`);
    try {
      await buildAll(stage);
      swapIn(stage);
    } finally {
      fs.rmSync(stage, { recursive: true, force: true });
    }
    fs.writeFileSync(stampFile, stamp);
  });
}

function requireEntries() {
  const entries = [
    ...Object.values(PROCESSES).flatMap((files) => Object.values(files)),
    WINDOW,
    DOCUMENT,
  ];
  const missing = entries.filter((entry) => !fs.existsSync(path.join(root, entry)));
  if (missing.length > 0) throw new Error(`no bundle without ${missing.join(', ')}`);
}

function hashSources() {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap(filesOf).sort()) {
    hash.update(`${file}\0`);
    hash.update(fs.readFileSync(path.join(root, file)));
  }
  return `${JSON.stringify({ sources: hash.digest('hex') })}\n`;
}

/** @param {string} source @returns {string[]} paths from the root */
function filesOf(source) {
  if (!fs.statSync(path.join(root, source)).isDirectory()) return [source];
  return fs
    .readdirSync(path.join(root, source), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

async function buildAll(/** @type {string} */ stage) {
  await asProduction(async () => {
    for (const [folder, files] of Object.entries(PROCESSES))
      for (const [name, entry] of Object.entries(files))
        await build(processConfig(path.join(stage, folder), name, entry));
    await build(windowConfig(path.join(stage, 'renderer')));
  });
}

/**
 * Vite takes NODE_ENV as it finds it, and a test runner sets `test`: libraries then behave otherwise
 * (every dialogue had one id, and Escape went astray). What is tested is what a clerk gets.
 *
 * @param {() => Promise<void>} work
 */
async function asProduction(work) {
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    await work();
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
}

/** Folder by folder, so that what else lies in out/ (the tour's pictures) stays. */
function swapIn(/** @type {string} */ stage) {
  fs.mkdirSync(out, { recursive: true });
  for (const folder of fs.readdirSync(stage)) {
    fs.rmSync(path.join(out, folder), { recursive: true, force: true });
    fs.renameSync(path.join(stage, folder), path.join(out, folder));
  }
}

/**
 * One file without chunks, which a sandboxed preload could not load; not minified, so that a
 * stack in a clerk's log can be read.
 *
 * @param {string} outDir
 * @param {string} name
 * @param {string} entry
 * @returns {import('vite').InlineConfig}
 */
function processConfig(outDir, name, entry) {
  return {
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true, external, target: 'node' },
    build: {
      ssr: true,
      target: 'node20',
      outDir,
      emptyOutDir: false,
      minify: false,
      sourcemap: 'hidden',
      reportCompressedSize: false,
      rolldownOptions: {
        input: { [name]: path.join(root, entry) },
        external,
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  };
}

/** @param {string} outDir @returns {import('vite').InlineConfig} */
function windowConfig(outDir) {
  return {
    configFile: false,
    root: path.join(root, path.dirname(WINDOW)),
    base: './',
    logLevel: 'warn',
    plugins: [react()],
    build: {
      target: 'chrome130',
      outDir,
      emptyOutDir: false,
      sourcemap: 'hidden',
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      rolldownOptions: { input: [WINDOW, DOCUMENT].map((page) => path.join(root, page)) },
      // one window loaded from the disk: a second chunk would save nothing
      chunkSizeWarningLimit: 4000,
    },
  };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  await ensureBundle();
