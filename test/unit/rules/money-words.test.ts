import { describe, expect, it } from 'vitest';
import { capitalAmount } from '../../../shared/rules/money-words.ts';
import { toFen } from '../../../shared/rules/money.ts';

describe('人民币大写', () => {
  it.each([
    [0, '零元整'],
    [1, '壹分'],
    [10, '壹角整'],
    [15, '壹角伍分'],
    [100, '壹元整'],
    [105, '壹元零伍分'],
    [150, '壹元伍角整'],
    [192_000, '壹仟玖佰贰拾元整'],
    [100_100, '壹仟零壹元整'],
    [1_000_000, '壹万元整'],
    [1_000_100, '壹万零壹元整'],
    [10_050_000, '壹拾万零伍佰元整'],
    [105_000_000, '壹佰零伍万元整'],
    [131_988_000, '壹佰叁拾壹万玖仟捌佰捌拾元整'],
    [10_000_000_000, '壹亿元整'],
    [10_001_000_000, '壹亿零壹万元整'],
    [10_000_000_100, '壹亿零壹元整'],
    [123_456_789_012, '壹拾贰亿叁仟肆佰伍拾陆万柒仟捌佰玖拾元壹角贰分'],
  ])('%d fen', (fen, words) => {
    expect(capitalAmount(toFen(fen))).toBe(words);
  });

  it('never has two zeros in a row, nor one before a unit of four places', () => {
    for (let fen = 1; fen < 2_000_000_000; fen = fen * 3 + 7) {
      expect(capitalAmount(toFen(fen))).not.toMatch(/零零|零[万亿]|零元(?!整$)/);
    }
  });

  it('refuses a negative amount', () => {
    expect(() => capitalAmount(toFen(-1))).toThrow(RangeError);
  });
});
