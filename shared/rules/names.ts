import { raise } from './issue.ts';
import type { Issue } from './issue.ts';
import { narrowAscii, removeInvisible, unifySpaces } from './typed.ts';
import type { Cleaned } from './typed.ts';
import { rule } from './wording.ts';

/** Names of people: kept as written, only the ways of typing the same name are made one. */
const FIELD = 'name';

/** Dots seen in place of the middle dot U+00B7 in names such as 买买提·艾力. */
const middleDots = /[\u2022\u2027\u30fb\uff65\u2219\u25cf\u22c5\uff0e\u16eb\u2e31\u00b7]/g;

/** Planes 2 and 3 hold nothing but Chinese characters; older engines do not know the newest of them. */
const CHINESE = String.raw`(?:(?=[\p{Lo}〇])\p{Script=Han}|[\u{20000}-\u{3fffd}])`;
const LETTER = String.raw`\p{Script=Latin}\p{M}*`;
const PIECE = `(?:${CHINESE}|${LETTER})+`;
const validName = new RegExp(`^${PIECE}(?:[· ]${PIECE})*$`, 'u');
const chineseCharacter = new RegExp(CHINESE, 'gu');
const latinLetter = new RegExp(LETTER, 'gu');
const dotBetweenChinese = new RegExp(`(${CHINESE})\\.(?=${CHINESE})`, 'gu');
const spaceBesideChinese = new RegExp(`(${CHINESE}) +| +(?=${CHINESE})`, 'gu');

/**
 * One way of writing a name: invisible characters gone, any middle dot as ·, full-width letters
 * half-width, spaces only between Latin words. Never NFKC: it would change rare characters.
 */
export function normaliseName(typed: string): Cleaned {
  const visible = unifySpaces(removeInvisible(typed)).replace(middleDots, '·').trim();
  const narrow = narrowAscii(visible);
  const text = narrow
    .replace(spaceBesideChinese, '$1')
    .replace(dotBetweenChinese, '$1·')
    .replace(/ *· */g, '·')
    .replace(/ {2,}/g, ' ');
  return { text, changed: text !== typed, fullWidth: narrow !== visible };
}

/**
 * Length as the centre counts it: by character, so an extension character such as 𠮷 is one;
 * · and spaces are left out; two Latin letters take the room of one Chinese character.
 */
export function nameLength(name: string): number {
  const chinese = name.match(chineseCharacter)?.length ?? 0;
  const letters = name.match(latinLetter)?.length ?? 0;
  return chinese + Math.ceil(letters / 2);
}

/** Checks a name that has been through `normaliseName`; `typed` is shown back to the clerk. */
export function checkName(name: string, typed: string, limit: number): Issue[] {
  const found = (text: string) => ({ field: FIELD, value: typed, rule: text });
  if (name === '') return [raise('error', 'NAME_EMPTY', found(rule.nameRequired))];
  if (!validName.test(name)) return [raise('error', 'NAME_CHARACTERS', found(rule.nameCharacters))];
  const length = nameLength(name);
  if (length > limit) {
    return [raise('counter', 'NAME_TOO_LONG', found(rule.nameLimit(limit, length)))];
  }
  return [];
}
