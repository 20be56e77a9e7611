import {
  Unpatchable,
  applyEdits,
  attributeOf,
  eachSpan,
  findSpan,
  withAttribute,
  withoutAttribute,
} from './xml-text.ts';
import type { Span, XmlText } from './xml-text.ts';

/** Light red behind each cell with an error. */
export const MARK_FILL = 'FFFFC7CE';
/** More cell formats than this no spreadsheet program opens. */
const FORMATS_MAX = 64_000;
const TEXT_FORMAT_ID = 49;

/** The cell formats of a workbook, to which marked ones are added. Those there stay as they are. */
export class StylePatch {
  readonly #xml: XmlText;
  readonly #fills: Span;
  readonly #formats: Span;
  readonly #known: readonly string[];
  readonly #added: string[] = [];
  readonly #marked = new Map<number, number>();
  readonly #fillId: number;
  #reason: number | undefined;

  constructor(xml: XmlText) {
    this.#xml = xml;
    this.#fills = this.#section('fills');
    this.#formats = this.#section('cellXfs');
    this.#fillId = [...eachSpan(xml, 'fill', this.#fills.end, this.#fills.bodyEnd)].length;
    const formats = eachSpan(xml, 'xf', this.#formats.end, this.#formats.bodyEnd);
    this.#known = [...formats].map(({ at, close }) => xml.text.slice(at, close));
    if (this.#known.length === 0) throw new Unpatchable('no cell formats');
    if (this.#fills.at > this.#formats.at) throw new Unpatchable('cell formats before fills');
  }

  /** Number of the format like `style`, filled red. */
  mark(style: number): number {
    let marked = this.#marked.get(style);
    if (marked === undefined) {
      marked = this.#add(this.#known[style] ?? this.#known[0] ?? '');
      this.#marked.set(style, marked);
    }
    return marked;
  }

  /** Number of the format of 错误原因. */
  reason(): number {
    this.#reason ??= this.#add(
      `<${this.#xml.prefix}xf numFmtId="${String(TEXT_FORMAT_ID)}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`,
    );
    return this.#reason;
  }

  /** The part with the formats that were asked for so far. */
  toPieces(): Iterable<string> {
    const { prefix, text } = this.#xml;
    const fill =
      `<${prefix}fill><${prefix}patternFill patternType="solid"><${prefix}fgColor rgb="${MARK_FILL}"/>` +
      `<${prefix}bgColor indexed="64"/></${prefix}patternFill></${prefix}fill>`;
    const append = ({ at, end, bodyEnd }: Span, count: number, addition: string) => [
      { from: at, to: end, text: withAttribute(text.slice(at, end), 'count', String(count)) },
      { from: bodyEnd, to: bodyEnd, text: addition },
    ];
    return applyEdits(this.#xml, [
      ...append(this.#fills, this.#fillId + 1, fill),
      ...append(this.#formats, this.#known.length + this.#added.length, this.#added.join('')),
    ]);
  }

  #section(name: string): Span {
    const span = findSpan(this.#xml, name, 0, this.#xml.text.length);
    if (!span || span.empty) throw new Unpatchable(`no ${name}`);
    return span;
  }

  #add(format: string): number {
    const count = this.#known.length + this.#added.length;
    if (count >= FORMATS_MAX) throw new Unpatchable('too many cell formats');
    const end = format.indexOf('>') + 1;
    const tag = withoutAttribute(format.slice(0, end), 'applyFill');
    const filled = withAttribute(tag, 'fillId', String(this.#fillId));
    this.#added.push(withAttribute(filled, 'applyFill', '1') + format.slice(end));
    return count;
  }
}

/** Number of the format a tag names, 0 where it names none. */
export function styleOf(tag: string, attribute = 's'): number {
  const style = Number(attributeOf(tag, attribute) ?? 0);
  return Number.isSafeInteger(style) && style >= 0 ? style : 0;
}
