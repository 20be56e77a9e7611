import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

/** Beyond the cap a body is only hashed, so that the refusal can be bound to it; beyond this, cut off. */
const DRAIN_FACTOR = 2;

export type Body =
  | { readonly kind: 'whole'; readonly bytes: Buffer }
  /** Larger than allowed but received to its end. */
  | { readonly kind: 'tooLarge'; readonly hash: string }
  /** No answer can be bound to what came; the connection ends with this HTTP status. */
  | { readonly kind: 'cut'; readonly status: 400 | 408 | 413 };

export interface BodyLimits {
  readonly bytesMax: number;
  /** Longest silence between two pieces of a body, ms. */
  readonly idleMs: number;
}

/** Reads a request's body, unpacked, never holding more than `bytesMax` of it. */
export async function readBody(request: IncomingMessage, limits: BodyLimits): Promise<Body> {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity' && encoding !== 'gzip') return { kind: 'cut', status: 400 };
  const collector = new Collector(limits.bytesMax);
  const idle = new AbortController();
  const timer = setTimeout(() => {
    idle.abort();
  }, limits.idleMs);
  request.on('data', () => {
    timer.refresh();
  });
  try {
    const take = (source: AsyncIterable<Buffer>) => collector.take(source);
    const options = { signal: idle.signal };
    if (encoding === 'gzip') await pipeline(request, createGunzip(), take, options);
    else await pipeline(request, take, options);
    return collector.finish();
  } catch (error) {
    if (error instanceof OverflowError) return { kind: 'cut', status: 413 };
    return { kind: 'cut', status: idle.signal.aborted ? 408 : 400 };
  } finally {
    clearTimeout(timer);
  }
}

class OverflowError extends Error {}

class Collector {
  readonly #bytesMax: number;
  readonly #hash = createHash('sha256');
  #pieces: Buffer[] = [];
  #length = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  async take(source: AsyncIterable<Buffer>): Promise<void> {
    for await (const piece of source) {
      this.#length += piece.byteLength;
      if (this.#length > this.#bytesMax * DRAIN_FACTOR) throw new OverflowError();
      this.#hash.update(piece);
      if (this.#length <= this.#bytesMax) this.#pieces.push(piece);
      else this.#pieces = [];
    }
  }

  finish(): Body {
    if (this.#length > this.#bytesMax) return { kind: 'tooLarge', hash: this.#hash.digest('hex') };
    return { kind: 'whole', bytes: Buffer.concat(this.#pieces) };
  }
}
