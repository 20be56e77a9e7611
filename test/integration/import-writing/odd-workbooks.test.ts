import { describe, expect, it } from 'vitest';
import { readTable } from '../../../electron/import/reader/reader.ts';
import { CELL_TEXT_MAX } from '../../../electron/import/writing/cell-text.ts';
import { markWorkbook } from '../../../electron/import/writing/marked.ts';
import type { RawRow } from '../../../shared/batch/raw.ts';
import type { Mark } from '../../../shared/ipc/import.ts';
import {
  packParts,
  replaceIn,
  workbookBytes,
  workbookParts,
} from '../../fixtures/import/workbook-bytes.ts';
import { partsOf } from './package-parts.ts';
import { mark, sheetOf } from './sample-marks.ts';
import type { SheetSpec, WorkbookSpec } from '../../fixtures/import/workbook-bytes.ts';

const SHEET_PART = 'xl/worksheets/sheet1.xml';
const STYLE_PART = 'xl/styles.xml';
const headings = { name: '姓名', idNumber: '身份证号码', base: '月均工资' };
const sheet = sheetOf({ sheet: '名单', format: 'xlsx', headingRow: 1 }, headings);
const people = [
  ['王示例', '990100199001010012', 5000],
  ['李示例', '990100198512310020', 6000],
] as const;

function bookOf(terms: Partial<SheetSpec> = {}, change?: WorkbookSpec['change']): Buffer {
  const rows = [Object.values(headings), ...people];
  return workbookBytes({
    sheets: [{ name: '名单', rows, ...terms }],
    ...(change ? { change } : {}),
  });
}

async function markAll(bytes: Uint8Array, marks: readonly Mark[]) {
  const marked = await markWorkbook({ bytes, sheet, kind: 'registration', marks: [...marks] });
  if (!marked.ok) throw new Error(`${marked.code} ${marked.detail}`);
  return marked.value;
}

/** The sheet part and the rows of a marked copy. */
async function patch(bytes: Uint8Array, marks: readonly Mark[]) {
  const { bytes: copy, manner } = await markAll(bytes, marks);
  const parts = await partsOf(copy);
  const table = await readTable(copy, 'copy.xlsx');
  if (!table.ok) throw new Error(table.detail);
  const xml = parts.get(SHEET_PART)?.toString('utf8') ?? '';
  const styles = parts.get(STYLE_PART)?.toString('utf8') ?? '';
  return { manner, xml, styles, rows: table.value.sheet.rows };
}

function textAt(rows: readonly RawRow[], row: number, column: number): string | undefined {
  const cell = rows.find((each) => each.row === row)?.cells.get(column);
  return cell?.kind === 'text' ? cell.text : undefined;
}

describe('workbooks of other builds that are patched', () => {
  it('adds rows and cells the sheet does not hold, in their order', async () => {
    const rows = [Object.values(headings), [], ['王示例', null, 5000], [], ['李示例']];
    const bytes = bookOf({ rows });
    const { xml, rows: read } = await patch(bytes, [
      ...[mark(2, 'B', '二'), mark(3, 'B', '三'), mark(5, 'C', '五'), mark(7, '', '七')],
    ]);
    const numbers = [...xml.matchAll(/<row r="(\d+)"/g)].map(([, row]) => row);
    expect(numbers).toEqual(['1', '2', '3', '5', '7']);
    const places = [...xml.matchAll(/<c r="([A-Z]+\d+)"/g)].map(([, place]) => place);
    expect(places).toEqual([
      'A1',
      'B1',
      'C1',
      'D1',
      'B2',
      'D2',
      'A3',
      'B3',
      'C3',
      'D3',
      'A5',
      'C5',
      'D5',
      'D7',
    ]);
    expect([2, 3, 5, 7].map((row) => textAt(read, row, 4))).toEqual(['二', '三', '五', '七']);
  });

  it('reads and writes a sheet with namespace prefixes, single quotes and no cell numbers', async () => {
    const bytes = bookOf({}, (parts) => {
      replaceIn(parts, SHEET_PART, (xml) =>
        xml
          .replace(/<(\/?)(worksheet|sheetData|row|c|v)\b/g, '<$1x:$2')
          .replace('xmlns=', 'xmlns:x=')
          .replace(/ r="[A-Z]+\d+"/g, '')
          .replace(/<x:row r="(\d)"/g, "<x:row spans='1:3' r='$1'"),
      );
    });
    const { manner, xml, rows } = await patch(bytes, [mark(2, 'B', '证件号码有误')]);
    expect([manner, textAt(rows, 2, 4), textAt(rows, 1, 4)]).toEqual([
      ...['marked', '证件号码有误', '错误原因'],
    ]);
    expect(textAt(rows, 2, 2)).toBe(people[0][1]);
    expect(xml).toMatch(/<x:c s="\d+" t="s">/);
  });

  it('splits a run of hidden columns so that 错误原因 is seen and the others stay hidden', async () => {
    const hidden = '<col min="4" max="16384" hidden="1" width="9"/>';
    const columns = `<cols><col min="1" max="3" width="12"/>${hidden}</cols>`;
    const { xml } = await patch(bookOf({ beforeRows: columns }), [mark(2, 'A', '错')]);
    const runs = [...xml.matchAll(/<col [^>]*>/g)].map(([run]) => run);
    expect(runs.map((run) => /min="(\d+)" max="(\d+)"/.exec(run)?.slice(1))).toEqual([
      ...[
        ['1', '3'],
        ['4', '4'],
        ['5', '16384'],
      ],
    ]);
    expect(runs.map((run) => run.includes('hidden'))).toEqual([false, false, true]);
  });

  it('gives a cell the sheet does not hold the format of its column', async () => {
    const rows = [Object.values(headings), ['王示例']];
    const columns = '<cols><col min="2" max="2" style="1" width="20"/></cols>';
    const { xml, styles } = await patch(bookOf({ rows, beforeRows: columns }), [
      mark(2, 'B', '空'),
    ]);
    const style = Number(/<c r="B2" s="(\d+)"/.exec(xml)?.[1]);
    const formats = /<cellXfs[^>]*>(.*)<\/cellXfs>/s.exec(styles)?.[1]?.match(/<xf[^>]*>/g) ?? [];
    const numberOf = (format: string | undefined) => /numFmtId="(\d+)"/.exec(format ?? '')?.[1];
    expect(numberOf(formats[style])).toBe(numberOf(formats[1]));
    expect(formats[style]).toContain('applyFill="1"');
    expect(/<cellXfs[^>]*count="(\d+)"/.exec(styles)?.[1]).toBe(String(formats.length));
  });

  it('puts 错误原因 behind merged cells and behind notes beside the table', async () => {
    const rows = [Object.values(headings), [...people[0], null, '备注']];
    const merged = '<mergeCells count="1"><mergeCell ref="F2:G3"/></mergeCells>';
    const { rows: read } = await patch(bookOf({ rows, afterRows: merged }), [mark(2, 'A', '错')]);
    expect([textAt(read, 2, 5), textAt(read, 2, 8)]).toEqual(['备注', '错']);
  });

  it('keeps what looks like a formula as text, drops what XML forbids, and ends at the limit', async () => {
    const harmless = ['=1+1', '+1', '-1', '@SUM(A1)'];
    const marks = harmless.map((text, index) => mark(index + 2, 'A', text));
    const { xml, rows } = await patch(bookOf(), [
      ...marks,
      mark(6, 'A', '坏\u0001字\ud800符_x0041_'),
      ...Array.from({ length: 100 }, (_, index) =>
        mark(7, 'A', `${String(index)}${'长'.repeat(590)}`),
      ),
    ]);
    expect(harmless.map((_, index) => textAt(rows, index + 2, 4))).toEqual(harmless);
    expect(xml).not.toContain('<f');
    expect(textAt(rows, 6, 4)).toBe('坏字\ufffd符_x0041_');
    expect(textAt(rows, 7, 4)).toHaveLength(CELL_TEXT_MAX);
    expect(textAt(rows, 7, 4)?.endsWith('…')).toBe(true);
  });

  it('marks the same cell once for several faults, and says each', async () => {
    const faults = [mark(2, 'B', '一'), mark(2, 'B', '二'), mark(2, 'B', '一')];
    const { xml, rows } = await patch(bookOf(), faults);
    expect(textAt(rows, 2, 4)).toBe('一；二');
    expect(xml.match(/r="B2"/g)).toHaveLength(1);
  });

  it('marks 1,000 cells of 10,000 rows within a second', async () => {
    const rows = [
      Object.values(headings),
      ...Array.from({ length: 10_000 }, (_, index) => [`职工${String(index)}`, people[0][1], 5000]),
    ];
    const bytes = bookOf({ rows });
    const marks = Array.from({ length: 1_000 }, (_, index) => mark(2 + index * 10, 'B', '有误'));
    await markAll(bytes, marks);
    // processor time, so that other work on the machine does not count
    const start = process.cpuUsage();
    const { manner } = await markAll(bytes, marks);
    expect(manner).toBe('marked');
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1_000).toBeLessThan(1_000);
  });
});

describe('workbooks that are not patched get a report', () => {
  const changes: Readonly<Record<string, NonNullable<WorkbookSpec['change']>>> = {
    'a comment in the sheet': (parts) => {
      replaceIn(parts, SHEET_PART, (xml) => xml.replace('<sheetData>', '<!-- x --><sheetData>'));
    },
    'a CDATA section': (parts) => {
      replaceIn(parts, SHEET_PART, (xml) => xml.replace('<v>5000<', '<v><![CDATA[5000]]><'));
    },
    'no cell formats': (parts) => {
      replaceIn(parts, STYLE_PART, (xml) => xml.replace(/<fills[\s\S]*<\/fills>/, ''));
    },
    'UTF-16': (parts) => {
      const xml = String(parts.get(SHEET_PART)).replace('UTF-8', 'UTF-16');
      parts.set(SHEET_PART, Buffer.from(`\ufeff${xml}`, 'utf16le'));
    },
  };

  for (const [name, change] of Object.entries(changes)) {
    it(name, async () => {
      const { bytes, manner } = await markAll(bookOf({}, change), [mark(2, 'B', '证件号码有误')]);
      expect(manner).toBe('report');
      expect([...(await partsOf(bytes)).keys()]).toContain('xl/worksheets/sheet2.xml');
    });
  }
});

describe('damaged bytes', () => {
  it('are answered with FILE_DAMAGED', async () => {
    const bytes = bookOf();
    for (const cut of [0, 3, 30, 500, bytes.length - 30]) {
      const answer = await markWorkbook({
        ...{ bytes: bytes.subarray(0, cut), sheet, kind: 'registration' },
        marks: [mark(2, 'B', '有误')],
      });
      expect(answer).toMatchObject({ ok: false, code: 'FILE_DAMAGED' });
    }
  });

  it('never throw, whichever byte is another one', async () => {
    const seed = Date.now() % 1_000_000;
    console.info(`seed ${String(seed)}`);
    let state = seed;
    const next = (below: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return state % below;
    };
    const whole = bookOf();
    const seen = new Set<string>();
    for (let run = 0; run < 400; run += 1) {
      const bytes = Buffer.from(whole);
      for (let hit = 0; hit <= run % 4; hit += 1) bytes[next(bytes.length)] = next(256);
      const answer = await markWorkbook({
        ...{ bytes, sheet, kind: 'registration' },
        marks: [mark(2, 'B', '有误')],
      });
      seen.add(answer.ok ? answer.value.manner : answer.code);
    }
    expect([...seen]).toContain('FILE_DAMAGED');
  });

  it('broken XML inside an intact package is no throw either', async () => {
    const parts = workbookParts({ sheets: [{ name: '名单', rows: [['姓名'], ['王示例']] }] });
    const xml = String(parts.get(SHEET_PART));
    for (let cut = 0; cut < xml.length; cut += 7) {
      const broken = new Map(parts).set(SHEET_PART, xml.slice(0, cut));
      const answer = await markWorkbook({
        ...{ bytes: packParts(broken), sheet, kind: 'registration' },
        marks: [mark(2, 'B', '有误')],
      });
      expect(answer.ok ? answer.value.manner : answer.code).toMatch(/^FILE_DAMAGED$|^marked$/);
    }
  });
});
