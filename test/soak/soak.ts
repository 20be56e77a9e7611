// `npm run soak -- --orders N --seed S`: real processes, real faults, and the books afterwards.
// Progress and the report on stderr; the last line of stdout is one JSON object.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeRunFolder, makeTemplate } from './template.ts';
import { type WrongClient, wrongClientNames } from './hook/source-edits.ts';
import {
  type Programs,
  type Template,
  type WorldMessage,
  worldMessageSchema,
  type WorldResult,
  type WorldTerms,
} from './terms.ts';
import { unmountBelow } from './disk.ts';
import { readOptions, type SoakOptions, USAGE, UsageError } from './options.ts';
import { makePrograms, makeWrongClient, programEnvironment } from './programs.ts';
import { printReport, summarise } from './report.ts';

const outFolder = fileURLToPath(new URL('../../out/soak', import.meta.url));
const CONTROL_ORDERS = 12;
const WORLD_ORDERS_MAX = 2_000;
/** What all worlds of a run share. */
interface Parts {
  readonly folder: string;
  readonly template: Template;
  readonly programs: Programs;
}

const running = new Set<ChildProcess>();
let isEnding = false;
/** A world tells something more often, and ends sooner once it is let go. */
const SILENCE_MAX_MS = 15 * 60_000;
const END_GRACE_MS = 60_000;

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const folder = makeRunFolder();
  endOnSignal(folder);
  try {
    await runAll(options, folder);
  } finally {
    // where one broke off, the others go on for nobody
    await endAll(folder);
  }
}

async function runAll(options: SoakOptions, folder: string): Promise<void> {
  say(
    `seed ${options.seed}, ${options.orders} orders, ${options.worlds} worlds at a time, in ${folder}`,
  );
  const parts: Parts = {
    folder,
    programs: await makePrograms(join(folder, 'programs')),
    template: await makeTemplate(join(folder, 'template')),
  };
  const [worlds, controls] = await Promise.all([
    runWorlds(options, parts),
    runControls(options, parts),
  ]);
  const caught = controls.filter(isCaught).length;
  const summary = summarise(options, worlds, caught);
  printReport(worlds, say);
  process.stdout.write(`${JSON.stringify(summary.line)}\n`);
  process.exitCode = summary.isGood ? 0 : 1;
}

function endOnSignal(folder: string): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      void endAll(folder).then(() => process.exit(130));
    });
  }
}

/** No process, no mount and no file of the run is left. */
async function endAll(folder: string): Promise<void> {
  isEnding = true;
  await Promise.all([...running].map(letGo));
  unmountBelow(folder);
  rmSync(folder, { recursive: true, force: true });
}

/** A world clears up after itself when its parent lets go of it (world-main.ts); one that cannot is ended. */
async function letGo(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  const timer = setTimeout(() => {
    endGroup(child);
  }, END_GRACE_MS);
  if (child.connected) child.disconnect();
  await ended;
  clearTimeout(timer);
}

/** The world and every process of it: they are one group. */
function endGroup({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(-pid, 'SIGKILL');
}

/** Worlds of a size whose books stay small, as many at a time as were asked for. */
async function runWorlds(
  { seed, orders, worlds }: SoakOptions,
  { folder, template, programs }: Parts,
): Promise<WorldResult[]> {
  const count = Math.max(worlds, Math.ceil(orders / WORLD_ORDERS_MAX));
  const results: WorldResult[] = [];
  let next = 0;
  const takeTurns = async () => {
    while (next < count && results.every(isRight)) {
      const index = next;
      next += 1;
      const name = `world-${index + 1}`;
      const share = Math.floor(orders / count) + (index < orders % count ? 1 : 0);
      const world = join(folder, name);
      results.push(
        await run({
          ...{ name, seed, orders: share, template, programs, folder: world },
          evidenceFolder: join(outFolder, String(seed)),
        }),
      );
      rmSync(world, { recursive: true, force: true });
    }
  };
  await Promise.all(Array.from({ length: worlds }, takeTurns));
  return results;
}

/** Where something is wrong, more of it adds nothing. */
function isRight({ violations, unclear, error }: WorldResult): boolean {
  return violations.length === 0 && unclear === 0 && error === undefined;
}

async function runControls(options: SoakOptions, parts: Parts): Promise<WorldResult[]> {
  const results: WorldResult[] = [];
  for (const wrongClient of wrongClientNames) {
    results.push(await runControl(options, parts, wrongClient));
  }
  return results;
}

/** The same harness over a client that is wrong: nothing else differs. */
async function runControl(
  { seed }: SoakOptions,
  { folder, template, programs }: Parts,
  wrongClient: WrongClient,
): Promise<WorldResult> {
  const name = `control-${wrongClient}`;
  const wrong = await makeWrongClient(join(folder, 'programs'), programs, wrongClient);
  const result = await run({
    ...{ name, seed, orders: CONTROL_ORDERS, template, programs: wrong, wrongClient },
    folder: join(folder, name),
    evidenceFolder: join(folder, 'controls'),
  });
  const rules = new Set(result.violations.map(({ rule }) => rule));
  const verdict = isCaught(result) ? 'caught' : 'NOT CAUGHT';
  say(`${name}: ${verdict}: ${[...rules].join(', ') || 'nothing'}${result.error ?? ''}`);
  return result;
}

/** Filed twice, and seen. */
function isCaught({ violations }: WorldResult): boolean {
  return violations.some(({ rule }) => rule === 'appliedTwice');
}

function run(terms: WorldTerms): Promise<WorldResult> {
  return new Promise((resolve, reject) => {
    const child = fork(terms.programs.world, [], {
      env: { ...process.env, ...programEnvironment },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      // a group of its own: an interrupt from the terminal comes to the parent, who lets go of it
      detached: true,
    });
    running.add(child);
    let result: WorldResult | undefined;
    const end = () => {
      endGroup(child);
    };
    let timer = setTimeout(end, SILENCE_MAX_MS);
    child.on('message', (raw) => {
      clearTimeout(timer);
      const message: WorldMessage = worldMessageSchema.parse(raw);
      timer = setTimeout(end, 'progress' in message ? SILENCE_MAX_MS : END_GRACE_MS);
      if ('progress' in message) say(`${terms.name}: ${message.progress}`);
      else result = message.result;
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      running.delete(child);
      if (result) resolve(result);
      else if (!isEnding)
        reject(new Error(`${terms.name} ended with ${String(code)} and no result`));
    });
    child.send(terms);
  });
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

main().catch((error: unknown) => {
  if (error instanceof UsageError) say(`${error.message}\n${USAGE}`);
  else say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
