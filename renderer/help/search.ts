import type { Section } from './sections.ts';

export interface Found {
  readonly section: Section;
  /** A piece of the text around what was found. */
  readonly snippet: string;
}

const SNIPPET_CHARACTERS = 64;
const BEFORE_CHARACTERS = 14;
/** Worth of a term by where it stands. */
const worth = { title: 40, heading: 30, text: 10 } as const;
/** Of a whole page, so that its first part comes before what is within it. */
const FIRST_PART_WORTH = 5;
/** At least so much of a sentence must be in a part that does not hold it word for word. */
const SHARE_MIN = 0.6;
const LATIN = /^[a-z]+$/;

/** Pinyin initials of a text, lower case; absent while they are not loaded. */
export type Initials = (text: string) => string;

/**
 * The parts in which every term stands, best first. A term of letters is also looked for in the
 * initials of titles and headings; a sentence nowhere to be found is looked for by its pairs of
 * characters.
 */
export function searchHelp(
  all: readonly Section[],
  query: string,
  initials?: Initials,
): readonly Found[] {
  const terms = query.toLowerCase().split(/\s+/u).filter(Boolean);
  if (terms.length === 0) return [];
  return all
    .map((section) => ({ section, score: scoreOf(section, terms, initials) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ section }) => ({ section, snippet: snippetOf(section.text, terms) }));
}

function scoreOf(section: Section, terms: readonly string[], initials?: Initials): number {
  const isFirst = section.place.page === 'topic' && section.place.heading === '';
  let score = isFirst ? FIRST_PART_WORTH : 0;
  for (const term of terms) {
    const found = scoreTerm(section, term, initials);
    if (found === 0) return 0;
    score += found;
  }
  return score;
}

function scoreTerm({ title, heading, text, place }: Section, term: string, initials?: Initials) {
  const isTopic = place.page === 'topic';
  const inTitle = isTopic && title.toLowerCase().includes(term) ? worth.title : 0;
  const inHeading = heading.toLowerCase().includes(term) ? worth.heading : 0;
  const inText = text.toLowerCase().includes(term) ? worth.text : 0;
  const exact = inTitle + inHeading + inText;
  if (exact > 0) return exact;
  if (LATIN.test(term)) {
    const names = initials?.(isTopic ? `${title} ${heading}` : heading) ?? '';
    return names.includes(term) ? worth.heading : 0;
  }
  const share = shareOf(term, `${isTopic ? title : ''} ${heading} ${text}`.toLowerCase());
  return share >= SHARE_MIN ? share * worth.text : 0;
}

/** How many of the pairs of neighbouring characters stand in the text; 0 below three characters. */
function shareOf(term: string, text: string): number {
  const characters = Array.from(term);
  if (characters.length < 3) return 0;
  const pairs = characters.slice(1).map((character, at) => (characters[at] ?? '') + character);
  return pairs.filter((pair) => text.includes(pair)).length / pairs.length;
}

function snippetOf(text: string, terms: readonly string[]): string {
  const lower = text.toLowerCase();
  const at = Math.min(...terms.map((term) => lower.indexOf(term)).filter((place) => place >= 0));
  const from = Number.isFinite(at) ? Math.max(0, at - BEFORE_CHARACTERS) : 0;
  const until = from + SNIPPET_CHARACTERS;
  return `${from > 0 ? '…' : ''}${text.slice(from, until)}${until < text.length ? '…' : ''}`;
}

/** Splits a text at the terms, to mark them. */
export function markTerms(text: string, query: string): { text: string; isTerm: boolean }[] {
  const terms = query.toLowerCase().split(/\s+/u).filter(Boolean);
  const lower = text.toLowerCase();
  const parts: { text: string; isTerm: boolean }[] = [];
  let plain = 0;
  let at = 0;
  while (at < text.length) {
    const here = at;
    const term = terms.find((one) => lower.startsWith(one, here));
    if (term === undefined) {
      at += 1;
      continue;
    }
    if (at > plain) parts.push({ text: text.slice(plain, at), isTerm: false });
    at += term.length;
    parts.push({ text: text.slice(here, at), isTerm: true });
    plain = at;
  }
  if (plain < text.length) parts.push({ text: text.slice(plain), isTerm: false });
  return parts;
}
