import path from 'node:path';
import { expect, it } from 'vitest';
import { fileOf } from '../../../electron/main/security/content-file.ts';

const folder = path.resolve('/program/renderer');

it.each([
  ['app://main/', 'index.html'],
  ['app://main/assets/window.js', path.join('assets', 'window.js')],
])('%s is %s', (url, file) => {
  expect(fileOf(folder, new URL(url))).toBe(path.join(folder, file));
});

it.each(['app://other/index.html', 'app://main/%zz', 'app://main/a%00b'])('%s is none', (url) => {
  expect(fileOf(folder, new URL(url))).toBeUndefined();
});

it.each([
  'app://main/..%2f..%2fsecret',
  'app://main/%2e%2e/%2e%2e%2fsecret',
  'app://main/assets/..%2f..%2f..%2fsecret',
])('%s stays inside the folder', (url) => {
  const file = fileOf(folder, new URL(url)) ?? path.join(folder, 'none');
  expect(path.relative(folder, file)).not.toMatch(/^\.\./);
});
