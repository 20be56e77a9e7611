import { expect, test } from 'vitest';
import { adoptSerials, drawSerial, jumpSerials } from '../../../electron/data/orders/serials.ts';
import type { Meta } from '../../../electron/data/ports.ts';
import { SERIAL_JUMP } from '../../../shared/wire/limits.ts';

function makeMeta(): Meta {
  const values = new Map<string, string>();
  return {
    get: (key) => values.get(key),
    set: (key, value) => {
      values.set(key, value);
    },
    delete: (key) => {
      values.delete(key);
    },
  };
}

test('serials are the prefix and a counter of ten digits, each drawn once', () => {
  const meta = makeMeta();
  adoptSerials(meta, '100001', 0);
  expect(drawSerial(meta)).toBe('1000010000000001');
  expect(drawSerial(meta)).toBe('1000010000000002');
  adoptSerials(meta, '100001', 2);
  expect(drawSerial(meta)).toBe('1000010000000003');
});

test('a counter ahead of the centre’s stays: those serials may still be on their way', () => {
  const meta = makeMeta();
  adoptSerials(meta, '100001', 0);
  drawSerial(meta);
  adoptSerials(meta, '100001', 0);
  expect(drawSerial(meta)).toBe('1000010000000002');
});

test('a counter behind the centre’s jumps ahead: this file was restored from a copy', () => {
  const meta = makeMeta();
  adoptSerials(meta, '100001', 41);
  expect(drawSerial(meta)).toBe(`100001${String(41 + SERIAL_JUMP + 1).padStart(10, '0')}`);
});

test('another prefix starts its own count; a serial found taken is left far behind', () => {
  const meta = makeMeta();
  adoptSerials(meta, '100001', 0);
  drawSerial(meta);
  adoptSerials(meta, '100002', 0);
  expect(drawSerial(meta)).toBe('1000020000000001');
  jumpSerials(meta);
  expect(drawSerial(meta)).toBe(`100002${String(SERIAL_JUMP + 2).padStart(10, '0')}`);
});

test('no serial before the first session', () => {
  expect(() => drawSerial(makeMeta())).toThrow(/before the first session/);
});
