/**
 * XML as text of one character a byte, cut and pasted by position, so that every byte that is not
 * meant stays the one it was. The reader has found the part well-formed; what this simple view cannot
 * tell apart (comments, CDATA, another encoding) is refused.
 */
export interface XmlText {
  readonly text: string;
  /** Of the main namespace, with its colon; mostly empty. */
  readonly prefix: string;
}

/** The file is in order but of a build this program does not patch; it gets a report instead. */
export class Unpatchable extends Error {}

export interface Tag {
  /** Of its `<`. */
  readonly at: number;
  /** Behind its `>`. */
  readonly end: number;
  readonly empty: boolean;
}

/** A tag with what it encloses. */
export interface Span extends Tag {
  /** Behind the end tag. */
  readonly close: number;
  /** Of the end tag's `<`; for an empty tag the same as `end`. */
  readonly bodyEnd: number;
}

/** One piece of text in place of another. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export function viewXml(bytes: Buffer): XmlText {
  const text = bytes.toString('latin1');
  if (bytes[0] === 0xfe || bytes[0] === 0xff || text.includes('\0')) {
    throw new Unpatchable('not UTF-8');
  }
  if (/^<\?xml[^>]*encoding\s*=\s*["'](?!utf-8)/i.test(text)) throw new Unpatchable('encoding');
  if (text.includes('<!')) throw new Unpatchable('comments or CDATA');
  const root = /<(?![?!])([^\s/>:]+:)?[^\s/>:]+/.exec(text);
  if (!root) throw new Unpatchable('no root element');
  return { text, prefix: root[1] ?? '' };
}

/** Characters of the text as they stand in its file. */
export function encodeText(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return Buffer.from(escaped.replaceAll('\r', ''), 'utf8').toString('latin1');
}

const NAME_END = new Set([' ', '\t', '\n', '\r', '/', '>']);

/** The next start tag of a name of the main namespace that begins before `until`. */
export function findTag(
  { text, prefix }: XmlText,
  name: string,
  from: number,
  until: number,
): Tag | undefined {
  const start = `<${prefix}${name}`;
  for (let at = text.indexOf(start, from); at >= 0 && at < until;) {
    if (NAME_END.has(text.charAt(at + start.length))) {
      const end = endOfTag(text, at);
      return { at, end, empty: text.charAt(end - 2) === '/' };
    }
    at = text.indexOf(start, at + 1);
  }
  return undefined;
}

/** The same with its end tag. No element looked for holds another of its own name. */
export function findSpan(
  xml: XmlText,
  name: string,
  from: number,
  until: number,
): Span | undefined {
  const tag = findTag(xml, name, from, until);
  if (!tag) return undefined;
  if (tag.empty) return { ...tag, bodyEnd: tag.end, close: tag.end };
  const start = `</${xml.prefix}${name}`;
  let bodyEnd = xml.text.indexOf(start, tag.end);
  while (bodyEnd >= 0 && !NAME_END.has(xml.text.charAt(bodyEnd + start.length))) {
    bodyEnd = xml.text.indexOf(start, bodyEnd + 1);
  }
  if (bodyEnd < 0) throw new Unpatchable(`no end of ${name}`);
  return { ...tag, bodyEnd, close: endOfTag(xml.text, bodyEnd) };
}

/** All of a name between two places, one after the other. */
export function* eachSpan(
  xml: XmlText,
  name: string,
  from: number,
  until: number,
): Generator<Span> {
  for (let at = from; ;) {
    const span = findSpan(xml, name, at, until);
    if (!span) return;
    yield span;
    at = span.close;
  }
}

function endOfTag(text: string, at: number): number {
  let quote = '';
  for (let place = at; place < text.length; place += 1) {
    const character = text.charAt(place);
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") {
      quote = character;
    } else if (character === '>') {
      return place + 1;
    }
  }
  throw new Unpatchable('a tag without end');
}

const attributePatterns = new Map<string, RegExp>();

function attributePattern(name: string): RegExp {
  let pattern = attributePatterns.get(name);
  if (!pattern) {
    pattern = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`);
    attributePatterns.set(name, pattern);
  }
  return pattern;
}

export function attributeOf(tag: string, name: string): string | undefined {
  const match = attributePattern(name).exec(tag);
  return match ? (match[1] ?? match[2]) : undefined;
}

/** `value` without characters that XML escapes. */
export function withAttribute(tag: string, name: string, value: string): string {
  const bare = withoutAttribute(tag, name);
  const nameEnd = /^<[^\s/>]+/.exec(bare)?.[0].length ?? 0;
  return `${bare.slice(0, nameEnd)} ${name}="${value}"${bare.slice(nameEnd)}`;
}

export function withoutAttribute(tag: string, name: string): string {
  return tag.replace(attributePattern(name), '');
}

/**
 * The text with all edits done, in pieces, so that a large part never stands in memory twice. The edits
 * are in order and do not overlap.
 */
export function* applyEdits({ text }: XmlText, edits: readonly Edit[]): Generator<string> {
  let at = 0;
  for (const edit of edits) {
    if (edit.from < at || edit.to < edit.from) throw new Error('edits out of order');
    yield text.slice(at, edit.from);
    yield edit.text;
    at = edit.to;
  }
  yield text.slice(at);
}
