import { toFen } from '../../../shared/rules/money.ts';
import { toMonth } from '../../../shared/rules/months.ts';
import type { FundType, Policy } from '../../../shared/rules/policy.ts';

/**
 * Lowest and highest 缴存基数 per year from 1 July, in yuan. The pair of 2026 is a published one;
 * the others are demonstration values (`source: 'demo'` in the parameters).
 */
const boundsFromJuly: readonly (readonly [year: number, min: number, max: number])[] = [
  [2009, 960, 10_260],
  [2010, 1_100, 11_340],
  [2011, 1_310, 12_150],
  [2012, 1_310, 13_380],
  [2013, 1_470, 14_670],
  [2014, 1_650, 15_990],
  [2015, 1_860, 17_310],
  [2016, 1_860, 18_960],
  [2017, 1_860, 20_820],
  [2018, 2_010, 22_680],
  [2019, 2_010, 24_930],
  [2020, 2_010, 27_240],
  [2021, 2_280, 30_390],
  [2022, 2_280, 33_090],
  [2023, 2_490, 35_670],
  [2024, 2_490, 38_340],
  [2025, 2_490, 39_687],
  [2026, 2_660, 42_151],
];

/** One row per fund and year, whole yuan half up. */
export function policiesOf(fundTypes: readonly FundType[]): Policy[] {
  return fundTypes.flatMap((fundType) =>
    boundsFromJuly.map(([year, min, max]) => ({
      fundType,
      from: toMonth(year * 100 + 7),
      minBase: toFen(min * 100),
      maxBase: toFen(max * 100),
      rounding: 'yuanHalfUp' as const,
    })),
  );
}
