import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { catalogue, errorCodes } from '../../../shared/errors/catalogue.ts';
import { roundingLabels, roundings } from '../../../shared/rules/money.ts';

/** docs/rules.md against the code it speaks of: nothing named there is missing here, nor the reverse. */
const root = fileURLToPath(new URL('../../..', import.meta.url));
const document = readFileSync(path.join(root, 'docs/rules.md'), 'utf8');

function listFiles(folder: string, isWanted: (name: string) => boolean): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => isWanted(path.basename(name)))
    .map((name) => path.join(root, folder, name));
}

const testFiles = listFiles('test', (name) => /\.test\.tsx?$/.test(name));

/** Rows of the tables of rules: source, rule, codes, tests. */
const rules = document
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter((cells) => cells.length === 6 && /^(?:[六七八九]|十一|约定)/.test(cells[1] ?? ''))
  .map(([, source = '', text = '', codes = '', tests = '']) => ({ source, text, codes, tests }));

const quoted = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, inner = '']) => inner);

describe('docs/rules.md', () => {
  it('names a rule for every numbered note of the manual', () => {
    const sources = rules.map(({ source }) => source);
    expect(new Set(sources).size).toBe(sources.length);
    const notes = [
      ...Array.from({ length: 10 }, (_, i) => `六.${i + 1}`),
      ...['六(一)', '七(一)', '七.1', '七.2', '七.3', '八(一)', '八.1', '九(一)', '九.1'],
      ...Array.from({ length: 12 }, (_, i) => `十一(一)${i + 1}`),
    ];
    for (const note of notes) {
      const has = sources.some((source) => source === note || source.startsWith(`${note}-`));
      expect({ note, has }).toEqual({ note, has: true });
    }
  });

  it('names only codes of the catalogue', () => {
    const named = quoted(document).filter((text) => /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(text));
    expect(named.length).toBeGreaterThan(100);
    for (const code of named) expect(errorCodes).toContain(code);
  });

  it('has every code the rules raise beside a rule', () => {
    const beside = new Set(rules.flatMap(({ codes }) => quoted(codes)));
    const sources = ['shared/rules', 'shared/batch'];
    const files = sources.flatMap((folder) => listFiles(folder, (name) => name.endsWith('.ts')));
    const raised = files.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)'/g)].map(
        ([, code = '']) => code,
      ),
    );
    expect(new Set(raised).size).toBeGreaterThan(35);
    for (const code of raised) expect(beside).toContain(code);
  });

  it('says of every code what the catalogue says, once', () => {
    const rows = document
      .split('\n')
      .map((line) => line.split('|').map((cell) => cell.trim()))
      .filter((cells) => cells.length === 6 && /^`[A-Z_]+`$/.test(cells[1] ?? ''));
    const listed = rows.map((cells) => quoted(cells[1] ?? '')[0] ?? '');
    expect(new Set(listed).size).toBe(listed.length);
    for (const code of new Set(rules.flatMap(({ codes }) => quoted(codes)))) {
      expect(listed).toContain(code);
    }
    for (const [i, cells] of rows.entries()) {
      const entry = Object.entries(catalogue).find(([code]) => code === listed[i])?.[1];
      expect({ code: listed[i], text: cells[3], next: cells[4] }).toEqual({
        code: listed[i],
        text: entry?.text,
        next: entry?.next,
      });
    }
  });

  it('names for every rule tests that exist', () => {
    expect(rules.length).toBeGreaterThan(60);
    const without = rules.filter(({ tests }) => quoted(tests).length === 0);
    expect(without.map(({ source }) => source)).toEqual([]);
    const named = rules.flatMap(({ tests }) => quoted(tests));
    expect(named.filter((name) => !testExists(name))).toEqual([]);
  });

  it('notices a test that does not exist', () => {
    expect(testExists('months.test.ts › turns the year in both directions')).toBe(true);
    expect(testExists('months.test.ts › turns the year')).toBe(false);
    expect(testExists('absent.test.ts › turns the year in both directions')).toBe(false);
  });

  it('names the nine roundings as the code and the centres do', () => {
    for (const rounding of roundings) {
      expect(document).toContain(`| \`${rounding}\` | ${roundingLabels[rounding]}`);
    }
  });
});

/** `file › title`: the title of a test or of a group, followed by its function. */
function testExists(name: string): boolean {
  const [file = '', title = ''] = name.split(' › ');
  const literal = title.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const call = new RegExp(String.raw`\(\s*(['"])${literal}\1,\s*(?:async\s*)?\(`);
  return testFiles
    .filter((candidate) => path.basename(candidate) === file)
    .some((candidate) => call.test(readFileSync(candidate, 'utf8')));
}
