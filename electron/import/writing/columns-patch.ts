import { styleOf } from './style-patch.ts';
import {
  Unpatchable,
  attributeOf,
  eachSpan,
  findSpan,
  withAttribute,
  withoutAttribute,
} from './xml-text.ts';
import type { Edit, XmlText } from './xml-text.ts';

const REASON_WIDTH = 60;

interface ColumnRun {
  readonly min: number;
  readonly max: number;
  readonly at: number;
  readonly close: number;
  readonly tag: string;
}

/** Widths and formats of whole columns, as the sheet gives them. */
export class ColumnsPatch {
  readonly #xml: XmlText;
  readonly #dataAt: number;
  readonly #runs: readonly ColumnRun[];
  readonly #bodyEnd: number | undefined;

  constructor(xml: XmlText, dataAt: number) {
    this.#xml = xml;
    this.#dataAt = dataAt;
    const section = findSpan(xml, 'cols', 0, dataAt);
    if (section?.empty) throw new Unpatchable('an empty list of columns');
    this.#bodyEnd = section?.bodyEnd;
    const runs = section ? [...eachSpan(xml, 'col', section.end, section.bodyEnd)] : [];
    this.#runs = runs.map(({ at, end, close }) => {
      const tag = xml.text.slice(at, end);
      const edge = (name: string) => Number(attributeOf(tag, name));
      return { min: edge('min'), max: edge('max'), at, close, tag };
    });
  }

  /** Format of a cell the sheet does not hold. */
  styleOf(column: number): number {
    const run = this.#runs.find(({ min, max }) => min <= column && column <= max);
    return run ? styleOf(run.tag, 'style') : 0;
  }

  /** Makes a column wide enough to read in, and shows it; its neighbours stay as they are. */
  widen(column: number): Edit[] {
    const { prefix } = this.#xml;
    const fresh = `<${prefix}col min="${String(column)}" max="${String(column)}" width="${String(REASON_WIDTH)}" customWidth="1"/>`;
    if (this.#bodyEnd === undefined) {
      const text = `<${prefix}cols>${fresh}</${prefix}cols>`;
      return [{ from: this.#dataAt, to: this.#dataAt, text }];
    }
    const covering = this.#runs.find(({ min, max }) => min <= column && column <= max);
    if (covering) {
      return [{ from: covering.at, to: covering.close, text: this.#split(covering, column) }];
    }
    const next = this.#runs.find(({ min }) => min > column);
    const at = next?.at ?? this.#bodyEnd;
    return [{ from: at, to: at, text: fresh }];
  }

  #split({ min, max, tag }: ColumnRun, column: number): string {
    const open = tag.endsWith('/>') ? tag : `${tag.slice(0, -1)}/>`;
    const part = (from: number, to: number, of = open) =>
      from > to ? '' : withAttribute(withAttribute(of, 'max', String(to)), 'min', String(from));
    const shown = ['hidden', 'bestFit', 'collapsed'].reduce(withoutAttribute, open);
    const wide = withAttribute(shown, 'width', String(REASON_WIDTH));
    return (
      part(min, column - 1) +
      part(column, column, withAttribute(wide, 'customWidth', '1')) +
      part(column + 1, max)
    );
  }
}
