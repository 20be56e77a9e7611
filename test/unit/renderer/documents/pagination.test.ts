import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paginate } from '../../../../renderer/documents/pagination.ts';
import type { Heights } from '../../../../renderer/documents/pagination.ts';

const heights = fc.record({
  rows: fc.array(fc.integer({ min: 10, max: 60 }), { maxLength: 200 }),
  first: fc.integer({ min: 130, max: 500 }),
  next: fc.integer({ min: 130, max: 600 }),
  closing: fc.integer({ min: 0, max: 60 }),
});

const sum = (rows: readonly number[]) => rows.reduce((total, height) => total + height, 0);
const room = ({ first, next }: Heights, page: number) => (page === 0 ? first : next);

describe('pages of a document', () => {
  it('hold every row once, in order, and never more than fits', () => {
    fc.assert(
      fc.property(heights, (given) => {
        const pages = paginate(given);
        expect(pages[0]?.from).toBe(0);
        expect(pages.at(-1)?.to).toBe(given.rows.length);
        pages.forEach(({ from, to }, index) => {
          expect(from).toBe(index === 0 ? 0 : pages[index - 1]?.to);
          const isLast = index === pages.length - 1;
          const used = sum(given.rows.slice(from, to)) + (isLast ? given.closing : 0);
          expect(used).toBeLessThanOrEqual(room(given, index));
          if (given.rows.length > 0) expect(to).toBeGreaterThan(from);
        });
      }),
    );
  });

  it('take the last row along where what closes the document has no room', () => {
    const pages = paginate({ rows: [40, 40], first: 100, next: 100, closing: 30 });
    expect(pages).toEqual([
      { from: 0, to: 1 },
      { from: 1, to: 2 },
    ]);
  });

  it('are one page where there is no row, and one of its own for a row that is too high', () => {
    expect(paginate({ rows: [], first: 100, next: 100, closing: 30 })).toEqual([
      { from: 0, to: 0 },
    ]);
    const pages = paginate({ rows: [10, 500, 10], first: 100, next: 100, closing: 10 });
    expect(pages.map(({ from, to }) => to - from)).toEqual([1, 1, 1]);
    // nothing is cut off: what closes the document goes on
    expect(paginate({ rows: [90], first: 100, next: 100, closing: 30 })).toEqual([
      { from: 0, to: 1 },
      { from: 1, to: 1 },
    ]);
  });
});
