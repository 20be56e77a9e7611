import {
  codeTableSchema,
  type Parameters,
  parametersSchema,
} from '../../../shared/wire/parameters.ts';
import { fundTypeSchema, type UnitTerms, unitTermsSchema } from '../../../shared/rules/policy.ts';
import { policiesOf } from '../people/policies.ts';
import { toMonth } from '../../../shared/rules/months.ts';
import { readDay } from '../review/calendar.ts';
import type { Centre } from './centre.ts';
import { listRows } from './database.ts';
import { noticesOf } from './notices.ts';
import { hashOf } from './seal.ts';

const NAME_LIMIT = 5;
const RESULTS_POLL_SECONDS = 3;

export const reductionReasons = codeTableSchema.parse([
  { code: '01', label: '离休' },
  { code: '02', label: '退休' },
  { code: '03', label: '调出' },
  { code: '04', label: '辞职' },
  { code: '05', label: '解聘' },
  { code: '06', label: '辞退' },
  { code: '07', label: '开除' },
  { code: '08', label: '死亡' },
  { code: '09', label: '合同终止' },
  { code: '99', label: '其他' },
]);

const idTypes = codeTableSchema.parse([
  { code: '01', label: '身份证' },
  { code: '02', label: '军官证' },
  { code: '03', label: '护照' },
  { code: '04', label: '外国人永久居留证' },
  { code: '99', label: '其他' },
]);

export interface UnitRow {
  readonly account: string;
  readonly name: string;
  readonly ratio_policy: 'uniform' | 'perEmployee';
  readonly ratio: number;
  readonly fund_types: string;
  readonly roster_version: number;
}

export function findUnit(centre: Centre, account: string): UnitRow | undefined {
  return listRows<UnitRow>(
    centre.db,
    'SELECT account, name, ratio_policy, ratio, fund_types, roster_version FROM unit WHERE account = ?',
    account,
  )[0];
}

/** The centre's own words on one unit's entries. */
export function termsOf(unit: UnitRow): UnitTerms {
  const fundTypes = fundTypeSchema.array().parse(JSON.parse(unit.fund_types));
  return unitTermsSchema.parse({
    ratioPolicy: unit.ratio_policy,
    ratio: unit.ratio,
    fundTypes,
    policies: policiesOf(fundTypes),
    nameLimit: NAME_LIMIT,
    ratioMin: 5,
    ratioMax: 12,
    subsidyRatioMin: 1,
    subsidyRatioMax: 25,
    backPayNoticeMonths: 12,
  });
}

/**
 * What holds for a unit now. The version goes up exactly when the content changes, also when the
 * business month does, so an order computed on other terms is told apart by its number alone.
 */
export function currentParameters(centre: Centre, unit: UnitRow, nowMs: number): Parameters {
  const { businessMonth } = readDay(nowMs, centre.filing);
  const known = centre.parameters.get(unit.account);
  if (known?.businessMonth === businessMonth) return known;
  const made = makeParameters(centre, unit, businessMonth);
  centre.parameters.set(unit.account, made);
  return made;
}

function makeParameters(centre: Centre, unit: UnitRow, businessMonth: number): Parameters {
  const content = {
    source: 'demo',
    terms: termsOf(unit),
    filing: centre.filing,
    businessMonth,
    reductionReasons,
    idTypes,
    notices: noticesOf(toMonth(businessMonth), centre.filing),
    resultsPollSeconds: RESULTS_POLL_SECONDS,
  };
  const text = JSON.stringify(content);
  const version = versionOf(centre, unit.account, text);
  return parametersSchema.parse({ version, ...content });
}

function versionOf(centre: Centre, unit: string, content: string): number {
  const hash = hashOf(content);
  const last = listRows<{ version: number; hash: string }>(
    centre.db,
    'SELECT version, hash FROM parameters WHERE unit = ? ORDER BY version DESC LIMIT 1',
    unit,
  )[0];
  if (last?.hash === hash) return last.version;
  const version = (last?.version ?? 0) + 1;
  centre.db
    .prepare('INSERT INTO parameters (unit, version, hash, content) VALUES (?, ?, ?, ?)')
    .run(unit, version, hash, content);
  return version;
}
