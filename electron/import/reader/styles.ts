import { PART_BYTES_MAX, STYLES_MAX } from './limits.ts';
import { builtInCode, numberFormat, type NumberFormat } from './number-format.ts';
import { parseXml } from './xml.ts';
import type { ZipParts } from './zip.ts';

/** The number format of a cell by its `s` attribute. */
export type FormatOf = (style: string | undefined) => NumberFormat;

const general: NumberFormat = { code: '', isDate: false };

/** A workbook without styles shows every number as General. */
export async function readFormats(parts: ZipParts, part: string | undefined): Promise<FormatOf> {
  if (part === undefined) return () => general;
  const codes = new Map<number, string>();
  const ids: number[] = [];
  let isInCells = false;
  await parseXml('样式', parts.read(part, PART_BYTES_MAX.styles), {
    open: (name, attributes) => {
      if (name === 'numFmt') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
      else if (name === 'cellXfs') isInCells = true;
      else if (name === 'xf' && isInCells && ids.length < STYLES_MAX)
        ids.push(Number(attributes.numFmtId ?? 0));
    },
    close: (name) => {
      if (name === 'cellXfs') isInCells = false;
    },
  });
  const known = new Map<string, NumberFormat>();
  return (style) => {
    if (style === undefined) return general;
    const before = known.get(style);
    if (before) return before;
    const id = ids[Number(style)] ?? 0;
    const format = numberFormat(codes.get(id) ?? builtInCode(id));
    known.set(style, format);
    return format;
  };
}
