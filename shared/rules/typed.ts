import { z } from 'zod';

export const TYPED_LENGTH_MAX = 200;

/** One field as the clerk typed it. */
export const typedTextSchema = z
  .string()
  .refine((text) => countCharacters(text) <= TYPED_LENGTH_MAX, 'is too long');

/** A rare character counts one, as it looks. */
export function countCharacters(text: string): number {
  return Array.from(text).length;
}

/** What came of cleaning typed text. */
export interface Cleaned {
  readonly text: string;
  /** The text differs from what was typed. */
  readonly changed: boolean;
  /** Full-width digits, letters or punctuation became half-width: worth telling the clerk. */
  readonly fullWidth: boolean;
}

const FULL_WIDTH_OFFSET = 0xfee0;

/** Zero-width and direction marks, BOM, soft hyphen, control characters, variation selectors. */
const invisible =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u{e0000}-\u{e01ef}]/gu;

/** Spaces that come with copied text and never mean anything. */
const hardSpaces = /[\u00a0\u2007\u202f]/g;
const otherSpaces = /[\t\n\r\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]/g;

export function removeInvisible(text: string): string {
  return text.replace(invisible, '').replace(hardSpaces, '');
}

/** Full-width forms of ASCII to ASCII; nothing else is touched. */
export function narrowAscii(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (character) =>
    String.fromCharCode(character.charCodeAt(0) - FULL_WIDTH_OFFSET),
  );
}

/** A space of any kind that shows between characters. */
export function hasInnerSpace(typed: string): boolean {
  return /\S\s+\S/u.test(typed.replace(invisible, ''));
}

export function unifySpaces(text: string): string {
  return text.replace(otherSpaces, ' ');
}

/**
 * Cleans text meant for numbers and codes: full-width digits, letters and punctuation (also 。 as a
 * point and the minus sign) to half-width, any space to a plain one, zero-width characters and
 * no-break spaces removed, ends trimmed. Not for names: see `normaliseName`.
 */
export function normaliseTyped(typed: string): Cleaned {
  const visible = unifySpaces(removeInvisible(typed)).trim();
  const text = narrowAscii(visible).replaceAll('。', '.').replaceAll('\u2212', '-');
  return { text, changed: text !== typed, fullWidth: text !== visible };
}
