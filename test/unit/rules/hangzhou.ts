import type { RosterPerson } from '../../../shared/rules/employee.ts';
import type { EntryContext } from '../../../shared/rules/entry.ts';
import type { RegistrationContext, RegistrationTyped } from '../../../shared/rules/registration.ts';
import { toFen } from '../../../shared/rules/money.ts';
import type { MissedBackPayTyped } from '../../../shared/rules/missed-back-pay.ts';
import { toMonth } from '../../../shared/rules/months.ts';
import type { Policy, UnitTerms } from '../../../shared/rules/policy.ts';
import type { ReductionTyped } from '../../../shared/rules/reduction.ts';
import type { ShortfallBackPayTyped } from '../../../shared/rules/shortfall-back-pay.ts';

/** The sourced pair of bounds: 2660 to 42151 yuan from July 2026, whole yuan half up. */
export const policy2026: Policy = {
  fundType: '10',
  from: toMonth(202607),
  minBase: toFen(266_000),
  maxBase: toFen(4_215_100),
  rounding: 'yuanHalfUp',
};

/** The bounds of the year before, as the practice centre has them. */
export const policy2025: Policy = {
  ...policy2026,
  from: toMonth(202507),
  minBase: toFen(249_000),
  maxBase: toFen(3_968_700),
};

const bothYears: readonly Policy[] = [
  policy2025,
  policy2026,
  { ...policy2025, fundType: '11' },
  { ...policy2026, fundType: '11' },
];

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

/** Paid January to March and again from June 2026. */
export const zhang: RosterPerson = {
  personalAccount: '990012345678',
  fundType: '10',
  name: '示例甲',
  idType: '01',
  idNumber: '990100199001010012',
  status: '01',
  base: toFen(800_000),
  unitRatio: 12,
  personalRatio: 12,
  unitFen: toFen(96_000),
  personalFen: toFen(96_000),
  paid: [
    [toMonth(202601), toMonth(202603)],
    [toMonth(202606), toMonth(202610)],
  ],
};

/** The same person's 补贴, never paid. */
export const zhangSubsidy: RosterPerson = {
  ...zhang,
  fundType: '11',
  personalRatio: 0,
  personalFen: toFen(0),
  paid: [],
};

/** 停缴, never paid. */
export const stopped: RosterPerson = {
  ...zhang,
  personalAccount: '990012340002',
  name: '示例乙',
  idNumber: '990100198512310020',
  status: '02',
  paid: [],
};

/** A context of all four kinds over a roster of these people. */
export function contextOver(
  roster: readonly RosterPerson[],
  changes: Partial<EntryContext> = {},
): EntryContext {
  return {
    terms: { ...perEmployee, policies: bothYears },
    businessMonth: toMonth(202611),
    today: '2026-11-10',
    mayLandNextMonth: false,
    queue: [],
    reasons: [
      { code: '03', label: '调出' },
      { code: '99', label: '其他' },
    ],
    findPerson: (account, fund) =>
      roster.find((person) => person.personalAccount === account && person.fundType === fund),
    isKnownUnderOtherFund: (account, fund) =>
      roster.some((person) => person.personalAccount === account && person.fundType !== fund),
    activeIds: () => false,
    ...changes,
  };
}

export const entryContext = contextOver([zhang, zhangSubsidy, stopped]);

/** Entries without anything to remark. */
export const plainReduction: ReductionTyped = {
  fundType: '10',
  personalAccount: '990012345678',
  reason: '03',
};

export const plainMissed: MissedBackPayTyped = {
  fundType: '10',
  personalAccount: '990012345678',
  from: '202604',
  to: '202605',
  base: '8000.00',
  ratio: '12',
};

export const plainShortfall: ShortfallBackPayTyped = {
  fundType: '10',
  personalAccount: '990012345678',
  from: '202606',
  to: '202607',
  paidBase: '8000.00',
  dueBase: '9000.00',
  paidRatio: '10',
  dueRatio: '12',
};
