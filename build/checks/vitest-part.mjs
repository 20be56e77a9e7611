// One vitest project as a part of `npm test`: its tests are counted one by one from its report,
// and a run that left none counts as a failure.
import fs from 'node:fs';
import path from 'node:path';
import { localCache } from '../setup/place.mjs';
import { runTool } from './tool.mjs';

/**
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string[]} faults what went wrong beside failed tests
 */

/**
 * @typedef {object} Report vitest's JSON report, as far as it is read here
 * @property {{ name: string, status: string, message: string, assertionResults: { status: string }[] }[]} testResults
 */

/**
 * @param {string} project
 * @param {readonly string[]} filters
 * @returns {Promise<Outcome>}
 */
export async function runVitestProject(project, filters) {
  const reportFile = path.join(localCache, `vitest-${project}-${process.pid}.json`);
  fs.mkdirSync(localCache, { recursive: true });
  const run = await runTool(
    'vitest/vitest.mjs',
    [
      ...['run', '--config', 'build/checks/vitest.config.ts', '--project', project],
      ...['--reporter=default', '--reporter=./build/checks/skip-reporter.mjs'],
      ...['--reporter=json', `--outputFile.json=${reportFile}`],
      ...filters,
    ],
    { visible: true },
  );
  try {
    return readOutcome(reportFile, run.end);
  } finally {
    fs.rmSync(reportFile, { force: true });
  }
}

/** @param {string} reportFile @param {string} end @returns {Outcome} */
function readOutcome(reportFile, end) {
  if (!fs.existsSync(reportFile)) return failure(`vitest left no report (${end})`);
  const report = /** @type {Report} */ (JSON.parse(fs.readFileSync(reportFile, 'utf8')));
  const outcome = count(report);
  const { passed, failed, skipped } = outcome;
  if (passed + failed + skipped === 0) return failure(`no test ran (${end})`);
  if (end !== 'exit 0' && failed === 0)
    return { ...outcome, failed: 1, faults: [`vitest ended with ${end} though no test failed`] };
  return outcome;
}

/** @param {Report} report @returns {Outcome} */
function count({ testResults }) {
  const outcome = { passed: 0, failed: 0, skipped: 0, faults: /** @type {string[]} */ ([]) };
  for (const file of testResults) {
    const statuses = file.assertionResults.map((test) => test.status);
    outcome.passed += statuses.filter((status) => status === 'passed').length;
    const failed = statuses.filter((status) => status === 'failed').length;
    outcome.failed += failed;
    outcome.skipped += statuses.filter((s) => s !== 'passed' && s !== 'failed').length;
    if (file.status === 'passed' || failed > 0) continue;
    // the file did not load, or a hook failed: its tests did not run, which is not a pass
    outcome.failed += 1;
    outcome.faults.push(`${file.name}: ${file.message || 'failed outside its tests'}`);
  }
  return outcome;
}

/** @param {string} fault @returns {Outcome} */
function failure(fault) {
  return { passed: 0, failed: 1, skipped: 0, faults: [fault] };
}
