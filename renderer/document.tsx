import { fail, succeed } from '../shared/errors/result.ts';
import type { Result } from '../shared/errors/result.ts';
import { documentRequestSchema } from '../shared/ipc/documents.ts';
import type { Rendered } from '../shared/ipc/documents.ts';
import './document.css';
import { readDocument } from './documents/documents.ts';
import { layOut } from './documents/layout.tsx';
import { missingCharacters } from './documents/missing-characters.ts';
import type { Paper } from './documents/paper.ts';
import { documents as words } from './text/documents.ts';

declare global {
  interface Window {
    /** Settles when the document stands complete, or with why it does not; main waits for it. */
    rendered?: Promise<Result<Rendered>>;
  }
}

async function draw(): Promise<Result<Rendered>> {
  const named: unknown = JSON.parse(decodeURIComponent(location.hash.slice(1)));
  const request = documentRequestSchema.safeParse(named);
  if (!request.success) return fail('DOCUMENT_FAILED', request.error.message);
  const read = await readDocument(request.data);
  if (!read.ok) return read;
  const root = document.getElementById('root');
  if (!root) throw new Error('document.html has no root element');
  const { title, rows, landscape } = read.value;
  const pages = layOut(root, withMissingNamed(read.value));
  return succeed({ title, landscape, rows: rows.length, pages });
}

/** A name with a box in it must not pass for a name. */
function withMissingNamed(paper: Paper): Paper {
  const text = [...paper.facts, ...paper.rows].flat().join('');
  const missing = missingCharacters(text, getComputedStyle(document.body).fontFamily);
  return missing.length === 0
    ? paper
    : { ...paper, notes: [...paper.notes, words.missing(missing.map(codePointOf))] };
}

function codePointOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}`;
}

window.rendered = draw();
