import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnNames } from '../../../shared/batch/columns.ts';
import { readBatchRow, readTyped } from '../../../shared/batch/reading.ts';
import type { RawCell } from '../../../shared/batch/raw.ts';
import { batchCellSchema, batchRowSchema } from '../../../shared/batch/rows.ts';
import { columnsOf, number, rawRow, seed, text } from './sheets.ts';

console.info(`any cell: BATCH_SEED=${seed}`);
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

describe('whatever stands in a cell', () => {
  it('comes out within the form of a row, and what is typed again says the same', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ maxLength: 30 }),
      fc.stringMatching(/^[ '0-9.,%¥元年月\-/Ee+Xx９ー＝]{0,24}$/),
    );
    const anyCell = fc.oneof(
      anyText.map((value) => text(value)),
      fc.double().map((value) => number(value)),
      fc.double().map((value) => number(value, 'yyyy-mm-dd')),
      fc.double({ min: -2, max: 2 }).map((value) => number(value, '0%')),
      anyText.map((value): RawCell => ({ kind: 'date', text: value, formula: false })),
      anyText.map((value): RawCell => ({ kind: 'error', text: value, formula: true })),
    );
    const anyKind = fc.constantFrom(
      'registration',
      'reduction',
      'missedBackPay',
      'shortfallBackPay',
    );
    fc.assert(
      fc.property(anyKind, fc.array(anyCell, { maxLength: 12 }), (kind, cells) => {
        const row = rawRow(2, cells);
        const found = readBatchRow(kind, columnsOf(kind), row, { date1904: false, merges: [] });
        if (found === undefined) return;
        expect(batchRowSchema.safeParse(found).error).toBeUndefined();
        for (const { text: kept, remarks } of Object.values(found.cells)) {
          for (const remark of remarks) expect(remark.rule).not.toBe('');
          expect(kept).not.toMatch(loneSurrogate);
        }
      }),
      { seed, numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.constantFrom(...columnNames), anyText, (column, value) => {
        const read = readTyped(column, value);
        expect(batchCellSchema.safeParse(read).error).toBeUndefined();
        const refused = read.remarks.some(({ severity }) => severity === 'error');
        // what was read cleanly stays as it is: an edit that changes nothing changes nothing
        if (!refused && /^[\d.X]+$/.test(read.text)) {
          expect(readTyped(column, read.text).text).toBe(read.text);
        }
      }),
      { seed, numRuns: 2000 },
    );
  });
});
