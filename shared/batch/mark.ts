import { catalogue } from '../errors/catalogue.ts';
import type { Mark } from '../ipc/import.ts';
import type { Issue } from '../rules/issue.ts';
import { columnNames } from './columns.ts';
import type { BatchSheet } from './rows.ts';

/** `text` of a mark holds no more. */
const TEXT_CHARACTERS_MAX = 600;

/** What is written beside one faulty cell of the clerk's file. */
export function markOf(
  { row, field, code, value, rule, fix }: Issue & { readonly row: number },
  sheet: BatchSheet,
): Mark {
  const column = columnNames.find((name) => name === field);
  const letters = (column && sheet.letters[column]) ?? '';
  const heading = (column && sheet.headings[column]) ?? '';
  const said = [catalogue[code].text, rule, fix].filter((part) => part !== '').map(closed);
  const text = `${heading === '' ? '' : `${heading}：`}${said.join('')}`;
  return { row, column: letters, code, value, text: text.slice(0, TEXT_CHARACTERS_MAX) };
}

function closed(sentence: string): string {
  return /[。！？；]$/u.test(sentence) ? sentence : `${sentence}。`;
}
