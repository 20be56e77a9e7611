import { describe, expect, it } from 'vitest';
import { readOptions, UsageError } from '../../soak/options.ts';
import { summarise } from '../../soak/report.ts';
import type { WorldResult } from '../../soak/terms.ts';

describe('options', () => {
  it('take any seed and any number of orders from 1', () => {
    expect(readOptions(['--orders', '1', '--seed', '-5'])).toEqual({
      orders: 1,
      seed: -5,
      worlds: 1,
    });
    expect(readOptions(['--orders', '20000', '--seed', '0']).worlds).toBe(2);
    const drawn = readOptions([]);
    expect(drawn.orders).toBe(1_000);
    expect(Number.isSafeInteger(drawn.seed)).toBe(true);
  });

  it.each([['--orders', '0'], ['--orders', 'x'], ['--seed', '1.5'], ['--worlds', '0'], ['--x']])(
    'refuse %s %s',
    (...args) => {
      expect(() => readOptions(args)).toThrow(UsageError);
    },
  );
});

describe('the verdict', () => {
  const kinds = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`kind-${index}`, 1]));
  const good: WorldResult = {
    ...{
      orders: 20_000,
      batchOrders: 5_000,
      entries: 1,
      audits: 1,
      faults: kinds(25),
      kills: 1_000,
      told: {},
    },
    ...{ violations: [], unclear: 0, diskKind: 'filesystem' },
  };
  const verdict = (change: Partial<WorldResult>, orders = 20_000, caught = 2) =>
    summarise({ orders, seed: 7, worlds: 1 }, [{ ...good, ...change }], caught).isGood;

  it('is good only when all is well', () => {
    expect(verdict({})).toBe(true);
    expect(verdict({ violations: [{ rule: 'draftLost', detail: 'x' }] })).toBe(false);
    expect(verdict({ unclear: 1 })).toBe(false);
    expect(verdict({ error: 'x' })).toBe(false);
    expect(verdict({ orders: 19_999 })).toBe(false);
    expect(verdict({}, 20_000, 1)).toBe(false);
    expect(verdict({}, 20_000, 0)).toBe(false);
  });

  it('asks of a run what its size allows', () => {
    expect(verdict({ kills: 999 })).toBe(false);
    expect(verdict({ faults: kinds(24) })).toBe(false);
    expect(verdict({ batchOrders: 1_999 })).toBe(false);
    expect(verdict({ orders: 1_000, kills: 50 }, 1_000)).toBe(true);
    expect(verdict({ orders: 1_000, kills: 49 }, 1_000)).toBe(false);
    expect(verdict({ orders: 1, kills: 0, faults: {} }, 1)).toBe(true);
  });

  it('adds up the worlds and counts a kind once', () => {
    const { line } = summarise({ orders: 40_000, seed: 7, worlds: 2 }, [good, good], 2);
    expect(line).toEqual({
      ...{ seed: 7, orders: 40_000, faultKinds: 25, kills: 2_000 },
      ...{ violations: 0, unclear: 0, controlsCaught: 2 },
    });
  });
});
