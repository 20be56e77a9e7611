// What the official Electron does for `electron <folder>`; the fallback runtime comes without it.
// An ES module with a top-level await, because Electron holds back `ready` until it is evaluated:
// the application's own enableSandbox and registerSchemesAsPrivileged must come before `ready`.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const target = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (target === undefined) {
  process.stderr.write('usage: electron <folder of an application>\n');
  process.exit(2);
}
// part of Electron's contract: applications read it to know that they are not packaged
Object.defineProperty(process, 'defaultApp', { enumerable: true, value: true });

const folder = path.resolve(target);
const manifest =
  /** @type {{ name: string, productName?: string, version: string, main: string }} */ (
    JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'))
  );
/** What Electron's own default application calls, and its public types leave out. */
const startingApp =
  /** @type {typeof app & Record<'setVersion' | 'setAppPath', (value: string) => void>} */ (app);
startingApp.setVersion(manifest.version);
startingApp.setName(manifest.productName ?? manifest.name);
startingApp.setAppPath(folder);
try {
  await import(pathToFileURL(path.join(folder, manifest.main)).href);
} catch (error) {
  console.error('the application failed to load:', error);
  process.exit(1);
}
