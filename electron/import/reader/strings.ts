import {
  BLANK_STRINGS_MAX,
  CONTENT_CHARACTERS_MAX,
  PART_BYTES_MAX,
  STRINGS_MAX,
} from './limits.ts';
import { refuse } from './refusal.ts';
import { parseXml } from './xml.ts';
import type { ZipParts } from './zip.ts';

/** The texts of a workbook by number: runs of rich text joined, phonetic guides left out. */
export async function readStrings(parts: ZipParts, part: string): Promise<readonly string[]> {
  const strings: string[] = [];
  let text = '';
  let isText = false;
  let phonetic = 0;
  let characters = 0;
  let blank = 0;
  await parseXml('文字表', parts.read(part, PART_BYTES_MAX.strings), {
    open: (name) => {
      if (name === 'si') text = '';
      else if (name === 'rPh') phonetic += 1;
      else if (name === 't') isText = phonetic === 0;
    },
    text: (piece) => {
      if (!isText) return;
      text += piece;
      characters += piece.length;
      if (characters > CONTENT_CHARACTERS_MAX) refuse('FILE_LIMIT', '文件中的文字过多。');
    },
    close: (name) => {
      if (name === 't') isText = false;
      else if (name === 'rPh') phonetic -= 1;
      else if (name === 'si') {
        if (text === '') blank += 1;
        if (strings.length >= STRINGS_MAX || blank > BLANK_STRINGS_MAX)
          refuse('FILE_LIMIT', '文件中的文字过多。');
        strings.push(unescapeText(text));
      }
    },
  });
  return strings;
}

/** `_x000D_` and the like stand for characters XML cannot hold. */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
