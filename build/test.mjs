// npm test: everything that must hold, one part after the other, and a last line that can be
// trusted. `node build/test.mjs check|lint|types|unit|integration|e2e|soak [filters]` runs some of it.
import { findLockFaults } from './checks/lock.mjs';
import { runSoak } from './checks/soak-part.mjs';
import { runTool } from './checks/tool.mjs';
import { runVitestProject } from './checks/vitest-part.mjs';

/** @typedef {import('./checks/vitest-part.mjs').Outcome} Outcome */
/** @typedef {{ name: string, groups: readonly string[], run: () => Promise<Outcome> }} Part */

const SOURCE_FOLDERS = ['electron', 'renderer', 'shared', 'build', 'test'];
const TYPE_PROJECTS = [
  'shared',
  'electron',
  'electron/preload',
  'renderer',
  'build',
  'build/tour',
  'test',
  'test/e2e',
  'test/unit/renderer',
  'test/fixtures/window-bridge',
];
const VITEST_PROJECTS = ['unit', 'integration', 'e2e'];

const [wanted = 'all', ...filters] = process.argv.slice(2);

/** @param {string[]} faults @returns {Outcome} */
function checked(faults) {
  const failed = faults.length > 0 ? 1 : 0;
  return { passed: 1 - failed, failed, skipped: 0, faults };
}

/**
 * A check that is a program: it passes with exit code 0, otherwise its output is shown.
 *
 * @param {string} name
 * @param {string[]} groups
 * @param {string} script
 * @param {string[]} args
 * @returns {Part}
 */
function tool(name, groups, script, args) {
  const run = async () => {
    const { end, output } = await runTool(script, args, { visible: false });
    return checked(end === 'exit 0' ? [] : [`${output.trim()}\n(${end})`]);
  };
  return { name, groups: ['check', ...groups], run };
}

/** @type {readonly Part[]} */
const PARTS = [
  { name: 'lock file', groups: ['check'], run: () => Promise.resolve(checked(findLockFaults())) },
  tool('format (prettier)', [], 'prettier/bin/prettier.cjs', ['--check', '.']),
  tool('lint (eslint)', ['lint'], 'eslint/bin/eslint.js', [
    ...['--config', 'build/checks/eslint.config.mjs', '--max-warnings', '0', '.'],
  ]),
  ...TYPE_PROJECTS.map((project) =>
    tool(`types of ${project} (tsc)`, ['types'], 'typescript/bin/tsc', ['-p', project]),
  ),
  tool('unused code (knip)', [], 'knip/bin/knip.js', ['--config', 'build/checks/knip.jsonc']),
  tool(
    'who may import whom (dependency-cruiser)',
    [],
    'dependency-cruiser/bin/dependency-cruiser.mjs',
    [...['--config', 'build/checks/dependency-cruiser.cjs', ...SOURCE_FOLDERS]],
  ),
  ...VITEST_PROJECTS.map((project) => ({
    name: `${project} tests (vitest)`,
    groups: [project],
    run: () => runVitestProject(project, filters),
  })),
  { name: 'soak (1,000 orders under faults)', groups: ['soak'], run: () => runSoak(filters) },
];

/** @param {Part} part @returns {Promise<Outcome>} */
async function runPart({ name, run }) {
  console.log(`\n> ${name}`);
  const start = performance.now();
  const outcome = await run();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  for (const fault of outcome.faults) console.log(fault);
  console.log(`${outcome.failed > 0 ? 'FAILED' : 'passed'}: ${name}, ${seconds} s`);
  return outcome;
}

const parts = PARTS.filter(({ groups }) => wanted === 'all' || groups.includes(wanted));
if (parts.length === 0) {
  console.log(
    `There is no part "${wanted}": check, lint, types, ${VITEST_PROJECTS.join(', ')}, soak`,
  );
  process.exitCode = 2;
} else {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const part of parts) {
    const outcome = await runPart(part);
    total.passed += outcome.passed;
    total.failed += outcome.failed;
    total.skipped += outcome.skipped;
  }
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  process.exitCode = total.failed > 0 ? 1 : 0;
  console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
}
