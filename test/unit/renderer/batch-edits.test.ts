import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EditQueue } from '../../../renderer/screens/batch/edit-queue.ts';
import type { CellEdit, EditAnswer } from '../../../renderer/screens/batch/edit-queue.ts';
import { fail, succeed } from '../../../shared/errors/result.ts';
import type { Result } from '../../../shared/errors/result.ts';
import { batchRowWith, batchWith } from './samples.ts';

const DELAY_MS = 300;

/** A host that answers when told to. */
function slowHost() {
  const asked: CellEdit[] = [];
  const answers: ((answer: Result<EditAnswer>) => void)[] = [];
  const told: EditAnswer[] = [];
  const queue = new EditQueue({
    delayMs: DELAY_MS,
    send: (edit) => {
      asked.push(edit);
      return new Promise((resolve) => answers.push(resolve));
    },
    onAnswer: (answer) => told.push(answer),
    onChange: () => undefined,
  });
  const answer = async (result: Result<EditAnswer>) => {
    answers.shift()?.(result);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { queue, asked, told, answer };
}

const answered = (text: string) =>
  succeed({
    row: batchRowWith({ cells: { name: { text, edited: true } } }),
    batch: batchWith({}),
  });
const name = (text: string): CellEdit => ({ seq: 1, column: 'name', text });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('edits of cells', () => {
  it('sends a moment after the last key, and only the newest text', async () => {
    const { queue, asked } = slowHost();
    for (const text of ['赵', '赵一', '赵一二']) queue.type(name(text));
    await vi.advanceTimersByTimeAsync(DELAY_MS - 1);
    expect(asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked).toEqual([name('赵一二')]);
  });

  it('never shows the answer to an older text over a newer one', async () => {
    const { queue, asked, answer } = slowHost();
    queue.type(name('赵'));
    await vi.advanceTimersByTimeAsync(DELAY_MS);
    queue.type(name('赵一'));
    expect(queue.textOf(1, 'name')).toBe('赵一');
    await answer(answered('赵'));
    expect(queue.textOf(1, 'name')).toBe('赵一');
    await vi.advanceTimersByTimeAsync(DELAY_MS);
    expect(asked).toEqual([name('赵'), name('赵一')]);
    expect(queue.textOf(1, 'name')).toBe('赵一');
    await answer(answered('赵一'));
    expect(queue.textOf(1, 'name')).toBeUndefined();
    expect(queue.isIdle).toBe(true);
  });

  it('has one edit under way at a time, in the order of typing', async () => {
    const { queue, asked, told, answer } = slowHost();
    queue.type(name('赵'));
    queue.type({ seq: 2, column: 'base', text: '8000' });
    const done = queue.flush();
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toHaveLength(1);
    await answer(answered('赵'));
    expect(asked.map(({ seq }) => seq)).toEqual([1, 2]);
    await answer(answered('8000'));
    expect(await done).toBe(true);
    expect(told).toHaveLength(2);
  });

  it('keeps a text that was not stored, and sends it again when asked to', async () => {
    const { queue, asked, answer } = slowHost();
    queue.type(name('赵'));
    const done = queue.flush();
    await answer(fail('HOST_DIED'));
    expect(await done).toBe(false);
    expect(queue.textOf(1, 'name')).toBe('赵');
    expect(queue.failed?.failure.code).toBe('HOST_DIED');
    const again = queue.retry();
    await answer(answered('赵'));
    expect(await again).toBe(true);
    expect(asked).toEqual([name('赵'), name('赵')]);
    expect(queue.failed).toBeUndefined();
  });

  it('lets a newer text take the place of one that failed', async () => {
    const { queue, answer } = slowHost();
    queue.type(name('赵'));
    void queue.flush();
    await answer(fail('DB_FULL'));
    queue.type(name('钱'));
    expect(queue.failed).toBeUndefined();
    expect(queue.textOf(1, 'name')).toBe('钱');
  });
});
