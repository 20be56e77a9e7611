import { expect, it } from 'vitest';
import type { MonthLine, MonthSide } from '../../../shared/ipc/month-close.ts';
import { sideText } from '../../../renderer/screens/month-close/lines.ts';

const money = { base: 800_000, unitFen: 31_900, personalFen: 31_900 };

function counterLine(moved: NonNullable<MonthSide['moved']>): MonthLine {
  const now = moved.after ?? moved.before ?? money;
  const side = { businessMonth: 202612, ...now, paidFen: 0, moved };
  return {
    ...{ number: 1, standing: 'onlyCentre', about: 'counter', personalAccount: '990041000001' },
    ...{ fundType: '10', name: '示例', oid: '', ours: null, centre: side },
  };
}

const textOf = (before: typeof money | null, after: typeof money | null) =>
  sideText(counterLine({ before, after }), 'centre');

it('says of a change at the counter how it was and what it became', () => {
  expect(textOf(money, { ...money, unitFen: 32_000 })).toBe('月缴存额 638.00 → 639.00');
  expect(textOf(money, { ...money, base: 810_000 })).toBe('缴存基数 8,000.00 → 8,100.00');
  expect(textOf(null, money)).toBe('转为正常，月缴存额 638.00');
});

it('does not show who stopped as somebody who pays', () => {
  expect(textOf(money, null)).toBe('转为停缴，原月缴存额 638.00');
  expect(sideText(counterLine({ before: money, after: null }), 'ours')).toBe('无');
});
