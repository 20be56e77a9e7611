import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkCharacterOf,
  findIdFault,
  findNameFault,
  personOf,
} from '../../../electron/demo/review/person.ts';
import { checkCharacter, checkIdNumber, toEighteen } from '../../../shared/rules/identity.ts';
import { checkName } from '../../../shared/rules/names.ts';

const TODAY = '20261125';

describe('identity number', () => {
  test('check characters: the vector of the standard and the synthetic examples', () => {
    expect(checkCharacterOf('34052419800101001')).toBe('X');
    expect(checkCharacterOf('99010019900101001')).toBe('2');
  });

  test('the same check character as the client, computed another way', () => {
    const digits = fc.stringMatching(/^[0-9]{17}$/);
    fc.assert(
      fc.property(digits, (seventeen) => {
        expect(checkCharacterOf(seventeen)).toBe(checkCharacter(seventeen));
      }),
    );
  });

  test('fifteen digits are the person of eighteen', () => {
    expect(personOf('340524800101001')).toBe('34052419800101001X');
    expect(personOf('340524800101001')).toBe(toEighteen('340524800101001'));
    expect(personOf('34052419800101001X')).toBe('34052419800101001X');
  });

  test.each([
    ['990100199001010012', undefined],
    ['990100900101001', undefined],
    ['990100200002290031', undefined],
    ['99010019000229001X', 'ID_BIRTH_DATE'],
    ['990100202611250010', 'ID_CHECK'],
    ['990100202611260010', 'ID_BIRTH_DATE'],
    ['990100199001010013', 'ID_CHECK'],
    ['990100199001', 'ID_LENGTH'],
    ['99010019900101001x', 'ID_CHARACTERS'],
    ['９90100199001010012', 'ID_CHARACTERS'],
  ])('%s: %s', (idNumber, fault) => {
    expect(findIdFault(idNumber, TODAY)).toBe(fault);
  });

  test('what the client lets through in its own normal form, the centre takes', () => {
    const birth = fc.date({
      min: new Date('1900-01-01T00:00:00Z'),
      max: new Date('2026-11-24T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(birth, fc.integer({ min: 0, max: 999 }), (date, order) => {
        const day = date.toISOString().slice(0, 10).replaceAll('-', '');
        const digits = `990100${day}${String(order).padStart(3, '0')}`;
        const idNumber = digits + checkCharacterOf(digits);
        expect(checkIdNumber(idNumber, '2026-11-25')).toEqual([]);
        expect(findIdFault(idNumber, TODAY)).toBeUndefined();
      }),
    );
  });
});

describe('name', () => {
  test.each([
    ['王芳', undefined],
    ['买买提·艾力', undefined],
    ['林𠮷', undefined],
    ['〇二三四五', undefined],
    ['Anna Li', undefined],
    ['一二三四五六', 'NAME_TOO_LONG'],
    ['Maximilian X', 'NAME_TOO_LONG'],
    ['', 'NAME_CHARACTERS'],
    ['·', 'NAME_CHARACTERS'],
    ['王·', 'NAME_CHARACTERS'],
    ['王  芳', 'NAME_CHARACTERS'],
    ['王1', 'NAME_CHARACTERS'],
    ['王芳!', 'NAME_CHARACTERS'],
  ])('%s: %s', (name, fault) => {
    expect(findNameFault(name, 5)).toBe(fault);
  });

  test('never refuses a name the client lets through', () => {
    const piece = fc.string({
      unit: fc.constantFrom(...Array.from('王芳𠮷〇aBé·· ')),
      maxLength: 9,
    });
    fc.assert(
      fc.property(piece, (name) => {
        if (checkName(name, name, 5).length === 0) expect(findNameFault(name, 5)).toBeUndefined();
      }),
      { numRuns: 3_000 },
    );
  });
});
