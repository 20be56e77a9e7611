import { TextDecoder } from 'node:util';
import { SaxesParser } from 'saxes';
import { SILENT_CHARACTERS_MAX, XML_DEPTH_MAX, XML_TAGS_MAX } from './limits.ts';
import { FileRefusal, refuse, refuseDamaged } from './refusal.ts';

/** What comes of a part, in order. Names are without their namespace prefix. */
export interface XmlHandler {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
  /** Nothing more is wanted; the rest is still inflated, for the CRC-32, but not parsed. */
  isDone?(): boolean;
  /** Not even the CRC-32 is wanted. */
  isEnough?(): boolean;
  /** Shortens a piece of XML before it is parsed, without changing what it says. */
  thin?(text: string): string;
}

/**
 * Parses one part of a package as it is inflated. UTF-8, or UTF-16 by its byte order mark, decoded
 * strictly. Refuses a DTD, so no entity is ever expanded, and whatever is not well-formed.
 */
export async function parseXml(
  label: string,
  chunks: AsyncIterable<Uint8Array>,
  handler: XmlHandler,
): Promise<void> {
  const parsing = new XmlParsing(label, handler);
  for await (const chunk of chunks) {
    if (!handler.isDone?.()) parsing.feed(chunk);
    if (handler.isEnough?.()) return;
  }
  if (!handler.isDone?.()) parsing.end();
}

class XmlParsing {
  readonly #label: string;
  readonly #handler: XmlHandler;
  readonly #parser = new SaxesParser<{ position: false; xmlns: false }>({
    position: false,
    xmlns: false,
  });
  #decoder: TextDecoder | undefined;
  #depth = 0;
  #tags = 0;
  /** Tags and texts since the last piece was written. */
  #events = 0;
  /** Characters without any: the parser holds them all. */
  #silence = 0;

  constructor(label: string, handler: XmlHandler) {
    this.#label = label;
    this.#handler = handler;
    const parser = this.#parser;
    parser.on('error', () => refuseDamaged(`${label}不可读`));
    parser.on('doctype', () => refuse('FILE_DAMAGED', '文件含有不允许的内容（DTD），已拒绝读取。'));
    parser.on('opentag', (tag) => {
      this.#open(tag.name, tag.attributes);
    });
    parser.on('closetag', (tag) => {
      this.#depth -= 1;
      this.#events += 1;
      if (!handler.isDone?.()) handler.close?.(localName(tag.name));
    });
    const take = (text: string) => {
      this.#events += 1;
      if (!handler.isDone?.()) handler.text?.(text);
    };
    parser.on('text', take);
    parser.on('cdata', take);
  }

  feed(chunk: Uint8Array): void {
    this.#decoder ??= decoderFor(chunk);
    const decoder = this.#decoder;
    this.#guard(() => {
      this.#write(decoder.decode(chunk, { stream: true }));
    });
    if (this.#silence > SILENT_CHARACTERS_MAX)
      refuse('FILE_LIMIT', `文件中有过长的空白或内容（${this.#label}）。`);
  }

  end(): void {
    const decoder = this.#decoder ?? refuseDamaged(`${this.#label}是空的`);
    this.#guard(() => {
      this.#write(decoder.decode());
      this.#parser.close();
    });
  }

  #write(text: string): void {
    const thinned = this.#handler.thin ? this.#handler.thin(text) : text;
    this.#events = 0;
    this.#parser.write(thinned);
    this.#silence = this.#events === 0 ? this.#silence + thinned.length : 0;
  }

  #open(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#depth += 1;
    this.#tags += 1;
    this.#events += 1;
    if (this.#depth > XML_DEPTH_MAX) refuseDamaged(`${this.#label}的层次过深`);
    if (this.#tags > XML_TAGS_MAX) refuse('FILE_LIMIT', `文件的内容过多（${this.#label}）。`);
    if (!this.#handler.isDone?.()) this.#handler.open?.(localName(name), attributes);
  }

  /** What the decoder and the parser throw says only that the part is broken. */
  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (error instanceof FileRefusal) throw error;
      refuseDamaged(`${this.#label}不可读`);
    }
  }
}

function decoderFor(chunk: Uint8Array): TextDecoder {
  const [first, second] = chunk;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le', { fatal: true });
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be', { fatal: true });
  return new TextDecoder('utf-8', { fatal: true });
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/** An attribute of any namespace prefix, such as `r:id`. */
export function prefixedAttribute(
  attributes: Readonly<Record<string, string>>,
  name: string,
): string | undefined {
  for (const key of Object.keys(attributes)) if (key.endsWith(`:${name}`)) return attributes[key];
  return undefined;
}

export function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}
