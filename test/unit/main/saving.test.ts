import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { saveWhole } from '../../../electron/main/files/saving.ts';
import { succeed } from '../../../shared/errors/result.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jct-saving-'));
const HOUR_MS = 3_600_000;
const bytes = Buffer.from('内容');

afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

describe('saveWhole', () => {
  it('replaces what lies there and leaves nothing beside it', async () => {
    const target = path.join(folder, '名单.xlsx');
    fs.writeFileSync(target, '以前的');
    expect(await saveWhole(target, bytes)).toEqual(succeed(null));
    expect(fs.readFileSync(target, 'utf8')).toBe('内容');
    expect(fs.readdirSync(folder)).toEqual(['名单.xlsx']);
  });

  it('clears away what a program left that was ended while it saved, and nobody else’s files', async () => {
    const place = fs.mkdtempSync(path.join(folder, 'left-'));
    const leftover = (last: string) =>
      path.join(place, `.jiaocuntong-01928374-5566-7788-99aa-bbccddeeff0${last}.tmp`);
    const [old, young, others] = [leftover('0'), leftover('1'), path.join(place, '.other.tmp')];
    for (const file of [old, young, others]) fs.writeFileSync(file, 'x');
    const long = new Date(Date.now() - 2 * HOUR_MS);
    for (const file of [old, others]) fs.utimesSync(file, long, long);
    expect(await saveWhole(path.join(place, '单据.pdf'), bytes)).toEqual(succeed(null));
    const names = [young, others, path.join(place, '单据.pdf')].map((file) => path.basename(file));
    expect(fs.readdirSync(place).toSorted()).toEqual(names.toSorted());
  });

  it.each([
    ['a folder that is gone', path.join(folder, 'gone', '单据.pdf'), 'ENOENT'],
    ['a name the system does not take', path.join(folder, '长'.repeat(200)), 'ENAMETOOLONG'],
    ['a file for a folder', path.join(folder, '名单.xlsx', '单据.pdf'), 'ENOTDIR'],
  ])('says why not of %s', async (_what, target, code) => {
    expect(await saveWhole(target, bytes)).toEqual({
      ...{ ok: false, code: 'FILE_WRITE_FAILED', detail: `${target} (${code})` },
    });
    expect(fs.readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});
