import { pinyin } from 'pinyin-pro';
import { toEighteen } from '../../../shared/rules/identity.ts';
import { narrowAscii, removeInvisible } from '../../../shared/rules/typed.ts';
import type { RosterRow } from '../../../shared/wire/roster.ts';

const ignored = /[\s'’\u00b7\u2022\u2027\u30fb\uff65\u2219\u22c5\uff0e]/gu;

/**
 * How text is compared in a search, on both sides: half-width, lower case, no spaces, middle dots
 * or apostrophes. So `ZHANG san`, `zhangsan` and `买买提艾力` find what they mean.
 */
export function foldSearch(text: string): string {
  return narrowAscii(removeInvisible(text)).replace(ignored, '').toLowerCase().normalize('NFC');
}

/** Resident numbers by their 18-character form: the same person, the same key. */
export function personKey(idType: string, idNumber: string): string {
  return idType === '01' ? toEighteen(idNumber) : idNumber.toUpperCase();
}

/** The fields a search looks into, already folded. */
export const searchFields = ['account', 'id', 'name', 'pinyin', 'initials'] as const;
export type SearchField = (typeof searchFields)[number];

/** Parts a match may not run across. */
export const PART_SEPARATOR = '\n';

export interface SearchableRow {
  readonly personal_account: string;
  readonly id_number: string;
  readonly id_key: string;
  readonly name: string;
  readonly pinyin: string;
  readonly initials: string;
}

export function foldedField(row: SearchableRow, field: SearchField): string {
  switch (field) {
    case 'account':
      return row.personal_account;
    case 'id': {
      const id = foldSearch(row.id_number);
      const key = foldSearch(row.id_key);
      return id === key ? id : id + PART_SEPARATOR + key;
    }
    case 'name':
      return foldSearch(row.name);
    case 'pinyin':
      return row.pinyin;
    case 'initials':
      return row.initials;
  }
}

export interface Reading {
  readonly pinyin: string;
  readonly initials: string;
}

const latinStart = /^\p{Script=Latin}/u;

/** Reads names aloud, surnames as surnames (单 shàn, 曾 zēng); each different name once. */
export class NameReader {
  readonly #known = new Map<string, Reading>();

  read(name: RosterRow['name']): Reading {
    const known = this.#known.get(name);
    if (known) return known;
    const reading = readName(name);
    this.#known.set(name, reading);
    return reading;
  }
}

function readName(name: string): Reading {
  let full = '';
  let initials = '';
  for (const word of name.split(/[\s·]+/u)) {
    if (latinStart.test(word)) {
      full += word;
      initials += Array.from(word)[0] ?? '';
      continue;
    }
    const syllables = pinyin(word, {
      toneType: 'none',
      type: 'array',
      v: true,
      // only the first word can begin with a surname
      surname: full === '' ? 'head' : 'off',
    });
    full += syllables.join('');
    initials += syllables.map((syllable) => Array.from(syllable)[0] ?? '').join('');
  }
  return { pinyin: foldSearch(full), initials: foldSearch(initials) };
}
