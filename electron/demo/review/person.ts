/** The centre's own reading of identity numbers (GB 11643), apart from shared/rules. */
const REMAINDERS = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];

/** Weight of position i is 2^(17-i) mod 11: the same table as in the standard, from its definition. */
export function checkCharacterOf(seventeen: string): string {
  let sum = 0;
  for (const digit of seventeen) sum = (sum * 2 + Number(digit)) % 11;
  // after the last digit the check character still stands one place to the right
  return REMAINDERS[(sum * 2) % 11] ?? '';
}

/** 15 and 18 characters of one person give one text; anything else is left as it is. */
export function personOf(idNumber: string): string {
  if (!/^[0-9]{15}$/.test(idNumber)) return idNumber;
  const long = `${idNumber.slice(0, 6)}19${idNumber.slice(6)}`;
  return long + checkCharacterOf(long);
}

export type IdFault = 'ID_LENGTH' | 'ID_CHARACTERS' | 'ID_BIRTH_DATE' | 'ID_CHECK';

/** `today` is the centre's date, yyyyMMdd. */
export function findIdFault(idNumber: string, today: string): IdFault | undefined {
  if (idNumber.length !== 15 && idNumber.length !== 18) return 'ID_LENGTH';
  if (!/^(?:[0-9]{15}|[0-9]{17}[0-9X])$/.test(idNumber)) return 'ID_CHARACTERS';
  const long = personOf(idNumber);
  const birth = long.slice(6, 14);
  if (!isDate(birth) || birth > today) return 'ID_BIRTH_DATE';
  return checkCharacterOf(long.slice(0, 17)) === long.slice(17) ? undefined : 'ID_CHECK';
}

function isDate(yyyymmdd: string): boolean {
  const [year, month, day] = [0, 4, 6].map((at, i) => Number(yyyymmdd.slice(at, [4, 6, 8][i])));
  if (year === undefined || month === undefined || day === undefined || year < 1900) return false;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

export type NameFault = 'NAME_CHARACTERS' | 'NAME_TOO_LONG';

/** Planes 2 and 3 hold Chinese characters only, also those newer than the runtime's tables. */
const HAN = /[\p{Script=Han}\u{20000}-\u{3fffd}]/u;
const LATIN = /\p{Script=Latin}/u;

/** Chinese characters count one, · and spaces nothing, Latin letters half (rounded up together). */
export function findNameFault(name: string, limit: number): NameFault | undefined {
  let chinese = 0;
  let letters = 0;
  for (const character of name) {
    if (character === '·' || character === ' ') continue;
    if (HAN.test(character) || character === '〇') chinese += 1;
    else if (LATIN.test(character)) letters += 1;
    else if (!/\p{M}/u.test(character)) return 'NAME_CHARACTERS';
  }
  const hasEmptyPiece = name.split(/[· ]/).includes('');
  if (chinese + letters === 0 || hasEmptyPiece) return 'NAME_CHARACTERS';
  return chinese + Math.ceil(letters / 2) > limit ? 'NAME_TOO_LONG' : undefined;
}
