import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CentreDatabase, openCentreDatabase } from '../../../electron/demo/centre/database.ts';
import { policiesOf } from '../../../electron/demo/people/policies.ts';
import { ensureUnit } from '../../../electron/demo/people/seed.ts';
import { findAccount } from '../../../electron/demo/review/accounts.ts';
import type { Bench } from '../../../electron/demo/review/judgement.ts';
import { judgeMissedBackPay } from '../../../electron/demo/review/missed-back-pay.ts';
import { judgeShortfallBackPay } from '../../../electron/demo/review/shortfall-back-pay.ts';
import type { BackPayContext } from '../../../shared/rules/back-pay.ts';
import { rosterPersonSchema } from '../../../shared/rules/employee.ts';
import { checkMissedBackPay } from '../../../shared/rules/missed-back-pay.ts';
import { fenToPlain, roundings, toFen } from '../../../shared/rules/money.ts';
import { toMonth } from '../../../shared/rules/months.ts';
import { type UnitTerms, unitTermsSchema } from '../../../shared/rules/policy.ts';
import { checkShortfallBackPay } from '../../../shared/rules/shortfall-back-pay.ts';

/**
 * Two judges written apart: what the client lets through, with the amounts it computed, is what the
 * centre takes, and what the client refuses for its months, ratio or amount the centre refuses too.
 */
const UNIT = '9900000500';
const ACCOUNT = '990020000003';
const BUSINESS_MONTH = 202612;
let folder: string;
let db: CentreDatabase;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jct-judges-'));
  db = openCentreDatabase(folder);
  ensureUnit(db, UNIT, {
    ...{ minBase: 266_000, maxBase: 4_215_100, businessMonth: BUSINESS_MONTH },
    nowIso: '2026-11-25T02:00:00.000Z',
  });
});
afterAll(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

function meet(terms: UnitTerms) {
  const account = findAccount(db, UNIT, { personalAccount: ACCOUNT, fundType: '10' });
  if (!account) throw new Error('nobody');
  const { name, id18: idNumber, status, unitFen, personalFen, paid } = account;
  const person = rosterPersonSchema.parse({
    ...{ personalAccount: ACCOUNT, fundType: '10', name, idType: '01', idNumber, status },
    ...{ base: 266_000, unitRatio: 12, personalRatio: 12, unitFen, personalFen, paid },
  });
  const context: BackPayContext = {
    ...{ terms, businessMonth: toMonth(BUSINESS_MONTH), queue: [] },
    findPerson: (personalAccount, fundType) =>
      personalAccount === ACCOUNT && fundType === '10' ? person : undefined,
    isKnownUnderOtherFund: () => false,
  };
  const bench: Bench = {
    ...{ db, unit: UNIT, terms, today: '20261125', businessMonth: BUSINESS_MONTH },
  };
  const claim = { seq: 1, fundType: '10', personalAccount: ACCOUNT, name, idNumber } as const;
  return { context, bench, claim };
}

const terms = fc
  .tuple(fc.constantFrom(...roundings), fc.integer({ min: 5, max: 12 }), fc.boolean())
  .map(([rounding, ratio, isUniform]) =>
    unitTermsSchema.parse({
      ...{ ratioPolicy: isUniform ? 'uniform' : 'perEmployee', ratio, fundTypes: ['10', '11'] },
      policies: policiesOf(['10', '11']).map((policy) => ({ ...policy, rounding })),
      ...{ nameLimit: 5, ratioMin: 5, ratioMax: 12, subsidyRatioMin: 1, subsidyRatioMax: 25 },
    }),
  );
const month = fc
  .tuple(fc.integer({ min: 2008, max: 2027 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, number]) => year * 100 + number);
/** Mostly the gap of this person, else anything. */
const span = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom<[number, number]>(
      [202607, 202609],
      [202608, 202608],
      [202606, 202608],
    ),
  },
  { weight: 2, arbitrary: fc.tuple(month, month) },
);
const wage = fc.integer({ min: 1, max: 6_000_000 });
const ratio = fc.integer({ min: 4, max: 13 });

/** Codes of both sides but for notices. */
const codesOf = (issues: readonly { readonly code: string }[]) =>
  [...new Set(issues.map(({ code }) => code))].sort();

test('漏缴', () => {
  let taken = 0;
  const property = fc.property(terms, span, wage, ratio, (unit, [from, to], fen, percent) => {
    const { context, bench, claim } = meet(unit);
    const typed = {
      ...{ fundType: '10', personalAccount: ACCOUNT, from: String(from), to: String(to) },
      ...{ base: fenToPlain(toFen(fen)), ratio: String(percent) },
    };
    const { issues, entry } = checkMissedBackPay(typed, context);
    const amounts = entry ?? { unitFen: 1, personalFen: 1 };
    const item = {
      ...{ ...claim, from, to, wage: fen },
      ...{ unitRatio: percent, personalRatio: percent },
      ...{ unitFen: amounts.unitFen, personalFen: amounts.personalFen },
    };
    const order = {
      kind: 'missedBackPay',
      origin: 'single',
      businessMonth: BUSINESS_MONTH,
    } as const;
    const totals = { count: 1, fen: item.unitFen + item.personalFen };
    const found = codesOf(judgeMissedBackPay(bench, { ...order, totals, items: [item] }));
    if (entry) expect(found).toEqual([]);
    else compareRefusals(codesOf(issues.filter(isRefusal)), found);
    taken += entry ? 1 : 0;
  });
  fc.assert(property, { numRuns: 1_000 });
  expect(taken).toBeGreaterThan(100);
});

test('少缴', () => {
  let taken = 0;
  const property = fc.property(
    ...([terms, span, wage, wage, ratio, ratio] as const),
    (unit, [from, to], paidWage, dueWage, paidRatio, dueRatio) => {
      const { context, bench, claim } = meet(unit);
      const typed = {
        ...{ fundType: '10', personalAccount: ACCOUNT, from: String(from), to: String(to) },
        ...{ paidBase: fenToPlain(toFen(paidWage)), dueBase: fenToPlain(toFen(dueWage)) },
        ...{ paidRatio: String(paidRatio), dueRatio: String(dueRatio) },
      };
      const { issues, entry } = checkShortfallBackPay(typed, context);
      const { unitFen, personalFen } = entry ?? { unitFen: 1, personalFen: 1 };
      const item = {
        ...{ ...claim, from, to, paidWage, dueWage, paidRatio, dueRatio },
        ...{ unitFen, personalFen },
      };
      const kind = 'shortfallBackPay' as const;
      const order = { kind, origin: 'single', businessMonth: BUSINESS_MONTH } as const;
      const totals = { count: 1, fen: unitFen + personalFen };
      const found = codesOf(judgeShortfallBackPay(bench, { ...order, totals, items: [item] }));
      if (entry) expect(found).toEqual([]);
      else compareRefusals(codesOf(issues.filter(isRefusal)), found);
      taken += entry ? 1 : 0;
    },
  );
  fc.assert(property, { numRuns: 1_000 });
  expect(taken).toBeGreaterThan(100);
});

const isRefusal = ({ severity }: { readonly severity: string }) => severity !== 'notice';

/** The made-up amounts of a refused entry differ as well; the client may stop before it computes. */
function compareRefusals(client: readonly string[], centre: readonly string[]): void {
  const ofAmounts = new Set(['AMOUNT_MISMATCH', 'AMOUNT_NOT_POSITIVE']);
  const telling = (codes: readonly string[]) => codes.filter((code) => !ofAmounts.has(code));
  expect(telling(centre)).toEqual(telling(client));
  expect(centre.length).toBeGreaterThan(0);
}
