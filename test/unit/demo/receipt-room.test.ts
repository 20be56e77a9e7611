import { expect, test } from 'vitest';
import { limitItems } from '../../../electron/demo/review/order.ts';
import { MESSAGE_BYTES_MAX, ORDER_ITEMS_MAX } from '../../../shared/wire/limits.ts';

const about = (seq: number, msg: string) => ({ seq, field: 'base', code: 'BASE_FORMAT', msg });

test('what is said of a refused order has room in a message, each row before any row twice', () => {
  const long = '该'.repeat(60);
  const all = Array.from({ length: ORDER_ITEMS_MAX }, (_, i) => [
    about(i + 1, long),
    about(i + 1, '又'),
  ]).flat();
  const kept = limitItems(all);
  expect(new Set(kept.map(({ seq }) => seq)).size).toBeGreaterThan(ORDER_ITEMS_MAX / 2);
  expect(kept.some(({ msg }) => msg === '又')).toBe(false);
  expect(kept.map(({ seq }) => seq)).toEqual(kept.map(({ seq }) => seq).sort((a, b) => a - b));
  // as base64 in a receipt, which stands as base64 in an answer
  const bytes = Buffer.byteLength(JSON.stringify(kept));
  expect((bytes * 16) / 9).toBeLessThan(MESSAGE_BYTES_MAX);
});

test('little is kept whole, in the order of the rows', () => {
  const few = [about(1, '一'), about(1, '二'), about(2, '三')];
  expect(limitItems(few)).toEqual(few);
});
