import { PART_BYTES_MAX, SHEET_ROWS_MAX } from '../reader/limits.ts';
import { readWorkbook } from '../reader/workbook.ts';
import { openZip } from '../reader/zip.ts';
import type { ZipParts } from '../reader/zip.ts';
import { gatherMarks } from './marked-rows.ts';
import { copyPackage, partKey } from './package-copy.ts';
import { patchSheet } from './sheet-patch.ts';
import { StylePatch } from './style-patch.ts';
import { Unpatchable, viewXml } from './xml-text.ts';
import type { MarkRequest } from './mark-request.ts';
import type { XmlText } from './xml-text.ts';

/**
 * The clerk's workbook with the cell formats and the one sheet changed, and every other part of the
 * package as it was. Undefined for a file that is no such package or of a build that is not
 * patched. Throws `FileRefusal` on a damaged one.
 */
export async function patchWorkbook(request: MarkRequest): Promise<Uint8Array | undefined> {
  const { bytes, sheet, marks } = request;
  if (sheet.format !== 'xlsx' && sheet.format !== 'xlsm') return undefined;
  const parts = await openZip(bytes);
  const { sheets, stylesPart, stringsPart } = await readWorkbook(parts);
  const place = sheets.find(({ name }) => name === sheet.sheet);
  if (!place || stylesPart === undefined) return undefined;
  const rows = gatherMarks(marks);
  if ([...rows.keys()].some((row) => row > SHEET_ROWS_MAX)) return undefined;
  try {
    const styles = new StylePatch(await viewPart(parts, stylesPart, PART_BYTES_MAX.styles));
    const patched = patchSheet({
      sheet: await viewPart(parts, place.part, PART_BYTES_MAX.sheet),
      styles,
      sharedStrings:
        stringsPart === undefined
          ? undefined
          : await viewPart(parts, stringsPart, PART_BYTES_MAX.strings),
      headingRow: sheet.headingRow,
      rows,
    });
    const replaced = new Map([
      [partKey(stylesPart), styles.toPieces()],
      [partKey(place.part), patched],
    ]);
    return await copyPackage(bytes, replaced);
  } catch (error) {
    if (error instanceof Unpatchable) return undefined;
    throw error;
  }
}

/** Into one buffer of the declared size, which `read` holds the part to: a large sheet fits only once. */
async function viewPart(parts: ZipParts, part: string, bytesMax: number): Promise<XmlText> {
  const whole = Buffer.alloc(Math.min(parts.declaredSize(part), bytesMax));
  let at = 0;
  for await (const chunk of parts.read(part, bytesMax)) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return viewXml(whole);
}
