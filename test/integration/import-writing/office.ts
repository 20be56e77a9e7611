import { execFile, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const script = fileURLToPath(new URL('./office.py', import.meta.url));
const OFFICE_DEADLINE_MS = 90_000;
const OUTPUT_BYTES_MAX = 64 << 20;
/** The system's own Python comes first: LibreOffice's bridge is installed for that one. */
const pythons = ['/usr/bin/python3', 'python3'];

export interface CellFacts {
  readonly content: string;
  readonly shown: string;
  readonly look: string;
  readonly fill: string;
}

export interface SheetFacts {
  readonly name: string;
  readonly visible: boolean;
  readonly cells: Readonly<Record<string, CellFacts>>;
  readonly widths: Readonly<Record<string, number>>;
  readonly heights: readonly number[];
  readonly hiddenRows: readonly number[];
  readonly [fact: string]: unknown;
}

export interface BookFacts {
  readonly sheets: readonly SheetFacts[];
  readonly names: readonly string[];
  readonly filtered: readonly boolean[];
}

function works(program: string, args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

const hasOffice = works('soffice', ['--version']);
const python = pythons.find((program) => works(program, ['-c', 'import uno']));

/** Why tests with LibreOffice cannot run here; undefined where they can. */
export const officeMissing = !hasOffice
  ? 'soffice (LibreOffice Calc) is not installed'
  : python === undefined
    ? "Python's uno, the bridge to LibreOffice, is not installed"
    : undefined;

/** A working folder of its own; it is removed with `removeFolder`. */
export function makeFolder(): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'jct-office-'));
}

export function removeFolder(folder: string): void {
  fs.rmSync(folder, { recursive: true, force: true });
}

/** A clerk's workbook with chart, picture, shape, comment, filter and more, saved under each name. */
export async function makeRichWorkbook(folder: string, out: readonly string[]): Promise<void> {
  await ask(folder, { job: 'rich', out });
}

/** What LibreOffice finds in each file. */
export async function readFacts(folder: string, files: readonly string[]): Promise<BookFacts[]> {
  return JSON.parse(await ask(folder, { job: 'facts', files })) as BookFacts[];
}

async function ask(folder: string, job: object): Promise<string> {
  const { stdout } = await run(python ?? '', [script, folder, JSON.stringify(job)], {
    timeout: OFFICE_DEADLINE_MS,
    maxBuffer: OUTPUT_BYTES_MAX,
  });
  return stdout;
}

/** Saves files anew in another format, as a clerk with another program does. */
export async function resave(
  folder: string,
  files: readonly string[],
  format: 'xlsx' | 'xls' | 'pdf',
): Promise<string[]> {
  const out = fs.mkdtempSync(path.join(folder, 'resaved-'));
  const profile = `-env:UserInstallation=file://${path.join(folder, 'office-profile')}`;
  const args = [profile, '--headless', '--norestore', '--convert-to', format, '--outdir', out];
  await run('soffice', [...args, ...files], { timeout: OFFICE_DEADLINE_MS });
  return files.map((file) => path.join(out, `${path.parse(file).name}.${format}`));
}
