import type { UnitTerms } from '../../shared/rules/policy.ts';

/** Whether 资金性质 or 比例 can differ from one person to the next (manual 六.7, 十一(一)1). */
export function hasRatios(terms: UnitTerms): boolean {
  return terms.ratioPolicy === 'perEmployee' || terms.fundTypes.includes('11');
}
