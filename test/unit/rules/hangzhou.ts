import type { RegistrationContext, RegistrationTyped } from '../../../shared/rules/registration.ts';
import { toFen } from '../../../shared/rules/money.ts';
import { toMonth } from '../../../shared/rules/months.ts';
import type { Policy, UnitTerms } from '../../../shared/rules/policy.ts';

/** The sourced pair of bounds: 2660 to 42151 yuan from July 2026, whole yuan half up. */
export const policy2026: Policy = {
  fundType: '10',
  from: toMonth(202607),
  minBase: toFen(266_000),
  maxBase: toFen(4_215_100),
  rounding: 'yuanHalfUp',
};

export const perEmployee: UnitTerms = {
  ratioPolicy: 'perEmployee',
  ratio: 12,
  fundTypes: ['10', '11'],
  policies: [policy2026, { ...policy2026, fundType: '11' }],
  nameLimit: 5,
  ratioMin: 5,
  ratioMax: 12,
  subsidyRatioMin: 1,
  subsidyRatioMax: 25,
};

export const uniformAtEight: UnitTerms = { ...perEmployee, ratioPolicy: 'uniform', ratio: 8 };

export const context: RegistrationContext = {
  terms: perEmployee,
  businessMonth: toMonth(202612),
  today: '2026-11-21',
  queueIds: [],
  activeIds: () => false,
};

/** An entry without anything to remark. */
export const plain: RegistrationTyped = {
  fundType: '10',
  name: '示例甲',
  idType: '01',
  idNumber: '990100199001010012',
  base: '8000.00',
  ratio: '12',
};
