import { errorCodes } from '../../../shared/errors/catalogue.ts';
import { wireCodes } from '../../../shared/wire/codes.ts';
import { diagnostics as words } from '../../text/diagnostics.ts';

const known: ReadonlySet<string> = new Set([...errorCodes, ...Object.keys(wireCodes)]);

/**
 * Diagnostics go to a help desk by mail or chat. What is free text at its source (a driver's words,
 * a path, a name in a certificate) may hold a person's name or number, so nothing of it is passed on
 * but what has one of these shapes; all else becomes 〔略〕.
 */

/** `1234567890` → `12******90`; anything short is hidden whole. */
export function maskEnds(text: string, shown = 2): string {
  const plain = /^[0-9A-Za-z]+$/.test(text);
  if (!plain || text.length < shown * 2 + 4) return text === '' ? '' : words.hidden;
  return text.slice(0, shown) + '*'.repeat(text.length - shown * 2) + text.slice(-shown);
}

const VERSION = /^\d{1,4}(?:\.\d{1,5}){0,4}(?:-(?:alpha|beta|rc)(?:\.\d{1,3})?)?/;

/** A version, without what a maker hangs on to it. */
export function versionText(text: string): string {
  if (text === '') return '';
  const [version = ''] = VERSION.exec(text) ?? [];
  const rest = text.slice(version.length);
  return version === '' || /^[\p{L}\p{N}]/u.test(rest) ? words.hidden : version;
}

/** One of the words that can stand there. */
export function oneOf(text: string, known: readonly string[]): string {
  return text === '' || known.includes(text) ? text : words.hidden;
}

/** So many digits in a row are a person's number, an account or a telephone. */
const LONG_NUMBER = /\d{6}/;
const HOST = /^(?=.{1,253}$)[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)+$|^localhost$/;

/** A host name or address. */
export function hostName(text: string): string {
  return HOST.test(text) && !LONG_NUMBER.test(text) ? text : words.hidden;
}

/** Makers and products of keys and drivers: these words pass, and numbers of few digits. */
const PRODUCT_WORDS = new Set(
  `softhsm slot token id pkcs pkcs11 cryptoki library implementation of v1 v2 v3 usb key ukey reader
  smart card smartcard ccid virtual pcsc pc sc hid device module provider generic feitian ft epass
  watchdata watchsafe longmai mtoken gm3000 hdzb haitai ccb icbc abc boc hs sd interface driver
  minidriver csp middleware security project`.split(/\s+/),
);

/** What a driver says of itself: its known words; a word that may be a name is left out. */
export function productText(text: string): string {
  if (text === '') return '';
  const known = text
    .split(/[^\p{L}\p{N}.]+/u)
    .filter(
      (word) => PRODUCT_WORDS.has(word.toLowerCase()) || /^v?\d{1,4}(\.\d{1,4})*$/i.test(word),
    );
  return known.length > 0 ? known.join(' ') : words.hidden;
}

const LIBRARY_FILE = /^[0-9A-Za-z._-]{1,60}\.(dll|so|dylib)(\.\d{1,3})*$/;
/** Where drivers are installed by everybody; a folder of one's own is left out. */
const COMMON_FOLDERS = /^(\/usr\/|\/opt\/|\/lib|[A-Z]:\\(Windows|Program Files( \(x86\))?)\\)/i;

/** The driver's file, with its folder where that is a common one. */
export function libraryPath(path: string): string {
  if (path === '') return '';
  const parts = path.split(/[\\/]/);
  const file = parts.at(-1) ?? '';
  if (!LIBRARY_FILE.test(file) || LONG_NUMBER.test(file)) return words.hidden;
  const [, root = ''] = COMMON_FOLDERS.exec(path) ?? [];
  return root === '' ? `${words.hidden}${file}` : `${root}…${file}`;
}

/** A code of the catalogue or of the centre. */
export function codeText(code: string): string {
  return known.has(code) ? code : words.hidden;
}
