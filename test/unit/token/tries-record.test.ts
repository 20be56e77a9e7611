import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { TriesRecord } from '../../../electron/token/tries-record.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tries-'));
  file = join(folder, 'deep', 'tries.json');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('a spent try outlives the process that spent it', () => {
  new TriesRecord(file).spend('A1');
  const next = new TriesRecord(file);
  expect(next.failedTries('A1')).toBe(1);
  expect(next.failedTries('B2')).toBe(0);
});

it('counts per token, gives back, and clears', () => {
  const record = new TriesRecord(file);
  record.spend('A1');
  record.spend('A1');
  record.spend('B2');
  record.giveBack('A1');
  record.clear('B2');
  const next = new TriesRecord(file);
  expect([next.failedTries('A1'), next.failedTries('B2')]).toEqual([1, 0]);
});

it('never gives back below none', () => {
  const record = new TriesRecord(file);
  record.giveBack('A1');
  expect(record.failedTries('A1')).toBe(0);
});

it('leaves no half-written file beside the record', () => {
  new TriesRecord(file).spend('A1');
  expect(readdirSync(join(folder, 'deep'))).toEqual(['tries.json']);
});

it.each(['', '{"version":1', '{"version":2,"failed":{}}', '{"version":1,"failed":{"A1":-3}}'])(
  'a record that reads %j is kept aside and counting starts anew',
  (text) => {
    new TriesRecord(file).spend('A1');
    writeFileSync(file, text);
    const record = new TriesRecord(file);
    expect(record.failedTries('A1')).toBe(0);
    expect(readFileSync(`${file}.damaged`, 'utf8')).toBe(text);
    record.spend('A1');
    expect(new TriesRecord(file).failedTries('A1')).toBe(1);
  },
);

it('a serial that is a name of the language is a serial', () => {
  const record = new TriesRecord(file);
  expect(record.failedTries('constructor')).toBe(0);
  record.spend('constructor');
  expect(new TriesRecord(file).failedTries('constructor')).toBe(1);
  expect(existsSync(file)).toBe(true);
});
