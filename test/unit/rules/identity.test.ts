import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkCharacter,
  checkIdNumber,
  groupIdNumber,
  maskIdNumber,
  normaliseIdNumber,
  samePerson,
  toEighteen,
} from '../../../shared/rules/identity.ts';
import { seed } from './seed.ts';

const today = '2026-11-21';
const codes = (id: string, on = today) =>
  checkIdNumber(id, on).map((issue) => `${issue.severity} ${issue.code}`);

/** Digits of a person born 1900 to 1999, the only ones a 15-digit number can name. */
const fifteen = fc
  .tuple(
    fc.integer({ min: 100_000, max: 999_999 }),
    fc.date({
      min: new Date('1900-01-01T00:00:00Z'),
      max: new Date('1999-12-31T00:00:00Z'),
      noInvalidDate: true,
    }),
    fc.integer({ min: 0, max: 999 }),
  )
  .map(
    ([area, birth, order]) =>
      `${area}${birth.toISOString().slice(2, 10).replaceAll('-', '')}${String(order).padStart(3, '0')}`,
  );

describe('GB 11643: check character', () => {
  it('is X for 34052419800101001', () => {
    expect(checkCharacter('34052419800101001')).toBe('X');
  });

  it.each(['990100199001010012', '990100198512310020', '990100200002290031'])(
    'holds for %s',
    (id) => {
      expect(checkCharacter(id.slice(0, 17))).toBe(id.slice(17));
      expect(codes(id)).toEqual([]);
    },
  );

  it('satisfies the sum of ISO 7064 MOD 11-2, and notices any single wrong digit', () => {
    fc.assert(
      fc.property(fifteen, fc.nat(16), fc.integer({ min: 1, max: 9 }), (id, position, shift) => {
        const full = toEighteen(id);
        const remainder = Array.from(full).reduce(
          (rest, character) => (rest * 2 + (character === 'X' ? 10 : Number(character))) % 11,
          0,
        );
        expect(remainder).toBe(1);
        const wrong = String((Number(full.charAt(position)) + shift) % 10);
        const changed = full.slice(0, position) + wrong + full.slice(position + 1, 17);
        expect(checkCharacter(changed)).not.toBe(full.charAt(17));
      }),
      { seed },
    );
  });

  it('refuses to work on anything but 17 digits', () => {
    expect(() => checkCharacter('123')).toThrow(RangeError);
  });
});

describe('GB 11643: 15 digits and their 18-character form are the same person', () => {
  it('inserts 19 and appends the check character', () => {
    expect(toEighteen('340524800101001')).toBe('34052419800101001X');
  });

  it('holds for every number, in both directions, and for no other person', () => {
    fc.assert(
      fc.property(fifteen, fifteen, (a, b) => {
        expect(toEighteen(a)).toHaveLength(18);
        expect(toEighteen(toEighteen(a))).toBe(toEighteen(a));
        expect(samePerson(a, toEighteen(a))).toBe(true);
        expect(samePerson(toEighteen(a).toLowerCase(), a)).toBe(true);
        expect(samePerson(a, b)).toBe(a === b);
        expect(codes(toEighteen(a))).toEqual([]);
        expect(codes(a)).toEqual(['notice ID_FIFTEEN']);
      }),
      { seed, numRuns: 500 },
    );
  });
});

describe('manual 六.1 and 六.2: a number as typed', () => {
  it.each([
    ['', 'error ID_EMPTY'],
    ['   ', 'error ID_EMPTY'],
    ['9901001990010100', 'error ID_LENGTH'],
    ['9901001990010100123', 'error ID_LENGTH'],
    ['99010019900101O012', 'error ID_CHARACTERS'],
    ['X90100199001010012', 'error ID_CHARACTERS'],
    ['99010090010100X', 'error ID_CHARACTERS'],
    ['990100199002300016', 'error ID_BIRTH_DATE'],
    ['990100199013010016', 'error ID_BIRTH_DATE'],
    ['990100190002290016', 'error ID_BIRTH_DATE'],
    ['990100189912310016', 'error ID_BIRTH_DATE'],
    ['990100202611220016', 'error ID_BIRTH_DATE'],
    ['990100199001010013', 'counter ID_CHECK'],
    ['99010019900101001X', 'counter ID_CHECK'],
  ])('%j: %s', (id, expected) => {
    expect(codes(id)).toEqual([expected]);
  });

  it('names a wrong length and wrong characters at once', () => {
    expect(codes('99A')).toEqual(['error ID_LENGTH', 'error ID_CHARACTERS']);
  });

  it('takes a person born today, not one born tomorrow', () => {
    const born = '99010020261121001';
    const id = born + checkCharacter(born);
    expect(codes(id, '2026-11-21')).toEqual([]);
    expect(codes(id, '2026-11-20')).toEqual(['error ID_BIRTH_DATE']);
  });

  it('does not check area codes', () => {
    const digits = '00000019900101001';
    expect(codes(digits + checkCharacter(digits))).toEqual([]);
  });

  it.each([
    ['34052419800101001x', '34052419800101001X'],
    ['３４０５２４１９８００１０１００１Ｘ', '34052419800101001X'],
    ['340524 19800101 001Х', '34052419800101001X'],
    ['\u200b340524\u00a019800101\u3000001ｘ\t', '34052419800101001X'],
    ['340524-19800101-001X', '34052419800101001X'],
  ])('normalises %j', (typed, expected) => {
    expect(normaliseIdNumber(typed)).toBe(expected);
    expect(codes(typed)).toEqual([]);
  });
});

describe('a number on the screen', () => {
  it('is masked but for area and the last four', () => {
    expect(maskIdNumber('990100199001010012')).toBe('990100********0012');
    expect(maskIdNumber('990100900101001')).toBe('990100******001');
    expect(maskIdNumber('12345')).toBe('****5');
    expect(maskIdNumber('')).toBe('');
  });

  it('is grouped 6-8-4, while typing as far as it goes', () => {
    expect(groupIdNumber('990100199001010012')).toBe('990100 19900101 0012');
    expect(groupIdNumber('990100900101001')).toBe('990100 900101 001');
    expect(groupIdNumber('99010019')).toBe('990100 19');
    expect(groupIdNumber('')).toBe('');
  });
});
