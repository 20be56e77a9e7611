import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { reportOf, reportText } from '../../../renderer/screens/diagnostics/report.ts';
import { libraryPath, maskEnds } from '../../../renderer/screens/diagnostics/redaction.ts';
import type { Diagnostics } from '../../../shared/ipc/diagnostics.ts';
import { diagnostics as words } from '../../../renderer/text/diagnostics.ts';

/** Every source is given this text wherever it can say anything in words. */
function factsSaying(text: string): Diagnostics {
  const at = '2026-11-17T02:20:00.000Z';
  return {
    at,
    program: {
      ...{ version: text, electron: text, chrome: text, node: text, startedAt: at },
      ...{ practice: false, dataProtected: true },
    },
    system: {
      ...{ name: text, release: text, architecture: text },
      ...{ memoryBytes: 8_000_000_000, freeMemoryBytes: 2_000_000_000 },
    },
    hosts: { data: text, token: text },
    key: {
      ...{ state: text, driver: text, driverVersion: text, manufacturer: text, modulePath: text },
      tokens: [
        {
          ...{ reader: text, manufacturer: text, model: text, serial: text },
          ...{ failedTries: 1, pinLocked: true },
        },
      ],
      ...{ loggedIn: true, failure: 'PIN_LOCKED' },
    },
    gateway: {
      ...{ host: text, port: 8443, serverName: text, state: text, channel: text },
      ...{ tlsProtocol: text, failure: 'GATEWAY_DATE' },
    },
    data: {
      ...{ sqlite: text, schema: 8, fileBytes: 1, logBytes: 1, pageBytes: 4096, pages: 1 },
      ...{ freePages: 0, auditRows: 10, auditBrokenAt: 7, backupFailed: 'BACKUP_FAILED' },
      lastBackup: { at, reason: 'exit' },
      queue: { registration: 1, reduction: 2, missedBackPay: 3, shortfallBackPay: 4 },
      ...{ counter: 5, waitingOrders: 1, lastReceipt: 9, lastSyncAt: at },
      orders: { draft: 0, signed: 1, sent: 2, applied: 3, rejected: 4, void: 5 },
      ...{ rosterVersion: 1, rosterCount: 2, parametersVersion: 3, clockOffsetMs: -1840 },
      ...{ diskFull: true, stopped: text, unitAccount: text },
      answers: [{ at, code: text }],
    },
    dataFailure: null,
    failures: [{ at, operation: text, code: 'ANSWER_LATE' }],
  };
}

const copied = (text: string) => reportText(reportOf(factsSaying(text)));
const plain = copied('');

/** Digits of the whole report, times and sizes apart, in which a number could hide. */
const personal = [
  ['a name', '欧阳文'],
  ['a rare name', '李𠮷'],
  ['a name with a dot', '买买提·艾力'],
  ['a name in letters', 'Aibek Ivanov'],
  ['a name in one word', 'zhangwei'],
  ['an ID number', '990100199001010012'],
  ['an ID number ending in X', '99010019900101001X'],
  ['an old ID number', '990100900101001'],
  ['an account', '990000000015'],
  ['a telephone', '13800001234'],
  ['a unit', '示例机械制造有限公司'],
  ['a distinguished name', 'CN=示例机械制造有限公司, O=9900001234'],
  ['a path of a Windows user', 'C:\\Users\\zhangwei\\欧阳文.dll'],
  ['a path of a user', '/home/zhangwei/990100199001010012.so'],
  ['a sentence', '欧阳文 990100199001010012 登记失败'],
] as const;

describe('诊断信息 as copied', () => {
  it.each(personal)('lets nothing through of %s, whichever source says it', (_what, text) => {
    const report = copied(text);
    expect(report).not.toContain(text);
    for (const part of text.split(/[^\p{L}\p{N}]+/u)) {
      if (/^[A-Z]?$|^(?:CN|O|Users|home|dll|so|C)$/.test(part)) continue;
      expect(report, part).not.toContain(part);
    }
  });

  it('lets no Chinese word and no long number through from any source', () => {
    const known = new Set(plain.match(/\p{Script=Han}/gu) ?? []);
    const names = fc.constantFrom(...Array.from('欧赵钱孙周吴郑冯陈褚卫蒋沈韩杨𠮷䶮琪'));
    const digits = fc.constantFrom(...Array.from('0123456789X'));
    const separators = fc.constantFrom('', ' ', '/', '\\', '.', '_', '-', ',', '=', '·');
    const text = fc
      .tuple(
        fc.array(names, { minLength: 2, maxLength: 4 }),
        separators,
        fc.array(digits, { minLength: 12, maxLength: 18 }),
      )
      .map(([name, separator, number]) => [name.join(''), separator, number.join('')]);
    fc.assert(
      fc.property(text, ([name = '', separator = '', number = '']) => {
        const report = copied(name + separator + number);
        for (const character of name) {
          expect(known.has(character) || !report.includes(character)).toBe(true);
        }
        expect(report).not.toContain(number);
        expect(copied(number)).not.toContain(number);
      }),
    );
  });

  it('masks what names the unit and the key, and keeps a driver and versions readable', () => {
    const facts = factsSaying('');
    const report = reportText(
      reportOf({
        ...facts,
        program: { ...facts.program, chrome: '130.0.6723.118' },
        key: {
          ...facts.key,
          driver: 'SoftHSM PKCS#11 欧阳文',
          modulePath: 'C:\\Users\\zhangwei\\lib\\softhsm2-x64.dll',
          tokens: [
            {
              ...{ reader: 'FT ePass2003 0', manufacturer: '', model: 'SoftHSM v2' },
              ...{ serial: '2f19c0a7b1d4e355', failedTries: 0, pinLocked: false },
            },
          ],
        },
        data: facts.data && { ...facts.data, unitAccount: '9900001234' },
      }),
    );
    expect(report).toContain('99******34');
    expect(report).toContain('2f************55');
    expect(report).toContain('130.0.6723.118');
    expect(report).toContain('softhsm2-x64.dll');
    expect(report).toContain('SoftHSM');
    expect(report).not.toMatch(/9900001234|zhangwei|欧阳文/);
  });

  it('says that no data is open, and why', () => {
    const report = reportText(
      reportOf({ ...factsSaying(''), data: null, dataFailure: 'HOST_DIED' }),
    );
    expect(report).toContain(words.dataNone);
    expect(report).toContain('HOST_DIED');
  });

  it('puts no colon after a line that says all by its first words', () => {
    const report = reportText(reportOf({ ...factsSaying(''), data: null, dataFailure: null }));
    expect(report).toContain(`\n${words.dataNone}\n`);
  });
});

it('hides what is too short to mask', () => {
  expect(maskEnds('')).toBe('');
  expect(maskEnds('1234')).toBe(words.hidden);
  expect(maskEnds('张三1234567')).toBe(words.hidden);
  expect(maskEnds('9900001234')).toBe('99******34');
});

it.each([
  ['C:\\Windows\\System32\\bank.dll', 'C:\\Windows\\…bank.dll'],
  ['C:\\Users\\zhangwei\\bank.dll', `${words.hidden}bank.dll`],
  ['/usr/lib/softhsm/libsofthsm2.so', '/usr/…libsofthsm2.so'],
  ['/home/zhangwei/key', words.hidden],
])('of the path %s leaves %s', (path, shown) => {
  expect(libraryPath(path)).toBe(shown);
});
