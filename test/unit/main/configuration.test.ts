import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readConfiguration } from '../../../electron/main/configuration.ts';
import { readOptions } from '../../../electron/main/options.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jiaocuntong-configuration-'));
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

const valid = {
  version: 1,
  gateway: {
    host: '127.0.0.1',
    port: 8443,
    serverName: 'gateway.example',
    gatewayCaPem: ['pem'],
    centreCaPem: ['pem'],
    centreName: '示例住房公积金中心',
    bankCaPem: ['pem'],
  },
  key: { kind: 'pkcs11', modulePath: '/driver.so' },
  accounts: [{ unitAccount: '9900000030', user: '01', unitName: '示例有限公司' }],
};

function write(name: string, content: string): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, content);
  return file;
}

it('reads the first file that exists', () => {
  const file = write('good.json', JSON.stringify(valid));
  const read = readConfiguration([path.join(folder, 'absent.json'), file]);
  expect(read).toEqual({ ok: true, value: valid });
});

it('says when there is none', () => {
  expect(readConfiguration([path.join(folder, 'absent.json')])).toMatchObject({
    ok: false,
    code: 'CONFIG_MISSING',
  });
});

it.each([
  ['text.json', '不是 JSON'],
  ['short.json', JSON.stringify({ ...valid, accounts: [] })],
  ['extra.json', JSON.stringify({ ...valid, server: 'x' })],
])('refuses %s and never goes on to the next place', (name, content) => {
  const good = write('good.json', JSON.stringify(valid));
  expect(readConfiguration([write(name, content), good])).toMatchObject({
    ok: false,
    code: 'CONFIG_INVALID',
  });
});

it('takes a configuration file or practice from the command line', () => {
  expect(readOptions(['electron', '.', '--demo'])).toEqual({
    demo: true,
    configurationFile: undefined,
  });
  expect(readOptions(['electron', '.', '--config=a.json']).configurationFile).toBe(
    path.resolve('a.json'),
  );
});
