import { toFen } from '../../../shared/rules/money.ts';
import { toMonth } from '../../../shared/rules/months.ts';
import { parametersSchema } from '../../../shared/wire/parameters.ts';
import type { Parameters } from '../../../shared/wire/parameters.ts';

/** Parameters of one practice unit; not the centre's own, so that a mistake there shows here. */
export function makeParameters(change: Partial<Parameters> = {}): Parameters {
  const bounds = { from: toMonth(202607), minBase: toFen(266_000), maxBase: toFen(4_215_100) };
  return parametersSchema.parse({
    version: 1,
    source: 'demo',
    terms: {
      ratioPolicy: 'uniform',
      ratio: 12,
      fundTypes: ['10', '11'],
      policies: [
        { ...bounds, fundType: '10', rounding: 'yuanHalfUp' },
        { ...bounds, fundType: '11', rounding: 'yuanHalfUp' },
      ],
      nameLimit: 5,
      ratioMin: 5,
      ratioMax: 12,
      subsidyRatioMin: 1,
      subsidyRatioMax: 25,
    },
    filing: {
      openTime: '09:00',
      closeTime: '16:30',
      calendar: [],
      calendarThrough: '2026',
    },
    businessMonth: 202612,
    reductionReasons: [{ code: '02', label: '退休' }],
    idTypes: [{ code: '01', label: '身份证' }],
    notices: [],
    resultsPollSeconds: 30,
    ...change,
  });
}
