import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packRows, RowSet, unpackRows } from '../../../electron/data/roster/row-set.ts';

function rowsOf(set: RowSet): number[] {
  const rows: number[] = [];
  set.forEach((row) => rows.push(row));
  return rows;
}

const sizeAndRows = fc.integer({ min: 1, max: 400 }).chain((size) =>
  fc.record({
    size: fc.constant(size),
    rows: fc
      .uniqueArray(fc.integer({ min: 0, max: size - 1 }))
      .map((rows) => rows.sort((a, b) => a - b)),
  }),
);

describe('row sets', () => {
  it('come back from storage as they went in, sparse or dense, from unaligned bytes too', () => {
    fc.assert(
      fc.property(sizeAndRows, ({ size, rows }) => {
        const packed = packRows(rows, size);
        const shifted = Buffer.concat([Buffer.from([0]), packed]).subarray(1);
        expect(rowsOf(unpackRows(shifted, rows.length, size))).toEqual(rows);
      }),
    );
  });

  it('stores a dense set as a bitmap', () => {
    expect(
      packRows(
        Array.from({ length: 1000 }, (_, i) => i),
        1000,
      ).length,
    ).toBe(128);
    expect(packRows([5], 1000).length).toBe(4);
  });

  it('intersects, unites and removes as sets of numbers do', () => {
    fc.assert(
      fc.property(sizeAndRows, fc.func(fc.boolean()), ({ size, rows }, pick) => {
        const others = Array.from({ length: size }, (_, i) => i).filter((i) => pick(i));
        const make = (numbers: number[]) =>
          unpackRows(packRows(numbers, size), numbers.length, size);
        const both = make(rows);
        both.intersect(make(others));
        expect(rowsOf(both)).toEqual(rows.filter((row) => others.includes(row)));
        const either = make(rows);
        either.unite(make(others));
        expect(new Set(rowsOf(either))).toEqual(new Set([...rows, ...others]));
        const without = make(rows);
        without.forEach((row) => {
          if (others.includes(row)) without.delete(row);
        });
        expect(rowsOf(without)).toEqual(rows.filter((row) => !others.includes(row)));
      }),
    );
  });

  it('all of them is all of them and not one more', () => {
    for (const size of [1, 31, 32, 33, 64, 100]) {
      expect(rowsOf(RowSet.all(size))).toEqual(Array.from({ length: size }, (_, i) => i));
    }
  });
});
