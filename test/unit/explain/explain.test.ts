import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { errorCodes } from '../../../shared/errors/catalogue.ts';
import { account, early, example, explain } from './example.ts';

describe('explain: the example', () => {
  const { answer: given, exitCode } = explain(example);

  it('gives the amounts and months of the requirement', () => {
    expect(exitCode).toBe(0);
    expect(given.issues).toEqual([]);
    expect(given.amounts).toEqual({ unit: '19640.00', personal: '19640.00', total: '39280.00' });
    expect(given.months).toEqual([
      { month: 202605, base: '39687.00', unit: '4762.00', personal: '4762.00' },
      { month: 202606, base: '39687.00', unit: '4762.00', personal: '4762.00' },
      { month: 202607, base: '42151.00', unit: '5058.00', personal: '5058.00' },
      { month: 202608, base: '42151.00', unit: '5058.00', personal: '5058.00' },
    ]);
  });

  it('says of both policy years that the wage was lowered, in the form of an issue', () => {
    expect(given.notices.map((notice) => notice.code)).toEqual(['BASE_ABOVE', 'BASE_ABOVE']);
    for (const notice of given.notices) {
      expect(Object.keys(notice)).toEqual(['code', 'field', 'value', 'rule', 'fix']);
      expect(errorCodes).toContain(notice.code);
    }
  });
});

describe('explain: the other kinds', () => {
  it('registration', () => {
    const entry = {
      ...{ fundType: '10', name: '示例丙', idType: '01', idNumber: '990100200002290031' },
      ...{ base: '８０００', ratio: '5' },
    };
    const given = explain({ ...example, kind: 'registration', entry });
    expect(given.codes).toEqual([]);
    // 20 November 2026 is the last workday of its window
    expect(given.notices).toEqual(['TYPED_FULL_WIDTH', 'LANDS_NEXT_MONTH']);
    expect(given.answer).not.toHaveProperty('months');
    expect(given.answer.amounts?.total).toBe('1920.00');
    const before = { ...example, now: early, kind: 'registration', entry };
    expect(explain(before).notices).toEqual(['TYPED_FULL_WIDTH']);
    const active = { ...entry, idNumber: '990100900101001' };
    expect(explain({ ...example, kind: 'registration', entry: active }).codes).toEqual([
      'idNumber ACCOUNT_ACTIVE',
    ]);
  });

  it('what only the counter can settle is an issue', () => {
    const entry = { name: '一二三四五六', idNumber: '990100200002290031', base: '8000' };
    const given = explain({ ...example, kind: 'registration', entry });
    expect(given.codes).toEqual(['name NAME_TOO_LONG']);
    expect(given.exitCode).toBe(1);
    const unit = { ...example.unit, nameLimit: 6 };
    expect(explain({ ...example, unit, kind: 'registration', entry }).codes).toEqual([]);
  });

  it('reduction', () => {
    const entry = { ...account, reason: '03' };
    const given = explain({ ...example, kind: 'reduction', entry });
    expect(given.exitCode).toBe(0);
    expect(given.answer).toEqual({
      issues: [],
      notices: [],
      amounts: { unit: '960.00', personal: '960.00', total: '1920.00' },
    });
    const queue = [{ kind: 'reduction', entry }];
    const twice = explain({ ...example, kind: 'reduction', queue, entry });
    expect(twice.codes).toEqual(['personalAccount DUPLICATE_IN_QUEUE']);
    expect(twice.exitCode).toBe(1);
  });

  it('shortfallBackPay', () => {
    const entry = {
      ...account,
      ...{ from: '202606', to: '202607', paidBase: '2000', dueBase: '9000' },
      ...{ paidRatio: '12', dueRatio: '12' },
    };
    const given = explain({ ...example, kind: 'shortfallBackPay', entry });
    expect(given.codes).toEqual([]);
    expect(given.notices).toEqual(['BASE_BELOW', 'BASE_BELOW']);
    // 9,000 × 12 % = 1,080 less 2,490 × 12 % = 299, then less 2,660 × 12 % = 319
    expect(given.answer.months).toEqual([
      { month: 202606, base: '9000.00', unit: '781.00', personal: '781.00' },
      { month: 202607, base: '9000.00', unit: '761.00', personal: '761.00' },
    ]);
    expect(given.answer.amounts?.total).toBe('3084.00');
    const queue = [
      { kind: 'missedBackPay', entry: { ...account, from: '２０２６０７', to: '202607' } },
    ];
    const clash = explain({ ...example, kind: 'shortfallBackPay', queue, entry });
    expect(clash.codes).toEqual(['from MONTHS_REPEATED']);
  });

  it('amounts stand beside issues as long as they can be worked out', () => {
    const clash = explain({ ...example, entry: { ...example.entry, from: '202602' } });
    expect(clash.codes).toEqual(['from MONTHS_REPEATED']);
    expect(clash.answer.amounts).toBeDefined();
    const unread = explain({ ...example, entry: { ...example.entry, base: '八千' } });
    expect(unread.codes).toEqual(['base BASE_FORMAT']);
    expect(unread.answer).not.toHaveProperty('amounts');
  });
});

describe('explain: the roster', () => {
  it('has a personal ratio of its own where it differs from the unit’s', () => {
    const roster = example.roster.map((row) => ({ ...row, personalRatio: 8 }));
    const entry = { ...account, reason: '04' };
    const { answer: given } = explain({ ...example, kind: 'reduction', roster, entry });
    expect(given.amounts).toEqual({ unit: '960.00', personal: '640.00', total: '1600.00' });
  });
});

describe('explain: what an input may leave out', () => {
  it('has the values of the 2010 manual', () => {
    const { policies } = example.unit;
    const short = {
      kind: 'missedBackPay',
      unit: { ratioPolicy: 'perEmployee', policies },
      roster: example.roster.map(({ personalRatio, paidMonths, status, ...row }) => {
        expect([personalRatio, paidMonths.length, status]).toEqual([12, 2, '01']);
        return row;
      }),
      entry: { ...account, from: '202608', to: '202610', base: '8000', ratio: '5' },
    };
    // 10 November 2026 is in the window of November: October is past
    expect(explain(short).codes).toEqual([]);
    expect(explain({ ...short, entry: { ...short.entry, to: '202611' } }).codes).toEqual([
      'to MONTH_NOT_PAST',
    ]);
    expect(explain({ ...short, entry: { ...short.entry, ratio: '4' } }).codes).toEqual([
      'ratio RATIO_NOT_ALLOWED',
    ]);
  });

  it('a field left out of the entry was left empty', () => {
    expect(explain({ ...example, entry: {} }).codes).toEqual([
      'personalAccount ACCOUNT_LENGTH',
      'from MONTH_FORMAT',
      'to MONTH_FORMAT',
      'base BASE_FORMAT',
      'ratio RATIO_FORMAT',
    ]);
  });

  it('a key it does not know is named, not passed over in silence', () => {
    const given = explain({
      ...example,
      colour: 1,
      unit: { ...example.unit, nameLimits: 6 },
      entry: { ...example.entry, reason: '03' },
    });
    expect(given.exitCode).toBe(0);
    const ignored = given.answer.notices.filter((notice) => notice.code === 'INPUT_IGNORED');
    expect(ignored.map((notice) => notice.field)).toEqual([
      'unit.nameLimits',
      'colour',
      'entry.reason',
    ]);
  });
});

describe('explain: the ratio of the unit', () => {
  const { ratio, ...without } = example.unit;

  it('has to be named by a uniform unit', () => {
    const { exitCode, answer: given } = explain({ ...example, unit: without });
    expect(exitCode).toBe(2);
    expect(given.issues).toHaveLength(1);
    expect(given.issues[0]).toMatchObject({ field: 'unit.ratio', value: '' });
    expect(given.issues[0]?.rule).toContain('统一比例单位');
    expect(ratio).toBe(12);
  });

  it('is of no matter for a per-employee unit', () => {
    const unit = { ...without, ratioPolicy: 'perEmployee' };
    expect(explain({ ...example, unit }).exitCode).toBe(0);
    const below = { ...example.entry, ratio: '5' };
    expect(explain({ ...example, unit, entry: below }).exitCode).toBe(0);
  });
});

describe('explain: a 登记 and the end of the window', () => {
  const entry = { name: '示例丙', idNumber: '990100200002290031', base: '8000' };
  const noticesAt = (now: string, businessMonth?: number) =>
    explain({ ...example, kind: 'registration', entry, now, businessMonth }).notices;

  it('counts from the next opening', () => {
    expect(noticesAt('2026-11-19T16:00+08:00', 202611)).toEqual([]);
    expect(noticesAt('2026-11-19T17:00+08:00', 202611)).toEqual(['LANDS_NEXT_MONTH']);
    expect(noticesAt('2026-02-13T17:00:00+08:00')).toEqual(['LANDS_NEXT_MONTH']);
    expect(noticesAt('2026-02-13T09:00:00Z')).toEqual(['LANDS_NEXT_MONTH']);
  });

  it('is said of the month that has just closed, not of the one at hand', () => {
    expect(noticesAt('2026-11-20T17:00+08:00', 202611)).toEqual(['LANDS_NEXT_MONTH']);
    expect(noticesAt('2026-11-20T17:00+08:00', 202612)).toEqual([]);
    expect(noticesAt('2026-11-20T17:00+08:00')).toEqual([]);
    expect(noticesAt('2026-11-20T17:00+08:00', 202608)).toEqual([]);
  });
});

describe('explain: fields as typed', () => {
  it('a field that is too long is an issue of that field', () => {
    for (const field of ['fundType', 'personalAccount', 'from', 'to', 'base', 'ratio']) {
      const long = { ...example.entry, [field]: '8'.repeat(1000) };
      const { exitCode, answer: given, codes } = explain({ ...example, entry: long });
      expect({ codes, exitCode }).toEqual({ codes: [`${field} TYPED_TOO_LONG`], exitCode: 1 });
      expect(given.issues[0]?.rule).toContain('现为1000个');
      expect(given.issues[0]?.value).toBe(`${'8'.repeat(60)}…`);
    }
  });

  it('are taken as they are meant, with a notice', () => {
    const registration = {
      ...{ fundType: '１０', name: '示例丙', idType: '０１', idNumber: '990100200002290031' },
      base: '80 00',
    };
    const given = explain({ ...example, kind: 'registration', entry: registration, now: early });
    expect(given.codes).toEqual([]);
    expect(given.answer.notices.map(({ field, code }) => `${field} ${code}`)).toEqual([
      'fundType TYPED_FULL_WIDTH',
      'idType TYPED_FULL_WIDTH',
      'base TYPED_SPACES',
    ]);
    for (const reason of ['辞职', '4']) {
      const reduced = explain({ ...example, kind: 'reduction', entry: { ...account, reason } });
      expect(reduced).toMatchObject({ exitCode: 0, codes: [], notices: ['REASON_MATCHED'] });
    }
  });
});

describe('explain: the command', () => {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const folder = mkdtempSync(path.join(os.tmpdir(), 'explain-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const run = (args: readonly string[], input = '') => {
    const env = { ...process.env, INIT_CWD: folder };
    const script = path.join(root, 'build/explain/explain.ts');
    const ran = spawnSync(process.execPath, [script, ...args], { input, env, encoding: 'utf8' });
    return {
      status: ran.status,
      printed: JSON.parse(ran.stdout) as {
        issues: { code: string; value: string; rule: string }[];
      },
      errors: ran.stderr,
    };
  };

  it('prints one JSON object and ends with 0, 1 or 2', () => {
    writeFileSync(path.join(folder, 'entry.json'), JSON.stringify(example));
    expect(run(['entry.json'])).toMatchObject({ status: 0, printed: { issues: [] } });
    expect(run(['-'], JSON.stringify(example))).toMatchObject({ status: 0 });
    const wrong = JSON.stringify({ ...example, entry: { ...example.entry, to: '202601' } });
    expect(run(['-'], wrong)).toMatchObject({
      status: 1,
      printed: { issues: [{ code: 'MONTH_ORDER' }] },
    });
    const asBytes = Buffer.from(JSON.stringify(example), 'utf16le');
    for (const [name, bytes, told] of [
      ['folder', undefined, '这是一个文件夹'],
      ['binary', Buffer.from([0x7b, 0xff, 0x80]), '不是 UTF-8'],
      ['utf16.json', Buffer.concat([Buffer.from([0xff, 0xfe]), asBytes]), 'UTF-16'],
      ['empty.json', Buffer.alloc(0), '输入是空的'],
    ] as const) {
      if (bytes) writeFileSync(path.join(folder, name), bytes);
      else mkdirSync(path.join(folder, name));
      const { status, printed, errors } = run([name]);
      expect({ status, errors }).toEqual({ status: 2, errors: '' });
      expect(printed.issues[0]?.rule).toContain(told);
    }
    expect(run(['absent.json']).printed.issues[0]).toMatchObject({
      value: 'absent.json',
      rule: '文件不存在',
    });
    for (const args of [['absent.json'], [], ['-', 'more'], ['-']]) {
      const unreadable = run(args);
      expect(unreadable.status).toBe(2);
      expect(unreadable.printed.issues[0]?.code).toBe('INPUT_UNREADABLE');
    }
  });
});
