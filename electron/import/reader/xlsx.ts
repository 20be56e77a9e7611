import type { RawRow } from '../../../shared/batch/raw.ts';
import type { FileNotice } from '../../../shared/batch/rows.ts';
import { TEMPLATE_MARK_SHEET } from '../../../shared/batch/template-mark.ts';
import { PART_BYTES_MAX } from './limits.ts';
import { FileRefusal } from './refusal.ts';
import { readSheet, type SheetContent, type SheetTerms } from './sheet.ts';
import {
  choiceNotice,
  inOrderOfChoice,
  refuseWithoutSheet,
  SHEETS_TRIED_MAX,
  type SheetFit,
} from './sheet-choice.ts';
import { readStrings } from './strings.ts';
import { readFormats } from './styles.ts';
import { columnsNotice, macrosNotice, type Table } from './table.ts';
import { type FoundMark, markOfKeywords, markOfSheet } from './template-marks.ts';
import { readKeywords, readWorkbook, type SheetPlace, type Workbook } from './workbook.ts';
import type { ZipParts } from './zip.ts';

const MARK_ROWS_MAX = 10;

/** Reads an .xlsx or .xlsm: the parts of the workbook and the one sheet, nothing else. */
export async function readXlsx(parts: ZipParts, fits: SheetFit): Promise<Table> {
  const workbook = await readWorkbook(parts);
  const { stringsPart, stylesPart } = workbook;
  const terms: SheetTerms = {
    formatOf: await readFormats(parts, stylesPart),
    strings: stringsPart === undefined ? undefined : await readStrings(parts, stringsPart),
  };
  const mark = await findMark(parts, workbook, terms);
  const order = inOrderOfChoice(workbook.sheets, mark?.dataSheet ?? '');
  const { date1904 } = workbook;
  const isWanted = (place: SheetPlace, { rows, merges }: SheetContent) =>
    place.name === mark?.dataSheet || fits({ name: place.name, rows, merges, date1904 });
  const { place, content } = await chooseSheet(parts, order, terms, isWanted);
  const rest = order.filter((other) => other !== place);
  const others = mark ? [] : await namesWithContent(parts, rest, terms);
  const isMacro = parts.has('xl/vbaProject.bin');
  const notices: (FileNotice | undefined)[] = [
    choiceNotice(place.name, others),
    isMacro ? macrosNotice : undefined,
    content.isWider ? columnsNotice : undefined,
  ];
  return {
    format: isMacro ? 'xlsm' : 'xlsx',
    sheet: {
      name: place.name,
      rows: content.rows,
      merges: content.merges,
      date1904,
    },
    mark,
    notices: notices.filter((notice) => notice !== undefined),
  };
}

interface ReadPlace {
  readonly place: SheetPlace;
  readonly content: SheetContent;
}

/** Keeps the first with content alone while it looks further; one that cannot be read is refused. */
async function chooseSheet(
  parts: ZipParts,
  order: readonly SheetPlace[],
  terms: SheetTerms,
  isWanted: (place: SheetPlace, content: SheetContent) => boolean,
): Promise<ReadPlace> {
  let first: ReadPlace | undefined;
  let tried = 0;
  for (const place of order) {
    const chunks = parts.read(place.part, PART_BYTES_MAX.sheet);
    const content = await readSheet(place.name, chunks, terms);
    if (content.rows.length === 0) continue;
    if (isWanted(place, content)) return { place, content };
    first ??= { place, content };
    tried += 1;
    if (tried === SHEETS_TRIED_MAX) break;
  }
  return first ?? refuseWithoutSheet(order);
}

/** Only as far as the first row with content; a sheet that cannot be read so far is not counted. */
async function namesWithContent(
  parts: ZipParts,
  places: readonly SheetPlace[],
  terms: SheetTerms,
): Promise<string[]> {
  const names: string[] = [];
  for (const place of places) {
    if (await holdsAnything(parts, place, terms)) names.push(place.name);
  }
  return names;
}

async function findMark(
  parts: ZipParts,
  { sheets, corePart }: Workbook,
  terms: SheetTerms,
): Promise<FoundMark | undefined> {
  const place = sheets.find(({ name }) => name === TEMPLATE_MARK_SHEET);
  const rows = place ? await glance(parts, place, terms, MARK_ROWS_MAX) : [];
  const found = markOfSheet(rows);
  if (found || corePart === undefined || !parts.has(corePart)) return found;
  return markOfKeywords(await readKeywords(parts, corePart));
}

async function holdsAnything(
  parts: ZipParts,
  place: SheetPlace,
  terms: SheetTerms,
): Promise<boolean> {
  try {
    return (await glance(parts, place, terms, 1)).length > 0;
  } catch (error) {
    if (error instanceof FileRefusal) return false;
    throw error;
  }
}

async function glance(
  parts: ZipParts,
  place: SheetPlace,
  terms: SheetTerms,
  glanceRows: number,
): Promise<readonly RawRow[]> {
  const chunks = parts.read(place.part, PART_BYTES_MAX.sheet);
  return (await readSheet(place.name, chunks, { ...terms, glanceRows })).rows;
}
