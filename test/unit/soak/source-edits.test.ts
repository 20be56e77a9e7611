import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RESTART_WINDOW_MS } from '../../../electron/main/supervisor/restart-budget.ts';
import { PRESENCE_POLL_MS, RETIRE_DELAY_MS, tokenDeadlinesMs } from '../../../shared/ipc/token.ts';
import {
  ANSWER_DEADLINE_MS,
  BATCH_ANSWER_DEADLINE_MS,
  CONNECT_DEADLINE_MS,
  REQUEST_LIFE_MS,
  RETRY_AFTER_MS,
} from '../../../shared/wire/limits.ts';
import { PASSWORD_SCRYPT } from '../../../shared/wire/session.ts';
import { applyEdits, shortWaits, wrongClients } from '../../soak/hook/source-edits.ts';

describe('the program as it is shipped', () => {
  it('waits as long as life takes: nothing of the harness reaches it', () => {
    expect([CONNECT_DEADLINE_MS, ANSWER_DEADLINE_MS, BATCH_ANSWER_DEADLINE_MS]).toEqual([
      5_000, 30_000, 120_000,
    ]);
    expect(REQUEST_LIFE_MS).toBe(600_000);
    expect(RETRY_AFTER_MS).toEqual([1_000, 5_000, 15_000, 60_000, 300_000]);
    expect([PRESENCE_POLL_MS, RETIRE_DELAY_MS]).toEqual([1_000, 200]);
    expect([tokenDeadlinesMs.login, tokenDeadlinesMs.sign]).toEqual([30_000, 30_000]);
    expect(RESTART_WINDOW_MS).toBe(300_000);
    expect(PASSWORD_SCRYPT.N).toBe(32_768);
  });
});

describe('the edits of the harness', () => {
  const sets = { shortWaits, ...wrongClients };
  for (const [name, edits] of Object.entries(sets)) {
    it(`fit the sources, each exactly once: ${name}`, () => {
      for (const file of new Set(edits.map((edit) => edit.file))) {
        const path = join(process.cwd(), file);
        const source = readFileSync(path, 'utf8');
        const edited = applyEdits(path, source, edits);
        expect(edited).not.toBe(source);
        for (const { to } of edits.filter((edit) => edit.file === file)) {
          expect(edited).toContain(to);
        }
      }
    });
  }

  it('stop the run where one no longer fits, and leave other files alone', () => {
    const edits = [{ file: '/a.ts', from: 'old', to: 'new' }];
    expect(applyEdits('/x/a.ts', 'the old way', edits)).toBe('the new way');
    expect(applyEdits('/x/b.ts', 'the old way', edits)).toBe('the old way');
    expect(() => applyEdits('/x/a.ts', 'gone', edits)).toThrow(/no longer holds/);
    expect(() => applyEdits('/x/a.ts', 'old and old', edits)).toThrow(/no longer holds/);
  });
});
