import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url));
const INTEGRATION_WORKERS_MAX = 2;
const UNIT_TEST_DEADLINE_MS = 20_000;
const REAL_PARTS_DEADLINE_MS = 120_000;
/** A test in the window waits for several deadlines of its own, one after the other. */
const WINDOW_DEADLINE_MS = 400_000;
/** Of `expect.poll` where it names none; vitest's own second is too short for a busy machine. */
const POLL_DEADLINE_MS = 30_000;

export default defineConfig({
  root,
  test: {
    // a forgotten `.only` must not make the rest of a file disappear
    allowOnly: false,
    projects: [
      {
        root,
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.{ts,tsx}'],
          environment: 'node',
          testTimeout: UNIT_TEST_DEADLINE_MS,
        },
      },
      {
        root,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          environment: 'node',
          maxWorkers: INTEGRATION_WORKERS_MAX,
          expect: { poll: { timeout: POLL_DEADLINE_MS } },
          testTimeout: REAL_PARTS_DEADLINE_MS,
          hookTimeout: REAL_PARTS_DEADLINE_MS,
        },
      },
      {
        root,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['test/e2e/setup.ts'],
          fileParallelism: false,
          testTimeout: WINDOW_DEADLINE_MS,
          hookTimeout: WINDOW_DEADLINE_MS,
          expect: { poll: { timeout: POLL_DEADLINE_MS } },
          retry: 0,
        },
      },
    ],
  },
});
