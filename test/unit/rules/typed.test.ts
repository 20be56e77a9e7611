import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkName, nameLength, normaliseName } from '../../../shared/rules/names.ts';
import { hasInnerSpace, normaliseTyped, typedTextSchema } from '../../../shared/rules/typed.ts';
import { seed } from './seed.ts';

describe('typed numbers and codes', () => {
  it.each([
    ['８０００．５０', '8000.50', true],
    ['8000。50', '8000.50', true],
    ['８，０００', '8,000', true],
    ['１２％', '12%', true],
    ['－５', '-5', true],
    ['\u221212', '-12', true],
    ['ＡＢｃ', 'ABc', true],
    ['\ufeff80\u200b00\u00a0', '8000', false],
    ['\u30008000\u3000', '8000', false],
    ['80\u202e00\u00ad', '8000', false],
    ['8000', '8000', false],
  ])('%j becomes %j', (typed, text, fullWidth) => {
    expect(normaliseTyped(typed)).toEqual({ text, changed: typed !== text, fullWidth });
  });

  it('is stable: cleaned text is not changed again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (typed) => {
        const once = normaliseTyped(typed).text;
        expect(normaliseTyped(once)).toEqual({ text: once, changed: false, fullWidth: false });
      }),
      { seed, numRuns: 2000 },
    );
  });
});

describe('spaces between characters', () => {
  it.each(['80 00', '80\u00a000', '８０\u300000', '8 000.00', '80\t00', '80\u202f00'])(
    'are seen in %j',
    (typed) => {
      expect(hasInnerSpace(typed)).toBe(true);
    },
  );

  it.each(['8000', ' 8000 ', '\u30008000\u3000', '80\u200b00', '\ufeff8000', ' ', ''])(
    'are not seen in %j',
    (typed) => {
      expect(hasInnerSpace(typed)).toBe(false);
    },
  );
});

describe('the longest text that is taken between processes', () => {
  it('is 200 characters, a rare one counting one', () => {
    expect(typedTextSchema.safeParse('𠮷'.repeat(200)).success).toBe(true);
    expect(typedTextSchema.safeParse('8'.repeat(201)).success).toBe(false);
  });
});

describe('names: one way of writing each', () => {
  it.each(['•', '‧', '・', '･', '∙', '●', '⋅', '．', '·', '.', ' · '])(
    'unifies the dot %j to ·',
    (dot) => {
      expect(normaliseName(`买买提${dot}艾力`).text).toBe('买买提·艾力');
    },
  );

  it.each([
    ['张　三', '张三'],
    [' 张 三 ', '张三'],
    ['张\u200b三\ufeff', '张三'],
    ['葛\u{e0100}某', '葛某'],
    ['ＡＬＩＣＥ  ＬＩ', 'ALICE LI'],
    ['𠮷某', '𠮷某'],
    ['﨑某', '﨑某'],
  ])('%j becomes %j', (typed, text) => {
    expect(normaliseName(typed).text).toBe(text);
  });

  it('is stable', () => {
    const piece = fc.constantFrom('张', '𠮷', '·', '.', ' ', '　', '・', 'A', 'é', '\u200b', 'Ｂ');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const once = normaliseName(pieces.join('')).text;
        expect(normaliseName(once).text).toBe(once);
      }),
      { seed, numRuns: 2000 },
    );
  });
});

describe('manual 六.1: length in Chinese characters, · left out, two letters for one', () => {
  it.each([
    ['张三', 2],
    ['𠮷某某', 3],
    ['\u{32000}某', 2],
    ['买买提·艾力', 5],
    ['一二三四五六', 6],
    ['JOHN LI', 3],
    ['ANNE', 2],
    ['ANNAB', 3],
    ['阿Q', 2],
    ['ALEXANDER·M', 5],
    ['', 0],
  ])('%j counts %i', (name, length) => {
    expect(nameLength(name)).toBe(length);
  });

  const codes = (name: string, limit = 5) =>
    checkName(name, name, limit).map((issue) => `${issue.severity} ${issue.code}`);

  it('takes five, sends six to the counter, and follows the limit the centre sends', () => {
    expect(codes('买买提·艾力')).toEqual([]);
    expect(codes('𠮷𠮷𠮷𠮷𠮷')).toEqual([]);
    expect(codes('一二三四五六')).toEqual(['counter NAME_TOO_LONG']);
    expect(codes('一二三四五六', 6)).toEqual([]);
    expect(codes('', 5)).toEqual(['error NAME_EMPTY']);
  });

  it('names the two letters for one in the rule', () => {
    const [issue] = checkName('JOHN HAMILTON', 'JOHN HAMILTON', 5);
    expect(issue?.rule).toContain('两个字母按一个汉字计，现为6个');
  });

  it.each([
    '张3',
    '张三!',
    '⽟某',
    '\ue000某',
    '张\ufffd',
    '张\ud842',
    '·张三',
    '张三·',
    '张··三',
    '张/三',
    '々某',
  ])('refuses %j', (name) => {
    expect(codes(name)).toEqual(['error NAME_CHARACTERS']);
  });

  it.each(['张三', '〇某', '𠮷某', '﨑某', '阿Q', 'JOSÉ LI'])('takes %s', (name) => {
    expect(codes(name, 10)).toEqual([]);
  });
});
