import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../shared/errors/catalogue.ts';
import { clampBase } from '../../../shared/rules/base.ts';
import { isForCounter, issueSchema } from '../../../shared/rules/issue.ts';
import { addFen, fenToPlain, shareOf, toFen } from '../../../shared/rules/money.ts';
import { toMonth } from '../../../shared/rules/months.ts';
import {
  checkRegistration,
  previewRegistration,
  registrationEntrySchema,
} from '../../../shared/rules/registration.ts';
import type { RegistrationContext, RegistrationTyped } from '../../../shared/rules/registration.ts';
import { context, perEmployee, plain, policy2026, uniformAtEight } from './hangzhou.ts';
import { seed } from './seed.ts';

function check(typed: Partial<RegistrationTyped>, changes: Partial<RegistrationContext> = {}) {
  const { issues, entry } = checkRegistration({ ...plain, ...typed }, { ...context, ...changes });
  const found = issues.map((issue) => `${issue.severity} ${issue.field} ${issue.code}`);
  return { issues, entry, found };
}

describe('manual 六(一): an entry without remarks', () => {
  it('has both parts rounded on their own and the total', () => {
    const { entry, found } = check({ base: '4366.67' });
    expect(found).toEqual([]);
    expect(entry).toEqual({
      fundType: '10',
      name: '示例甲',
      idType: '01',
      idNumber: '990100199001010012',
      base: 436_667,
      typedBase: 436_667,
      unitRatio: 12,
      personalRatio: 12,
      unitFen: 52_400,
      personalFen: 52_400,
      totalFen: 104_800,
    });
    expect(registrationEntrySchema.safeParse(entry).success).toBe(true);
  });
});

describe('manual 六.1: name and check character', () => {
  it('sends a name of six characters to the counter, as 待柜面', () => {
    const { entry, found, issues } = check({ name: '一二三四五六' });
    expect(found).toEqual(['counter name NAME_TOO_LONG']);
    expect(entry).toBeUndefined();
    expect(isForCounter(issues)).toBe(true);
    expect(issues[0]?.rule).toContain('六.1');
  });

  it('does not count · in 买买提·艾力', () => {
    expect(check({ name: '买买提・艾力' }).entry?.name).toBe('买买提·艾力');
  });

  it('sends a number to the counter when only its check character fails', () => {
    const { entry, found, issues } = check({ idNumber: '990100199001010013' });
    expect(found).toEqual(['counter idNumber ID_CHECK']);
    expect(entry).toBeUndefined();
    expect(isForCounter(issues)).toBe(true);
  });

  it('is no matter for the counter while an error stands beside it', () => {
    const { issues } = check({ name: '一二三四五六', base: '0' });
    expect(isForCounter(issues)).toBe(false);
  });

  it('needs a name', () => {
    expect(check({ name: ' 　' }).found).toEqual(['error name NAME_EMPTY']);
  });

  it('sends other documents to the counter and refuses unknown ones', () => {
    expect(check({ idType: '03', idNumber: 'E12345678' }).found).toEqual([
      'counter idType ID_TYPE_COUNTER',
    ]);
    expect(check({ idType: '07' }).found).toEqual(['error idType ID_TYPE_UNKNOWN']);
    expect(check({ idType: '03', idNumber: '' }).found).toEqual([
      'counter idType ID_TYPE_COUNTER',
      'error idNumber ID_EMPTY',
    ]);
  });
});

describe('manual 六.2: 15 or 18 characters', () => {
  it('refuses 17, keeps 15 as typed', () => {
    expect(check({ idNumber: '99010019900101001' }).found).toEqual(['error idNumber ID_LENGTH']);
    const old = check({ idNumber: '990100900101001' });
    expect(old.found).toEqual(['notice idNumber ID_FIFTEEN']);
    expect(old.entry?.idNumber).toBe('990100900101001');
  });
});

describe('manual 六.3: the base is clamped and both limits are named', () => {
  it.each([
    ['2659.99', 'BASE_BELOW', 266_000],
    ['42151.01', 'BASE_ABOVE', 4_215_100],
  ])('%s', (base, code, clamped) => {
    const { entry, found, issues } = check({ base });
    expect(found).toEqual([`notice base ${code}`]);
    expect(entry?.base).toBe(clamped);
    expect(fenToPlain(toFen(entry?.typedBase ?? 0))).toBe(base);
    expect(issues[0]?.rule).toContain('2,660.00');
    expect(issues[0]?.rule).toContain('42,151.00');
  });

  it('leaves the limits themselves alone', () => {
    expect(check({ base: '2660' }).found).toEqual([]);
    expect(check({ base: '42151.00' }).found).toEqual([]);
  });

  it('always ends within the limits, changes nothing inside, and is settled after once', () => {
    const bound = fc.integer({ min: 1, max: 10_000_000 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), bound, bound, (wage, a, b) => {
        const limits = { minBase: toFen(Math.min(a, b)), maxBase: toFen(Math.max(a, b)) };
        const base = clampBase(toFen(wage), limits);
        expect(base).toBe([limits.minBase, wage, limits.maxBase].sort((x, y) => x - y)[1]);
        expect(clampBase(base, limits)).toBe(base);
      }),
      { seed, numRuns: 1000 },
    );
  });

  it('says so when the centre has sent no bounds for the month', () => {
    const early = check({}, { businessMonth: toMonth(202606) });
    expect(early.found).toEqual(['error base POLICY_MISSING']);
    expect(early.entry).toBeUndefined();
  });
});

describe('manual 六.4 to 六.6: the wage', () => {
  it.each([
    ['8000.123', 'error base BASE_DECIMALS'],
    ['', 'error base BASE_FORMAT'],
    ['八千', 'error base BASE_FORMAT'],
    ['0', 'error base BASE_NOT_POSITIVE'],
    ['0.00', 'error base BASE_NOT_POSITIVE'],
    ['-1', 'error base BASE_NOT_POSITIVE'],
    ['99999999999', 'error base BASE_TOO_LARGE'],
  ])('%j: %s', (base, expected) => {
    const { entry, found } = check({ base });
    expect(found).toEqual([expected]);
    expect(entry).toBeUndefined();
  });

  it('六.5: full-width is normalised with a notice instead of refused', () => {
    const { entry, found } = check({ base: '８０００．５０' });
    expect(found).toEqual(['notice base TYPED_FULL_WIDTH']);
    expect(entry?.base).toBe(800_050);
  });

  it('六.5: the same for number, ratio and letters of a name', () => {
    const { entry, found } = check({
      name: '阿Ｑ',
      idNumber: '９９０１００１９９００１０１００１２',
      ratio: '１０',
    });
    expect(found).toEqual([
      'notice name TYPED_FULL_WIDTH',
      'notice idNumber TYPED_FULL_WIDTH',
      'notice ratio TYPED_FULL_WIDTH',
    ]);
    expect(entry).toMatchObject({ name: '阿Q', idNumber: plain.idNumber, unitRatio: 10 });
  });
});

describe('manual 六.7: ratios', () => {
  it.each([
    ['4', 5],
    ['0', 5],
    ['13', 12],
    ['100', 12],
  ])('per-employee: %s is forced to %i and said', (ratio, used) => {
    const { entry, found } = check({ ratio });
    expect(found).toEqual(['notice ratio RATIO_RANGE']);
    expect(entry).toMatchObject({ unitRatio: used, personalRatio: used });
  });

  it.each(['5', '12', '12%'])('per-employee: %s is taken as it is', (ratio) => {
    expect(check({ ratio }).found).toEqual([]);
  });

  it.each(['', '5.5', 'abc', '-5', '0.12', '1e1'])(
    'per-employee: %j is no whole percent',
    (ratio) => {
      expect(check({ ratio }).found).toEqual(['error ratio RATIO_FORMAT']);
    },
  );

  it('uniform: the unit’s ratio counts, whatever is typed', () => {
    for (const ratio of ['12', 'abc', '', undefined]) {
      const { entry, found } = check({ ratio }, { terms: uniformAtEight });
      expect(found).toEqual([]);
      expect(entry).toMatchObject({ unitRatio: 8, personalRatio: 8, unitFen: 64_000 });
    }
  });
});

describe('money: fund 11 has one ratio, paid by the unit', () => {
  it('has no personal part, also in a uniform unit', () => {
    for (const terms of [perEmployee, uniformAtEight]) {
      const { entry, found } = check({ fundType: '11', ratio: '20' }, { terms });
      expect(found).toEqual([]);
      expect(entry).toMatchObject({
        unitRatio: 20,
        personalRatio: 0,
        unitFen: 160_000,
        personalFen: 0,
        totalFen: 160_000,
      });
    }
  });

  it('keeps the ratio within 1 to 25', () => {
    expect(check({ fundType: '11', ratio: '0' }).entry?.unitRatio).toBe(1);
    expect(check({ fundType: '11', ratio: '26' }).entry?.unitRatio).toBe(25);
  });

  it('manual 十一(一)1: is refused where the unit has no such fund', () => {
    expect(
      check({ fundType: '11' }, { terms: { ...perEmployee, fundTypes: ['10'] } }).found,
    ).toEqual(['error fundType FUND_TYPE_UNKNOWN']);
    expect(check({ fundType: '99' }).found).toEqual(['error fundType FUND_TYPE_UNKNOWN']);
  });
});

describe('manual 六.8: nobody twice in the queue', () => {
  const eighteen = '990100199001010012';
  const fifteen = '990100900101001';

  it.each([
    [eighteen, eighteen],
    [eighteen, fifteen],
    [fifteen, eighteen],
    [fifteen, fifteen],
  ])('typed %s, queued %s', (idNumber, queued) => {
    const { entry, found } = check({ idNumber }, { queueIds: ['990100198512310020', queued] });
    expect(found).toContain('error idNumber DUPLICATE_IN_QUEUE');
    expect(entry).toBeUndefined();
  });

  it('is no duplicate of somebody else', () => {
    expect(check({}, { queueIds: ['990100198512310020', '990100851231002'] }).found).toEqual([]);
  });
});

describe('manual 六.9: nobody with an active account', () => {
  it('asks with 18 characters, whatever was typed', () => {
    const asked: string[] = [];
    const activeIds = (id: string) => {
      asked.push(id);
      return true;
    };
    expect(check({ idNumber: '990100900101001' }, { activeIds }).found).toEqual([
      'notice idNumber ID_FIFTEEN',
      'error idNumber ACCOUNT_ACTIVE',
    ]);
    expect(asked).toEqual(['990100199001010012']);
  });

  it('does not ask about a number that is not one', () => {
    const activeIds = () => {
      throw new Error('asked');
    };
    expect(check({ idNumber: '9901' }, { activeIds }).found).toEqual(['error idNumber ID_LENGTH']);
  });

  it('nor one whose 登记 is with the centre, asked with 18 characters', () => {
    const underReview = (id: string) => id === '990100199001010012';
    for (const idNumber of ['990100900101001', '990100199001010012']) {
      const { found } = check({ idNumber }, { underReview });
      expect(found.filter((one) => !one.startsWith('notice'))).toEqual([
        'error idNumber UNDER_REVIEW',
      ]);
    }
    expect(check({ idNumber: '990100198512310020' }, { underReview }).found).toEqual([]);
  });
});

describe('every issue', () => {
  const everyCode = [
    check({ fundType: '', name: '', idNumber: '', base: 'x', ratio: 'x' }),
    check({ name: '一二三四五六', idNumber: '９90100199001010013', base: '１', ratio: '99' }),
  ].flatMap((result) => result.issues);

  it('is found at once: all fields are looked at', () => {
    const { found } = check({ name: '', idNumber: '1', base: '0', ratio: 'x' });
    expect(found).toEqual([
      'error name NAME_EMPTY',
      'error idNumber ID_LENGTH',
      'error base BASE_NOT_POSITIVE',
      'error ratio RATIO_FORMAT',
    ]);
  });

  it('carries the value, the rule with its source and what to do next', () => {
    expect(everyCode.length).toBeGreaterThan(8);
    for (const issue of everyCode) {
      expect(issue.rule).toMatch(/（.*(手册|GB).*）$/);
      expect(issue.fix).toBe(catalogue[issue.code].next);
      expect(issueSchema.safeParse(issue).success).toBe(true);
    }
    expect(everyCode.find((issue) => issue.code === 'BASE_BELOW')?.value).toBe('１');
  });
});

describe('while typing', () => {
  it('says nothing about fields still empty and gives amounts as soon as it can', () => {
    const empty = { ...plain, name: '', idNumber: '', base: '', ratio: '' };
    const nothing = previewRegistration(empty, context);
    expect(Object.values(nothing.issues).flat()).toEqual([]);
    expect(nothing.amounts).toBeUndefined();
    expect(nothing.steps).toEqual([]);
    const partial = previewRegistration({ ...empty, base: '8000', ratio: '12' }, context);
    expect(Object.values(partial.issues).flat()).toEqual([]);
    expect(partial.amounts).toMatchObject({ base: 800_000, totalFen: 192_000 });
  });

  it('explains base, clamp, ratio and rounding', () => {
    const { steps, issues } = previewRegistration({ ...plain, base: '2000', ratio: '15' }, context);
    expect(steps).toEqual([
      '月均工资 2,000.00 元',
      '低于最低缴存基数，按 2,660.00 元计算',
      '录入的缴存比例 15% 调整为 12%',
      '单位 2,660.00 × 12% = 319.20，四舍五入到元为 319.00 元',
      '个人 2,660.00 × 12% = 319.20，四舍五入到元为 319.00 元',
      '月缴存额合计 638.00 元',
    ]);
    expect(issues.base.map((issue) => issue.code)).toEqual(['BASE_BELOW']);
    expect(issues.ratio.map((issue) => issue.code)).toEqual(['RATIO_RANGE']);
  });

  it('shows the exact share before rounding', () => {
    const { steps } = previewRegistration({ ...plain, base: '4366.67' }, context);
    expect(steps).toContain('单位 4,366.67 × 12% = 524.0004，四舍五入到元为 524.00 元');
  });

  it('explains the unit part alone for fund 11', () => {
    const { steps } = previewRegistration({ ...plain, fundType: '11', ratio: '20' }, context);
    expect(steps.some((line) => line.startsWith('个人'))).toBe(false);
    expect(steps.at(-1)).toBe('月缴存额合计 1,600.00 元');
  });

  it('agrees with the full check on every amount, and the amounts with the rule', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9_999_999 }),
        fc.integer({ min: 0, max: 30 }),
        fc.constantFrom('10', '11'),
        (wage, ratio, fundType) => {
          const typed = { ...plain, fundType, base: fenToPlain(toFen(wage)), ratio: String(ratio) };
          const { entry } = checkRegistration(typed, context);
          const { amounts } = previewRegistration(typed, context);
          expect(entry).toMatchObject(amounts ?? { amounts: 'absent' });
          if (!entry) throw new Error('no entry');
          expect(entry.base).toBe(clampBase(toFen(wage), policy2026));
          expect(entry.unitFen).toBe(shareOf(entry.base, entry.unitRatio, 'yuanHalfUp'));
          expect(entry.totalFen).toBe(addFen(entry.unitFen, entry.personalFen));
        },
      ),
      { seed, numRuns: 500 },
    );
  });

  it('answers within a keystroke beside a queue of 20,000', () => {
    const FRAME_MS = 16;
    const RUNS = 50;
    const queueIds = Array.from({ length: 20_000 }, (_, i) => `99010090010${1000 + (i % 9000)}`);
    const started = performance.now();
    for (let run = 0; run < RUNS; run += 1) {
      previewRegistration({ ...plain, idNumber: '990100198512310020' }, { ...context, queueIds });
    }
    expect((performance.now() - started) / RUNS).toBeLessThan(FRAME_MS);
  });

  it('never throws, whatever is typed', () => {
    const text = fc.string({ unit: 'binary', maxLength: 25 });
    const digits = fc.stringMatching(/^[0-9０-９xX .,-]{0,20}$/);
    const field = fc.oneof(text, digits);
    fc.assert(
      fc.property(
        fc.record({
          fundType: fc.constantFrom('10', '11', '', 'x'),
          name: text,
          idType: fc.constantFrom('01', '03', ''),
          idNumber: field,
          base: field,
          ratio: field,
        }),
        (typed) => {
          const { entry, issues } = checkRegistration(typed, context);
          expect(entry === undefined).toBe(issues.some((issue) => issue.severity !== 'notice'));
          for (const issue of issues) expect(issueSchema.safeParse(issue).success).toBe(true);
        },
      ),
      { seed, numRuns: 1500 },
    );
  });
});
