import type { FundType, RatioPolicy } from '../../../shared/rules/policy.ts';

/** The synthetic units a practice centre knows. Their people are made when a unit is first used. */
export interface PracticeUnit {
  readonly account: string;
  readonly name: string;
  readonly people: number;
  readonly ratioPolicy: RatioPolicy;
  /** The unit's own ratio; for perEmployee the most frequent one. */
  readonly ratio: number;
  readonly fundTypes: readonly FundType[];
  /** Digit that keeps its people's accounts and identity numbers apart from other units'. */
  readonly block: number;
}

export const practiceUnits: readonly PracticeUnit[] = [
  {
    account: '9900000030',
    name: '示例木器有限公司',
    people: 30,
    ratioPolicy: 'uniform',
    ratio: 8,
    fundTypes: ['10'],
    block: 1,
  },
  {
    account: '9900000500',
    name: '示例机电有限公司',
    people: 500,
    ratioPolicy: 'uniform',
    ratio: 12,
    fundTypes: ['10', '11'],
    block: 2,
  },
  {
    account: '9900005000',
    name: '示例纺织有限公司',
    people: 5_000,
    ratioPolicy: 'perEmployee',
    ratio: 8,
    fundTypes: ['10'],
    block: 3,
  },
  {
    account: '9900020000',
    name: '示例食品有限公司',
    people: 20_000,
    ratioPolicy: 'uniform',
    ratio: 12,
    fundTypes: ['10', '11'],
    block: 4,
  },
  {
    account: '9900100000',
    name: '示例制造有限公司',
    people: 100_000,
    ratioPolicy: 'uniform',
    ratio: 10,
    fundTypes: ['10'],
    block: 5,
  },
];

/** A unit is always there: people active in it are what other units' registrations fail on. */
export const NEIGHBOUR_UNIT = '9900000030';

export const PRACTICE_USER = '0001';
/** May look, may not submit or void. */
export const PRACTICE_READER = '0002';
export const PRACTICE_PASSWORD = '888888';
export const PRACTICE_PIN = '123456';

export function findPracticeUnit(account: string): PracticeUnit | undefined {
  return practiceUnits.find((unit) => unit.account === account);
}

/** In every unit this person's account is frozen, which shows only when a batch is processed. */
export const FROZEN_NUMBER = 11;
export const FROZEN_REASON = '个人账户已冻结，请到中心柜面办理。';

/** 个人客户号 of a unit's people, counted from 1. */
export function personalAccountOf({ block }: PracticeUnit, number: number): string {
  return `9900${block}${String(number).padStart(7, '0')}`;
}

/**
 * Two people whose 职工登记 fails, and only at the review, whoever files it:
 * `active` has a 正常 account with the neighbour unit; `held` is turned down by the reviewer.
 */
export const practiceFailures = {
  active: { name: '钱在册', idNumber: '990110198808088089' },
  held: {
    name: '赵待核',
    idNumber: '990109199006060606',
    reason: '姓名与证件号码核对不符，请核实后到中心柜面办理。',
  },
} as const;
