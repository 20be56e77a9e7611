import zlib from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { PARTS_MAX } from './limits.ts';
import { FileRefusal, refuse, refuseDamaged } from './refusal.ts';

/** Inflated at a time. */
const CHUNK_BYTES = 256 << 10;
const STORED = 0;
const DEFLATED = 8;

/** The parts of a package by name, without case and leading slash as OPC compares them. */
export interface ZipParts {
  has(name: string): boolean;
  /** Bytes of a part as the directory declares them; 0 for one that is not there. */
  declaredSize(name: string): number;
  /**
   * The bytes of a part, inflated piece by piece. Refuses a part that is declared or turns out
   * larger than `bytesMax`, whose size or CRC-32 is not the declared one, or that does not inflate;
   * the last of it only after the last piece, so a part counts as read when the loop has ended.
   */
  read(name: string, bytesMax: number): AsyncIterable<Uint8Array>;
}

/** Opens the directory of a package and inflates nothing. */
export async function openZip(bytes: Uint8Array): Promise<ZipParts> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const zip = await openDirectory(buffer);
  if (zip.entryCount > PARTS_MAX)
    refuse('FILE_LIMIT', `文件内部有 ${zip.entryCount} 个条目，超过 ${PARTS_MAX} 个。`);
  const entries = await listEntries(zip);
  return {
    has: (name) => entries.has(keyOf(name)),
    declaredSize: (name) => entries.get(keyOf(name))?.uncompressedSize ?? 0,
    read: (name, bytesMax) => {
      const entry = entries.get(keyOf(name)) ?? refuseDamaged(`缺少 ${name}`);
      return readEntry(buffer, zip, entry, bytesMax);
    },
  };
}

async function openDirectory(buffer: Buffer): Promise<ZipFile> {
  try {
    return await yauzl.fromBufferPromise(buffer, { validateEntrySizes: true });
  } catch {
    return refuseDamaged('压缩包的目录不可读');
  }
}

async function listEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.isEncrypted()) refuse('FILE_PASSWORD', '压缩包内的内容已加密。');
      const key = keyOf(entry.fileName);
      if (entries.has(key)) refuseDamaged('压缩包内有重复的条目');
      entries.set(key, entry);
    }
  } catch (error) {
    if (error instanceof FileRefusal) throw error;
    refuseDamaged('压缩包的目录不可读');
  }
  return entries;
}

function keyOf(name: string): string {
  return name.replace(/^\/+/, '').toLowerCase();
}

async function* readEntry(
  buffer: Buffer,
  zip: ZipFile,
  entry: Entry,
  bytesMax: number,
): AsyncGenerator<Uint8Array> {
  if (entry.uncompressedSize > bytesMax) refuseSize(entry, bytesMax);
  const packed = await packedBytes(buffer, zip, entry);
  let size = 0;
  let crc = 0;
  for await (const chunk of unpack(packed, entry)) {
    size += chunk.length;
    if (size > entry.uncompressedSize) refuseDamaged(`${entry.fileName} 的大小与目录不符`);
    crc = zlib.crc32(chunk, crc);
    yield chunk;
  }
  if (size !== entry.uncompressedSize) refuseDamaged(`${entry.fileName} 的大小与目录不符`);
  if (crc !== entry.crc32) refuseDamaged(`${entry.fileName} 的校验值不符`);
}

function refuseSize(entry: Entry, bytesMax: number): never {
  const megabytes = Math.ceil(entry.uncompressedSize / (1 << 20));
  const limit = Math.floor(bytesMax / (1 << 20));
  return refuse(
    'FILE_LIMIT',
    `文件展开后过大（${entry.fileName} 有 ${megabytes} MB，超过 ${limit} MB）。`,
  );
}

async function packedBytes(buffer: Buffer, zip: ZipFile, entry: Entry): Promise<Buffer> {
  try {
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    return buffer.subarray(fileDataStart, fileDataStart + entry.compressedSize);
  } catch {
    return refuseDamaged(`${entry.fileName} 的位置不可读`);
  }
}

async function* unpack(packed: Buffer, entry: Entry): AsyncGenerator<Uint8Array> {
  if (entry.compressionMethod === STORED) {
    for (let at = 0; at < packed.length; at += CHUNK_BYTES)
      yield packed.subarray(at, at + CHUNK_BYTES);
    return;
  }
  if (entry.compressionMethod !== DEFLATED) refuseDamaged(`${entry.fileName} 的压缩方式不受支持`);
  const inflate = zlib.createInflateRaw({ chunkSize: CHUNK_BYTES });
  inflate.end(packed);
  try {
    for await (const chunk of inflate) yield chunk as Buffer;
  } catch (error) {
    if (error instanceof FileRefusal) throw error;
    refuseDamaged(`${entry.fileName} 不能解压`);
  } finally {
    inflate.destroy();
  }
}
