import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { saveWhole } from '../../electron/main/files/saving.ts';
import { succeed } from '../../shared/errors/result.ts';

const DISK_BYTES = 1 << 20;
const UNMOUNTABLE = 'no small filesystem can be mounted here';

let folder: string;
let isMounted: boolean;

function mount(...args: readonly string[]): boolean {
  try {
    execFileSync('mount', [...args, folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'saving-faults-'));
  isMounted = mount('-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs');
});
afterAll(() => {
  if (isMounted) execFileSync('umount', ['-l', folder]);
  fs.rmSync(folder, { recursive: true, force: true });
});

describe('a clerk’s stick', () => {
  it('that is full takes nothing: what lay there is whole, nothing half is left', async (context) => {
    context.skip(!isMounted, UNMOUNTABLE);
    const target = path.join(folder, '在册.xlsx');
    expect(await saveWhole(target, Buffer.from('以前的'))).toEqual(succeed(null));
    expect(await saveWhole(target, Buffer.alloc(2 * DISK_BYTES))).toEqual({
      ...{ ok: false, code: 'FILE_WRITE_FAILED', detail: `${target} (ENOSPC)` },
    });
    expect(fs.readFileSync(target, 'utf8')).toBe('以前的');
    expect(fs.readdirSync(folder)).toEqual(['在册.xlsx']);
  });

  it('that cannot be written is told as one without the right to', async (context) => {
    context.skip(!isMounted || !mount('-o', 'remount,ro'), UNMOUNTABLE);
    const target = path.join(folder, '新的.xlsx');
    expect(await saveWhole(target, Buffer.from('x'))).toEqual({
      ...{ ok: false, code: 'FILE_DENIED', detail: target },
    });
    mount('-o', 'remount,rw');
    expect(fs.readdirSync(folder)).toEqual(['在册.xlsx']);
  });
});
