import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { fail, type Result, succeed } from '../../../shared/errors/result.ts';
import { MESSAGE_BYTES_MAX } from '../../../shared/wire/limits.ts';
import { textOf } from './failure.ts';

/** Below this a message is sent as it is: the gain would not pay for the time. */
const GZIP_FROM_BYTES = 4_096;

const gunzipAsync = promisify(gunzip);
const gzipAsync = promisify(gzip);

export interface Packed {
  readonly bytes: Uint8Array;
  readonly encoding: 'gzip' | 'identity';
}

/** Compression lies outside the signature: hashes are always over the bytes before it. */
export async function pack(message: Uint8Array): Promise<Packed> {
  if (message.byteLength < GZIP_FROM_BYTES) return { bytes: message, encoding: 'identity' };
  return { bytes: await gzipAsync(message), encoding: 'gzip' };
}

/** The cap counts the unpacked bytes, so that a small bomb cannot fill the memory. */
export async function unpack(bytes: Uint8Array, encoding: string): Promise<Result<Uint8Array>> {
  if (encoding === '' || encoding === 'identity') return succeed(bytes);
  if (encoding !== 'gzip') return fail('ANSWER_UNPROVEN', `content encoding ${encoding}`);
  try {
    return succeed(await gunzipAsync(bytes, { maxOutputLength: MESSAGE_BYTES_MAX }));
  } catch (error) {
    return fail('ANSWER_UNPROVEN', `gzip: ${textOf(error)}`);
  }
}
