import asn1, { type Asn1Node } from 'node-forge/lib/asn1.js';

export type { Asn1Node };

export type Bytes = Buffer<ArrayBuffer>;

const UNIVERSAL = 0x00;
const CONTEXT_SPECIFIC = 0x80;
const DEPTH_MAX = 16;
/** A message has about 120 values. A million empty ones would take a second and a gigabyte to parse. */
const VALUES_MAX = 1_000;

const tags = {
  integer: 2,
  octetString: 4,
  nullValue: 5,
  oid: 6,
  sequence: 16,
  set: 17,
  utcTime: 23,
};

/** Throws on anything that is not one complete DER-like value; call it on capped input only. */
export function parseDer(bytes: Uint8Array): Asn1Node {
  if (countValues(bytes) > VALUES_MAX) throw new RangeError(`more than ${VALUES_MAX} values`);
  return asn1.fromDer(toBinary(bytes), {
    strict: true,
    parseAllBytes: true,
    decodeBitStrings: false,
    maxDepth: DEPTH_MAX,
  });
}

export function encodeDer(node: Asn1Node): Bytes {
  return fromBinary(asn1.toDer(node).getBytes());
}

export function sequence(...items: Asn1Node[]): Asn1Node {
  return asn1.create(UNIVERSAL, tags.sequence, true, items);
}

export function setOf(...items: Asn1Node[]): Asn1Node {
  return asn1.create(UNIVERSAL, tags.set, true, items);
}

/** The constructed [n] tag of CMS: explicit around one value, or IMPLICIT SET OF. */
export function contextTag(number: number, items: Asn1Node[]): Asn1Node {
  return asn1.create(CONTEXT_SPECIFIC, number, true, items);
}

export function objectIdentifier(oid: string): Asn1Node {
  return asn1.create(UNIVERSAL, tags.oid, false, asn1.oidToDer(oid).getBytes());
}

export function octetString(bytes: Uint8Array): Asn1Node {
  return asn1.create(UNIVERSAL, tags.octetString, false, toBinary(bytes));
}

/** 0 to 127: all this profile needs. */
export function smallInteger(value: number): Asn1Node {
  return asn1.create(UNIVERSAL, tags.integer, false, String.fromCharCode(value));
}

export function nullValue(): Asn1Node {
  return asn1.create(UNIVERSAL, tags.nullValue, false, '');
}

export function utcTime(date: Date): Asn1Node {
  return asn1.create(UNIVERSAL, tags.utcTime, false, asn1.dateToUtcTime(date));
}

/** The members of a constructed value, or null when it is another kind of value. */
export function membersOf(
  node: Asn1Node | undefined,
  kind: 'sequence' | 'set' | { contextTag: number },
): readonly Asn1Node[] | null {
  if (!node?.constructed || typeof node.value === 'string') return null;
  const [tagClass, type] =
    typeof kind === 'string' ? [UNIVERSAL, tags[kind]] : [CONTEXT_SPECIFIC, kind.contextTag];
  return node.tagClass === tagClass && node.type === type ? node.value : null;
}

/** The bytes of a primitive OCTET STRING, or null; the constructed form of BER is refused. */
export function octetsOf(node: Asn1Node | undefined): Bytes | null {
  const value = primitiveOf(node, tags.octetString);
  return value === null ? null : fromBinary(value);
}

/** The time of a UTCTime, or null; odd spellings are left to the comparison with the rebuilt bytes. */
export function utcTimeOf(node: Asn1Node | undefined): Date | null {
  const value = primitiveOf(node, tags.utcTime);
  if (value === null || !/^\d{12}Z$/.test(value)) return null;
  const date = asn1.utcTimeToDate(value);
  return Number.isNaN(date.getTime()) ? null : date;
}

export function isContextTag(node: Asn1Node | undefined, number: number): boolean {
  return node?.tagClass === CONTEXT_SPECIFIC && node.type === number;
}

/**
 * Walks the headers only, into every constructed value and past every primitive one, and stops as
 * soon as there are too many or the bytes make no sense (which the parser then finds out).
 */
function countValues(bytes: Uint8Array): number {
  let count = 0;
  let at = 0;
  while (at + 1 < bytes.byteLength && count <= VALUES_MAX) {
    count += 1;
    const isConstructed = ((bytes[at] ?? 0) & 0x20) !== 0;
    const first = bytes[at + 1] ?? 0;
    const lengthBytes = first > 0x80 ? first - 0x80 : 0;
    let length = first > 0x80 ? 0 : first & 0x7f;
    for (let index = 0; index < lengthBytes; index += 1) {
      length = length * 256 + (bytes[at + 2 + index] ?? 0);
    }
    at += 2 + lengthBytes + (isConstructed ? 0 : length);
  }
  return count;
}

function primitiveOf(node: Asn1Node | undefined, type: number): string | null {
  if (!node || node.constructed || typeof node.value !== 'string') return null;
  return node.tagClass === UNIVERSAL && node.type === type ? node.value : null;
}

function toBinary(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** Memory of its own, not Node's shared pool: a clone to another process carries the whole backing buffer. */
function fromBinary(binary: string): Bytes {
  const bytes = Buffer.alloc(binary.length);
  bytes.write(binary, 'latin1');
  return bytes;
}
