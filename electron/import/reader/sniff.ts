import { refuse } from './refusal.ts';
import type { ZipParts } from './zip.ts';

/** What a file is by its first bytes, whatever its name ends in. */
export type FileForm = 'zip' | 'ole2' | 'text';

const EXCEL = '请用 Excel 或 WPS 另存为 .xlsx 后再导入。';

/** Beginnings of files that are no table, each with what the clerk is told. */
const otherFiles: readonly { readonly start: readonly number[]; readonly what: string }[] = [
  { start: [0x25, 0x50, 0x44, 0x46], what: '这是 PDF 文件，不是表格。' },
  { start: [0x89, 0x50, 0x4e, 0x47], what: '这是图片，不是表格。' },
  { start: [0xff, 0xd8, 0xff], what: '这是图片，不是表格。' },
  { start: [0x47, 0x49, 0x46, 0x38], what: '这是图片，不是表格。' },
  { start: [0x42, 0x4d], what: '这是图片，不是表格。' },
  { start: [0x52, 0x61, 0x72, 0x21], what: '这是 RAR 压缩包，请先解压，再导入其中的表格。' },
  { start: [0x37, 0x7a, 0xbc, 0xaf], what: '这是 7z 压缩包，请先解压，再导入其中的表格。' },
  { start: [0x1f, 0x8b], what: '这是压缩包，请先解压，再导入其中的表格。' },
  { start: [0x7b, 0x5c, 0x72, 0x74, 0x66], what: `这是 RTF 文档，不是表格。${EXCEL}` },
];

/** BIFF 2 to 4, before OLE2: one sheet, no Unicode. */
const OLD_EXCEL: readonly (readonly number[])[] = [
  [0x09, 0x00, 0x04, 0x00],
  [0x09, 0x02, 0x06, 0x00],
  [0x09, 0x04, 0x06, 0x00],
];
const OLE2 = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const ZIP = [0x50, 0x4b];

/** Characters of a text that are looked at for what it is. */
const TEXT_START_BYTES = 2_048;

/** Refuses what is known not to be a table. */
export function sniff(bytes: Uint8Array): FileForm {
  if (bytes.length === 0) refuse('FILE_EMPTY', '文件只有 0 个字节。');
  if (startsWith(bytes, OLE2)) return 'ole2';
  if (startsWith(bytes, ZIP)) return 'zip';
  if (OLD_EXCEL.some((start) => startsWith(bytes, start)))
    refuse('FILE_NOT_TABLE', `这是旧版 Excel（4.0 及以前）的文件。${EXCEL}`);
  // a text may begin with the letters BM
  const isText = !bytes.subarray(0, TEXT_START_BYTES).includes(0);
  const other = otherFiles.find(
    ({ start }) => startsWith(bytes, start) && !(isText && start.length === 2 && start[0] === 0x42),
  );
  if (other) refuse('FILE_NOT_TABLE', other.what);
  refuseMarkup(new TextDecoder('utf-8').decode(bytes.subarray(0, TEXT_START_BYTES)));
  return 'text';
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

/** Web pages and XML that payroll programs name .xls. */
function refuseMarkup(start: string): void {
  const text = start.trimStart().toLowerCase();
  if (/^mime-version:|^content-type:\s*multipart/m.test(text))
    refuse('FILE_NOT_TABLE', `这是网页归档（MHT）格式。${EXCEL}`);
  if (/^(?:<!doctype html|<html|<head|<meta|<table|<style)|<html[\s>]/.test(text))
    refuse('FILE_NOT_TABLE', `这是网页（HTML）格式，只是扩展名像表格。${EXCEL}`);
  if (text.includes('urn:schemas-microsoft-com:office:spreadsheet'))
    refuse('FILE_NOT_TABLE', `这是 XML 表格 2003 格式。${EXCEL}`);
  if (text.startsWith('<?xml')) refuse('FILE_NOT_TABLE', `这是 XML 文件，不是表格。${EXCEL}`);
  if (text.startsWith('id;p')) refuse('FILE_NOT_TABLE', `这是 SYLK 格式。${EXCEL}`);
}

/** A package that is not a workbook of Excel's own form. */
export function refuseOtherPackage(parts: ZipParts): void {
  if (parts.has('xl/workbook.bin'))
    refuse('FILE_NOT_TABLE', `这是二进制工作簿（.xlsb）格式。${EXCEL}`);
  if (parts.has('word/document.xml')) refuse('FILE_NOT_TABLE', '这是 Word 文档，不是表格。');
  if (parts.has('ppt/presentation.xml')) refuse('FILE_NOT_TABLE', '这是演示文稿，不是表格。');
  if (parts.has('content.xml') && parts.has('mimetype'))
    refuse('FILE_NOT_TABLE', `这是 OpenDocument（.ods）格式。${EXCEL}`);
  if (!parts.has('[content_types].xml') && !parts.has('_rels/.rels'))
    refuse('FILE_NOT_TABLE', '这是压缩包，请先解压，再导入其中的表格。');
}

/** What an OLE2 container holds, by the names of its streams. */
export function refuseOtherContainer(bytes: Uint8Array): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (hasStream(buffer, 'Workbook') || hasStream(buffer, 'Book')) return;
  if (hasStream(buffer, 'EncryptedPackage')) refuse('FILE_PASSWORD', '文件设有打开密码。');
  if (hasStream(buffer, 'WordDocument')) refuse('FILE_NOT_TABLE', '这是 Word 文档，不是表格。');
  if (hasStream(buffer, 'PowerPoint Document'))
    refuse('FILE_NOT_TABLE', '这是演示文稿，不是表格。');
  refuse('FILE_NOT_TABLE', `文件中没有工作簿。${EXCEL}`);
}

export function hasMacroStream(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return hasStream(buffer, '_VBA_PROJECT_CUR');
}

/** Directory entries are 128 bytes each, beginning with the name in UTF-16 and its length at 64. */
const ENTRY_BYTES = 128;
const NAME_LENGTH_AT = 64;

function hasStream(buffer: Buffer, name: string): boolean {
  const wanted = Buffer.from(`${name}\0`, 'utf16le');
  for (let at = buffer.indexOf(wanted); at >= 0; at = buffer.indexOf(wanted, at + 1)) {
    if (at % ENTRY_BYTES !== 0 || at + ENTRY_BYTES > buffer.length) continue;
    if (buffer.readUInt16LE(at + NAME_LENGTH_AT) === wanted.length) return true;
  }
  return false;
}
