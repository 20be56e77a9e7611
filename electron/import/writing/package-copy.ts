import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import zlib from 'node:zlib';
import yauzl from 'yauzl';
import type { Entry } from 'yauzl';
import { refuseDamaged } from '../reader/refusal.ts';

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_HEADER = 0x06054b50;
const LOCAL_HEADER_BYTES = 30;
const CENTRAL_HEADER_BYTES = 46;
const END_HEADER_BYTES = 22;
const DEFLATED = 8;
const VERSION_DEFLATE = 20;
/** The sizes follow the data instead of standing before it; ours always stand before. */
const FLAG_SIZES_BEHIND = 0x0008;
const EXTRA_ZIP64 = 0x0001;
/** Above this, speed counts more than size. */
const SMALL_BYTES = 32 << 20;
const DEFAULT_LEVEL = 6;
/** Compressed at a time. */
const PACK_BYTES = 1 << 20;

interface Packed {
  readonly data: Buffer;
  readonly method: number;
  readonly crc: number;
  readonly size: number;
}

/**
 * A copy of a package in the same order, with some parts replaced (text of one
 * character a byte). The others are carried over as they
 * are compressed, so nothing of them is inflated and nothing can change. Names as `partKey` makes them.
 * The package has been opened by the reader, so its directory is known to be in order.
 */
export async function copyPackage(
  bytes: Uint8Array,
  replaced: ReadonlyMap<string, Iterable<string>>,
): Promise<Uint8Array> {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const zip = await yauzl.fromBufferPromise(whole);
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for await (const entry of zip.eachEntry()) {
    const fresh = replaced.get(partKey(entry.fileName));
    const packed = await (fresh
      ? pack(fresh, entry.uncompressedSize)
      : carryOver(whole, zip, entry));
    const flags = entry.generalPurposeBitFlag & ~FLAG_SIZES_BEHIND;
    const local = localHeader(entry, packed, flags);
    directory.push(centralHeader(entry, packed, flags, offset));
    locals.push(local, packed.data);
    offset += local.length + packed.data.length;
  }
  const central = Buffer.concat(directory);
  return Buffer.concat([...locals, central, endHeader(directory.length, central.length, offset)]);
}

/** Part names are compared without case and leading slash. */
export function partKey(name: string): string {
  return name.replace(/^\/+/, '').toLowerCase();
}

async function pack(pieces: Iterable<string>, sizeBefore: number): Promise<Packed> {
  const level = sizeBefore > SMALL_BYTES ? zlib.constants.Z_BEST_SPEED : DEFAULT_LEVEL;
  const deflate = zlib.createDeflateRaw({ chunkSize: PACK_BYTES, level });
  const packed = buffer(deflate);
  let crc = 0;
  let size = 0;
  for (const bytes of inBlocks(pieces)) {
    crc = zlib.crc32(bytes, crc);
    size += bytes.length;
    if (!deflate.write(bytes)) await once(deflate, 'drain');
  }
  deflate.end();
  return { data: await packed, method: DEFLATED, crc, size };
}

/** Small pieces gathered, large ones cut. */
function* inBlocks(pieces: Iterable<string>): Generator<Buffer> {
  let gathered = '';
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; at += PACK_BYTES) {
      gathered += piece.slice(at, at + PACK_BYTES);
      if (gathered.length < PACK_BYTES) continue;
      yield Buffer.from(gathered, 'latin1');
      gathered = '';
    }
  }
  yield Buffer.from(gathered, 'latin1');
}

async function carryOver(whole: Buffer, zip: yauzl.ZipFile, entry: Entry): Promise<Packed> {
  const start = await dataStart(zip, entry);
  const data = whole.subarray(start, start + entry.compressedSize);
  if (data.length !== entry.compressedSize) refuseDamaged(`${entry.fileName} 不完整`);
  const { compressionMethod: method, crc32: crc, uncompressedSize: size } = entry;
  return { data, method, crc, size };
}

/** A part the reader had no need of may be damaged all the same. */
async function dataStart(zip: yauzl.ZipFile, entry: Entry): Promise<number> {
  try {
    return (await zip.readLocalFileHeaderPromise(entry, { minimal: true })).fileDataStart;
  } catch {
    return refuseDamaged(`${entry.fileName} 的位置不可读`);
  }
}

function localHeader(entry: Entry, packed: Packed, flags: number): Buffer {
  const header = Buffer.alloc(LOCAL_HEADER_BYTES);
  header.writeUInt32LE(LOCAL_HEADER, 0);
  header.writeUInt16LE(VERSION_DEFLATE, 4);
  writeCommon(header, 6, entry, packed, flags);
  return Buffer.concat([header, entry.fileNameRaw]);
}

function centralHeader(entry: Entry, packed: Packed, flags: number, offset: number): Buffer {
  const extra = entry.extraFields
    .filter(({ id }) => id !== EXTRA_ZIP64)
    .map(({ id, data }) => {
      const head = Buffer.alloc(4);
      head.writeUInt16LE(id, 0);
      head.writeUInt16LE(data.length, 2);
      return Buffer.concat([head, data]);
    });
  const extras = Buffer.concat(extra);
  const header = Buffer.alloc(CENTRAL_HEADER_BYTES);
  header.writeUInt32LE(CENTRAL_HEADER, 0);
  header.writeUInt16LE(entry.versionMadeBy, 4);
  header.writeUInt16LE(VERSION_DEFLATE, 6);
  writeCommon(header, 8, entry, packed, flags);
  header.writeUInt16LE(extras.length, 30);
  header.writeUInt16LE(entry.fileCommentRaw.length, 32);
  header.writeUInt16LE(entry.internalFileAttributes, 36);
  header.writeUInt32LE(entry.externalFileAttributes, 38);
  header.writeUInt32LE(offset, 42);
  return Buffer.concat([header, entry.fileNameRaw, extras, entry.fileCommentRaw]);
}

/** What both headers say in the same order. */
function writeCommon(
  header: Buffer,
  at: number,
  entry: Entry,
  { data, method, crc, size }: Packed,
  flags: number,
): void {
  header.writeUInt16LE(flags, at);
  header.writeUInt16LE(method, at + 2);
  header.writeUInt16LE(entry.lastModFileTime, at + 4);
  header.writeUInt16LE(entry.lastModFileDate, at + 6);
  header.writeUInt32LE(crc, at + 8);
  header.writeUInt32LE(data.length, at + 12);
  header.writeUInt32LE(size, at + 16);
  header.writeUInt16LE(entry.fileNameRaw.length, at + 20);
}

function endHeader(count: number, bytes: number, offset: number): Buffer {
  const header = Buffer.alloc(END_HEADER_BYTES);
  header.writeUInt32LE(END_HEADER, 0);
  header.writeUInt16LE(count, 8);
  header.writeUInt16LE(count, 10);
  header.writeUInt32LE(bytes, 12);
  header.writeUInt32LE(offset, 16);
  return header;
}
