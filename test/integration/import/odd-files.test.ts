import { expect, test } from 'vitest';
import { readBatchBytes } from '../../../electron/import/reading.ts';
import { brokenBooks } from '../../fixtures/import/broken-books.ts';
import { oddBooks } from '../../fixtures/import/odd-books.ts';
import type { OddFile } from '../../fixtures/import/odd-file.ts';
import { oddTexts } from '../../fixtures/import/odd-texts.ts';

const files = [...oddBooks(), ...brokenBooks(), ...oddTexts()];

/** Said of every file of these columns, and of no interest here. */
const COLUMNS_LEFT_OUT = 'COLUMN_ABSENT';

async function outcomeOf({ name, bytes }: OddFile) {
  const read = await readBatchBytes(bytes, name, 'registration');
  if (!read.ok) return { refused: read.code, detail: read.detail };
  const { rows, sheet } = read.value;
  const notices = sheet.notices.map(({ code }) => code);
  return {
    rows: rows.map(({ row }) => row),
    notices: notices.filter((code) => code !== COLUMNS_LEFT_OUT),
  };
}

test.each(files)('$name', async (file) => {
  const { becomes } = file;
  const outcome = await outcomeOf(file);
  if ('refused' in becomes)
    expect(outcome).toEqual({
      refused: becomes.refused,
      detail: expect.stringMatching(becomes.detail) as string,
    });
  else expect(outcome).toEqual(becomes);
});

test('there are as many kinds of files as were promised', () => {
  expect(files.length).toBeGreaterThan(90);
  expect(new Set(files.map(({ name }) => name)).size).toBe(files.length);
});

test('what differs in form alone is read as the same rows', async () => {
  const plain = files.find(({ name }) => name === 'plain.xlsx');
  if (!plain) throw new Error('no plain file');
  const wanted = await readBatchBytes(plain.bytes, plain.name, 'registration');
  if (!wanted.ok) throw new Error(wanted.code);
  const sameRows = files.filter(
    ({ becomes, name }) =>
      'rows' in becomes && becomes.rows.join() === '2,3,4' && !name.includes('merged'),
  );
  expect(sameRows.length).toBeGreaterThan(30);
  for (const { name, bytes } of sameRows) {
    const read = await readBatchBytes(bytes, name, 'registration');
    if (!read.ok) throw new Error(`${name}: ${read.code}`);
    const texts = (rows: typeof wanted.value.rows) =>
      rows.map(({ cells }) =>
        Object.entries(cells).map(([column, cell]) => `${column}=${cell.text}`),
      );
    expect(texts(read.value.rows), name).toEqual(texts(wanted.value.rows));
  }
});
