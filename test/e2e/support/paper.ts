import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';

const PICTURES = path.resolve(import.meta.dirname, '../../../out/e2e-pictures');

interface Read {
  readonly text: string;
  readonly pages: number;
}

/** A PDF as another program reads it; its first and last page are kept as pictures. */
export function readPaper(file: string, picture: string): Read {
  const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
  const facts = execFileSync('pdfinfo', [file], { encoding: 'utf8' });
  const pages = Number(/Pages:\s+(\d+)/.exec(facts)?.[1]);
  fs.mkdirSync(PICTURES, { recursive: true });
  for (const page of new Set([1, pages])) {
    const range = ['-f', String(page), '-l', String(page), '-r', '80', '-png'];
    execFileSync('pdftoppm', [...range, file, path.join(PICTURES, `paper-${picture}`)]);
  }
  expect(facts).toMatch(/Page size:\s+(59[45]|84[12])[\d.]* x (84[12]|59[45])/);
  return { text, pages };
}
