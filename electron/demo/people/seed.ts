import { scryptSync } from 'node:crypto';
import { PASSWORD_SCRYPT, passwordSalt } from '../../../shared/wire/session.ts';
import { type Transaction, transactionSchema } from '../../../shared/wire/envelope.ts';
import { submitTransactions } from '../../../shared/wire/orders.ts';
import { type CentreDatabase, listRows, transact } from '../centre/database.ts';
import { monthlyPart } from '../review/money.ts';
import { shiftMonth } from '../review/months.ts';
import { checkCharacterOf } from '../review/person.ts';
import { fixedNames, makeName } from './names.ts';
import { drawPaidMonths } from './paid-months.ts';
import { SeededRandom } from './random.ts';
import {
  findPracticeUnit,
  FROZEN_NUMBER,
  FROZEN_REASON,
  NEIGHBOUR_UNIT,
  personalAccountOf,
  practiceFailures,
  PRACTICE_PASSWORD,
  PRACTICE_READER,
  PRACTICE_USER,
  type PracticeUnit,
} from './units.ts';

const SCRYPT_MEMORY_BYTES_MAX = 64 * 1024 * 1024;
const SEALED_SHARE = 0.08;
const SUBSIDY_SHARE = 0.15;
const FIFTEEN_DIGITS_SHARE = 0.01;
const BOUND_SHARE = 0.03;
/** Everything that changes nothing. */
const readerRights = transactionSchema.options.filter(
  (tx) => tx !== 'WL2002' && !Object.values<Transaction>(submitTransactions).includes(tx),
);

export interface SeedTerms {
  /** Base bounds in force, fen. */
  readonly minBase: number;
  readonly maxBase: number;
  /** Month that is filed now; people are paid through the one before. */
  readonly businessMonth: number;
  readonly nowIso: string;
}

/**
 * Makes a practice unit with its clerks and people unless it is there; one transaction. False when
 * no such unit exists. The same account always gives the same people.
 */
export function ensureUnit(db: CentreDatabase, account: string, terms: SeedTerms): boolean {
  if (listRows(db, 'SELECT 1 FROM unit WHERE account = ?', account)[0]) return true;
  const unit = findPracticeUnit(account);
  if (!unit) return false;
  const passwords = [PRACTICE_USER, PRACTICE_READER].map((user) => passwordKey(unit.account, user));
  transact(db, () => {
    if (listRows(db, 'SELECT 1 FROM unit WHERE account = ?', account)[0]) return;
    db.prepare(
      'INSERT INTO unit (account, name, ratio_policy, ratio, fund_types, roster_version, made_at) VALUES (?, ?, ?, ?, ?, 1, ?)',
    ).run(
      unit.account,
      unit.name,
      unit.ratioPolicy,
      unit.ratio,
      JSON.stringify(unit.fundTypes),
      terms.nowIso,
    );
    const addClerk = db.prepare(
      'INSERT INTO clerk (unit, user, password_key, rights) VALUES (?, ?, ?, ?)',
    );
    addClerk.run(
      unit.account,
      PRACTICE_USER,
      passwords[0],
      JSON.stringify(transactionSchema.options),
    );
    addClerk.run(unit.account, PRACTICE_READER, passwords[1], JSON.stringify(readerRights));
    addPeople(db, unit, terms);
  });
  return true;
}

/** The neighbour unit and the held person, which make failures at the review (docs/wire.md). */
export function ensureFailures(db: CentreDatabase, terms: SeedTerms): void {
  ensureUnit(db, NEIGHBOUR_UNIT, terms);
  const { idNumber, reason } = practiceFailures.held;
  holdPerson(db, idNumber, reason);
}

function holdPerson(db: CentreDatabase, id18: string, reason: string): void {
  db.prepare('INSERT OR IGNORE INTO review_hold (id18, reason) VALUES (?, ?)').run(id18, reason);
}

function passwordKey(unit: string, user: string): Buffer {
  const { keyBytes, ...cost } = PASSWORD_SCRYPT;
  const salt = passwordSalt(unit, user);
  return scryptSync(PRACTICE_PASSWORD, salt, keyBytes, {
    ...cost,
    maxmem: SCRYPT_MEMORY_BYTES_MAX,
  });
}

interface Person {
  readonly name: string;
  readonly idNumber: string;
  readonly id18: string;
  readonly status: '01' | '02';
}

function addPeople(db: CentreDatabase, unit: PracticeUnit, terms: SeedTerms): void {
  const random = new SeededRandom(`unit ${unit.account}`);
  const taken = new Set<string>();
  const insert = db.prepare(
    `INSERT INTO employee (unit, personal_account, fund_type, name, id_type, id_number, id18, status,
       base, unit_ratio, personal_ratio, unit_fen, personal_fen, opened_month, paid, version)
     VALUES (?, ?, ?, ?, '01', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)`,
  );
  const isActiveElsewhere = db.prepare(
    "SELECT 1 FROM employee WHERE id18 = ? AND status = '01' AND removed = 0",
  );
  for (let number = 1; number <= unit.people; number += 1) {
    const drawn = drawPerson(random, unit, number, taken);
    const isElsewhere = isActiveElsewhere.get(drawn.id18) !== undefined;
    const person: Person = isElsewhere ? { ...drawn, status: '02' } : drawn;
    const account = personalAccountOf(unit, number);
    const base = drawBase(random, number, terms);
    const opened = drawOpening(random, person, terms.businessMonth);
    const through =
      person.status === '01'
        ? shiftMonth(terms.businessMonth, -1)
        : Math.max(opened, shiftMonth(terms.businessMonth, -random.whole(2, 60)));
    const paid = JSON.stringify(drawPaidMonths(account, number, opened, through));
    const ratio =
      unit.ratioPolicy === 'uniform' ? unit.ratio : random.pick([5, 7, 8, 8, 8, 10, 12]);
    const subsidyRatio = random.whole(3, 15);
    const hasSubsidy = random.chance(SUBSIDY_SHARE) && unit.fundTypes.includes('11');
    const add = (fund: string, unitRatio: number, personalRatio: number) => {
      const { name, idNumber, id18, status } = person;
      insert.run(
        ...[unit.account, account, fund, name, idNumber, id18, status, base],
        ...[unitRatio, personalRatio],
        monthlyPart(base, unitRatio, 'yuanHalfUp'),
        monthlyPart(base, personalRatio, 'yuanHalfUp'),
        ...[opened, paid],
      );
    };
    add('10', ratio, ratio);
    if (hasSubsidy) add('11', subsidyRatio, 0);
    if (number === FROZEN_NUMBER) holdPerson(db, person.id18, FROZEN_REASON);
  }
}

function drawPerson(
  random: SeededRandom,
  unit: PracticeUnit,
  number: number,
  taken: Set<string>,
): Person {
  const birthYear = random.whole(1964, 2004);
  const name = fixedNames[number - 1] ?? makeName(random, birthYear);
  const id18 = drawIdNumber(random, unit.block, birthYear, taken);
  const isFifteen = birthYear < 1980 && random.chance(FIFTEEN_DIGITS_SHARE * 2.5);
  const isSealed =
    number === fixedNames.length || (random.chance(SEALED_SHARE) && number !== FROZEN_NUMBER);
  const { active } = practiceFailures;
  if (unit.account === NEIGHBOUR_UNIT && number === unit.people) {
    return { name: active.name, idNumber: active.idNumber, id18: active.idNumber, status: '01' };
  }
  return {
    name,
    idNumber: isFifteen ? id18.slice(0, 6) + id18.slice(8, 17) : id18,
    id18,
    status: isSealed ? '02' : '01',
  };
}

/** Area 9901xx with a first digit per unit: the blocks never meet, nor does any real area code. */
function drawIdNumber(
  random: SeededRandom,
  block: number,
  birthYear: number,
  taken: Set<string>,
): string {
  for (;;) {
    const area = `9901${block}${random.whole(1, 9)}`;
    const day = String(random.whole(1, 12) * 100 + random.whole(1, 28)).padStart(4, '0');
    const order = String(random.whole(1, 999)).padStart(3, '0');
    const digits = `${area}${birthYear}${day}${order}`;
    if (taken.has(digits)) continue;
    taken.add(digits);
    return digits + checkCharacterOf(digits);
  }
}

/** Wages spread as wages do; a few stand at a bound because they were clamped to it. */
function drawBase(random: SeededRandom, number: number, terms: SeedTerms): number {
  const kind = random.fraction();
  const wage = Math.round(Math.exp(Math.log(8_200) + random.normal() * 0.5) * 100);
  const fen = random.chance(0.6) ? Math.round(wage / 10_000) * 10_000 : wage;
  if (number === 1 || kind < BOUND_SHARE) return terms.minBase;
  if (number === 2 || kind < 2 * BOUND_SHARE) return terms.maxBase;
  return Math.min(Math.max(fen, terms.minBase), terms.maxBase);
}

function drawOpening(random: SeededRandom, person: Person, businessMonth: number): number {
  const first = Math.max(Number(person.id18.slice(6, 10)) + 20, 1995);
  const last = Math.max(Math.floor(businessMonth / 100) - 1, first);
  return random.whole(first, last) * 100 + random.whole(1, 12);
}
