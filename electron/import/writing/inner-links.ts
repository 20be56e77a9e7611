import { PART_BYTES_MAX } from '../reader/limits.ts';
import { openZip } from '../reader/zip.ts';
import { copyPackage } from './package-copy.ts';

const NO_RELATIONS =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
  '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>';

/**
 * Makes the links of a sheet written by exceljs point within the workbook alone. exceljs names each
 * target as a file outside as well, which a spreadsheet program may try to open. The sheet's only
 * relationships are its links.
 */
export async function linkWithin(bytes: Uint8Array, sheetNumber: number): Promise<Uint8Array> {
  const part = `xl/worksheets/sheet${String(sheetNumber)}.xml`;
  const relations = `xl/worksheets/_rels/sheet${String(sheetNumber)}.xml.rels`;
  const parts = await openZip(bytes);
  if (!parts.has(relations)) return bytes;
  const chunks: Uint8Array[] = [];
  for await (const chunk of parts.read(part, PART_BYTES_MAX.sheet)) chunks.push(chunk);
  const sheet = Buffer.concat(chunks).toString('latin1');
  return copyPackage(
    bytes,
    new Map([
      [part, [sheet.replace(/(<hyperlink [^>]*?) r:id="rId\d+"/g, '$1')]],
      [relations, [NO_RELATIONS]],
    ]),
  );
}
