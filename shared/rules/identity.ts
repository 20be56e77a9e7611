import { isRealDate } from './dates.ts';
import type { CivilDate } from './dates.ts';
import { raise } from './issue.ts';
import type { Issue } from './issue.ts';
import { normaliseTyped } from './typed.ts';
import { rule } from './wording.ts';

/** Resident identity numbers, GB 11643: 18 characters, or the 15 digits of before 1999. */
const FIELD = 'idNumber';
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = '10X98765432';
/** Nobody alive was born earlier; a 15-digit number means 19xx by definition. */
const BIRTH_YEAR_MIN = 1900;

/** Half-width, without spaces and hyphens, a final x (also × and Cyrillic) as `X`. Any text is accepted. */
export function normaliseIdNumber(typed: string): string {
  return normaliseTyped(typed)
    .text.replace(/[\s\u2010-\u2015-]/g, '')
    .replace(/[x\u00d7\u0445\u0425]$/, 'X')
    .toUpperCase();
}

/** The 18th character for the first 17 digits. Throws unless there are exactly 17 digits. */
export function checkCharacter(digits: string): string {
  if (!/^\d{17}$/.test(digits)) throw new RangeError('a check character needs 17 digits');
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(digits.charAt(i)), 0);
  return CHECK_CHARACTERS.charAt(sum % 11);
}

/** A 15-digit number in its 18-digit form; anything else comes back normalised. */
export function toEighteen(id: string): string {
  const normal = normaliseIdNumber(id);
  if (!/^\d{15}$/.test(normal)) return normal;
  const digits = `${normal.slice(0, 6)}19${normal.slice(6)}`;
  return digits + checkCharacter(digits);
}

/** The same person: equal numbers, 15 digits and their 18-digit form counting as equal. */
export function samePerson(a: string, b: string): boolean {
  return toEighteen(a) === toEighteen(b);
}

/**
 * Checks length, characters, birth date (real, not in the future) and check character; not the area
 * code. A wrong check character alone is a matter for the counter (manual 六.1).
 */
export function checkIdNumber(typed: string, today: CivilDate): Issue[] {
  const id = normaliseIdNumber(typed);
  const found = (text: string) => ({ field: FIELD, value: typed, rule: text });
  if (id === '') return [raise('error', 'ID_EMPTY', found(rule.idRequired))];
  const shape: Issue[] = [];
  if (id.length !== 15 && id.length !== 18) {
    shape.push(raise('error', 'ID_LENGTH', found(rule.idLength(Array.from(id).length))));
  }
  if (!(id.length === 18 ? /^\d{17}[\dX]$/ : /^\d+$/).test(id)) {
    shape.push(raise('error', 'ID_CHARACTERS', found(rule.idCharacters)));
  }
  if (shape.length > 0) return shape;
  if (!isBirthDate(toEighteen(id).slice(6, 14), today)) {
    return [raise('error', 'ID_BIRTH_DATE', found(rule.idBirthDate))];
  }
  if (id.length === 15) return [raise('notice', 'ID_FIFTEEN', found(rule.idFifteen))];
  if (checkCharacter(id.slice(0, 17)) !== id.charAt(17)) {
    return [raise('counter', 'ID_CHECK', found(rule.idCheck))];
  }
  return [];
}

function isBirthDate(digits: string, today: CivilDate): boolean {
  const year = Number(digits.slice(0, 4));
  const month = Number(digits.slice(4, 6));
  const day = Number(digits.slice(6, 8));
  return (
    year >= BIRTH_YEAR_MIN && isRealDate(year, month, day) && digits <= today.replaceAll('-', '')
  );
}

/** `990100********0012`: enough to tell people apart on a screen others can see. */
export function maskIdNumber(id: string): string {
  if (id.length === 18) return `${id.slice(0, 6)}********${id.slice(14)}`;
  if (id.length === 15) return `${id.slice(0, 6)}******${id.slice(12)}`;
  const shown = Math.min(4, Math.floor(id.length / 3));
  return '*'.repeat(id.length - shown) + id.slice(id.length - shown);
}

/** `990100 19900101 0012`, the 15-digit form 6-6-3; what is typed so far while typing. */
export function groupIdNumber(id: string): string {
  const cuts = id.length === 15 ? [6, 12] : [6, 14];
  return [id.slice(0, cuts[0]), id.slice(cuts[0], cuts[1]), id.slice(cuts[1])]
    .filter((part) => part !== '')
    .join(' ');
}
