import type { Failure, Result } from '../../shared/errors/result.ts';
import { fail } from '../../shared/errors/result.ts';
import type { DocumentRequest } from '../../shared/ipc/documents.ts';
import { EXPORT_PAGE_ROWS, EXPORT_ROWS_MAX } from '../../shared/ipc/export.ts';
import { ask, listen } from '../bridge.ts';
import type { Changed } from '../bridge.ts';
import type { ListCell } from '../parts/grid-head.tsx';
import { documents } from '../text/documents.ts';
import { countText } from '../text/numbers.ts';
import { output as words } from '../text/output.ts';
import { stampText } from '../text/time.ts';
import { readClock } from './centre-time.ts';
import { createStore } from './store.ts';
import { readUnit } from './window-status.ts';

/** What leaves the program: one at a time, and what came of the last. */
export type Output =
  | { readonly kind: 'idle' }
  | { readonly kind: 'busy'; readonly text: string; readonly cancel?: () => void }
  | { readonly kind: 'done'; readonly text: string }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** What a piece of work may come to. */
type Ended = Exclude<Output, { kind: 'busy' }>;

const idle: Ended = { kind: 'idle' };
const store = createStore<Output>(idle);
export const useOutput = store.use;

export function closeOutput(): void {
  if (store.get().kind !== 'busy') store.set(idle);
}

export function useIsPuttingOut(): boolean {
  return store.use().kind === 'busy';
}

/** `title` as the clerk calls it. */
export interface NamedDocument {
  readonly title: string;
  readonly fileName: string;
  readonly request: DocumentRequest;
}

export async function saveDocument({ title, fileName, request }: NamedDocument): Promise<void> {
  await putOut(documents.making(title), async () => {
    const answer = await ask('document.save', { request, fileName: `${safe(fileName)}.pdf` });
    if (!answer.ok) return answer;
    const { path } = answer.value;
    return path === null ? idle : { kind: 'done', text: documents.saved(title, path) };
  });
}

export async function printDocument({ title, request }: NamedDocument): Promise<void> {
  await putOut(documents.making(title), async () => {
    const answer = await ask('document.print', { request });
    if (!answer.ok) return answer;
    return answer.value.printed ? { kind: 'done', text: documents.printed(title) } : idle;
  });
}

/** A list as it is asked for, with its conditions, all of its rows and not only those in sight. */
export interface ExportedList<Row> {
  /** Also the file's name and the sheet's. */
  readonly title: string;
  /** The conditions, sums, and how old the data is. */
  readonly facts: readonly string[];
  readonly cells: readonly ListCell<Row>[];
  readonly total: number;
  /** Up to EXPORT_PAGE_ROWS rows from `offset`. */
  readonly page: (offset: number) => Promise<Result<readonly Row[]>>;
  /** When this changes meanwhile, pages no longer fit together. */
  readonly of?: Changed;
}

/** Rows that are here already. */
export function rowsHere<Row>(rows: readonly Row[]): ExportedList<Row>['page'] {
  return (offset) =>
    Promise.resolve({ ok: true, value: rows.slice(offset, offset + EXPORT_PAGE_ROWS) });
}

export async function exportList<Row>(list: ExportedList<Row>): Promise<void> {
  const { title, total } = list;
  await putOut(words.choosing(title), async () => {
    if (total > EXPORT_ROWS_MAX) {
      return { kind: 'done', text: words.tooMany(countText(EXPORT_ROWS_MAX)) };
    }
    const head = headOf(list);
    const begun = await ask('export.begin', {
      fileName: fileNameOf(title, head.at),
      head: head.head,
    });
    if (!begun.ok) return begun;
    if (!begun.value.started) return idle;
    const fed = await feed(list);
    if (fed !== 'whole') {
      await ask('export.cancel', {});
      return fed === 'cancelled' ? { kind: 'done', text: words.cancelled(title) } : fed;
    }
    const written = await ask('export.finish', {});
    if (!written.ok) return written;
    const { path, rows } = written.value;
    return { kind: 'done', text: words.exported(title, countText(rows), path) };
  });
}

async function feed<Row>(list: ExportedList<Row>): Promise<'whole' | 'cancelled' | Failure> {
  const { title, cells, total, page, of } = list;
  let isCancelled = false;
  let isChanged = false;
  const stopListening = listen('changed', ({ what }) => {
    if (of !== undefined && what.includes(of)) isChanged = true;
  });
  try {
    for (let offset = 0; offset < total;) {
      store.set({
        kind: 'busy',
        text: words.exporting(title, countText(offset), countText(total)),
        cancel: () => {
          isCancelled = true;
        },
      });
      const read = await page(offset);
      if (!read.ok) return read;
      // set by what happens while a page is awaited
      if (wasSet(isCancelled)) return 'cancelled';
      if (wasSet(isChanged) || read.value.length === 0) return fail('EXPORT_CHANGED', title);
      const rows = read.value.map((row) => cells.map((cell) => cell.read(row)));
      const taken = await ask('export.rows', { rows });
      if (!taken.ok) return taken;
      offset += rows.length;
    }
    return wasSet(isCancelled) ? 'cancelled' : 'whole';
  } finally {
    stopListening();
  }
}

/** The checker takes a flag that only a listener sets for one that never changes. */
function wasSet(flag: boolean): boolean {
  return flag;
}

function headOf<Row>({ title, facts, cells, total }: ExportedList<Row>) {
  const unit = readUnit();
  const at = new Date(readClock() + (unit?.clockOffsetMs ?? 0)).toISOString();
  const all = [
    ...(unit ? [words.unit(unit.unitName, unit.unitAccount)] : []),
    ...facts,
    words.exportedAt(stampText(at), countText(total)),
  ];
  const columns = cells.map(({ title: heading, form, width }) => ({ title: heading, form, width }));
  return { at, head: { title, facts: all, columns } };
}

/** `职工缴存明细-20261117-1020.xlsx` */
function fileNameOf(title: string, at: string): string {
  const [day = '', time = ''] = stampText(at).split(' ');
  return `${safe(title)}-${day.replaceAll('-', '')}-${time.replace(':', '')}.xlsx`;
}

/** Without what a file's name may not have. */
function safe(name: string): string {
  return name.replace(/[\\/:*?"<>|\s]+/g, ' ').trim();
}

async function putOut(text: string, work: () => Promise<Ended | Failure>): Promise<void> {
  if (store.get().kind === 'busy') return;
  store.set({ kind: 'busy', text });
  let came: Ended | Failure = fail('INTERNAL', text);
  try {
    came = await work();
  } finally {
    store.set('ok' in came ? { kind: 'failed', failure: came } : came);
  }
}
