import { createHash, randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { z } from 'zod';
import type { Channel } from '../../../electron/data/ports.ts';
import { fail, succeed } from '../../../shared/errors/result.ts';
import type { Result } from '../../../shared/errors/result.ts';
import { pageBodySchema, removalLine, rosterLine } from '../../../shared/wire/roster.ts';
import type { RosterManifest, RosterRow } from '../../../shared/wire/roster.ts';

interface Download {
  readonly manifest: RosterManifest;
  readonly contents: string[];
}

const keyOf = (row: RosterRow) => row.personalAccount + row.fundType;
const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

function sorted(rows: readonly RosterRow[]): RosterRow[] {
  return [...rows].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

export function digestOf(rows: readonly RosterRow[]): string {
  const hash = createHash('sha256');
  for (const row of sorted(rows)) hash.update(`${rosterLine(row)}\n`);
  return hash.digest('hex');
}

/**
 * The centre's side of WL3001–3, without a network: it keeps every version of a roster and answers
 * what a client that has one of them needs. `tamper` may change an answer on its way.
 */
export class RosterCentre implements Channel {
  readonly state = 'online';
  readonly asked: string[] = [];
  readonly receipts: { downloadId: string; digest: string }[] = [];
  readonly pageRows: number;
  tamper: (tx: string, body: unknown) => unknown = (_tx, body) => body;
  /** Called before each answer. */
  before: (tx: string, body: unknown) => void | Promise<void> = () => undefined;
  #versions: RosterRow[][] = [];
  /** Made ahead: its work is the centre's, and must not count as the client's standstill. */
  #full: Download | undefined;
  #download: Download | undefined;

  constructor(rows: readonly RosterRow[], pageRows = 1_000) {
    this.pageRows = pageRows;
    this.publish(rows);
  }

  publish(rows: readonly RosterRow[]): void {
    this.#versions.push(sorted(rows));
    this.#full = this.#makeDownload(0);
  }

  async ask<Body extends z.ZodType>(
    tx: string,
    body: unknown,
    answer: Body,
    options?: { readonly signal?: AbortSignal },
  ): Promise<Result<z.output<Body>>> {
    this.asked.push(tx);
    await this.before(tx, body);
    await setImmediate();
    if (options?.signal?.aborted) return fail('RECEIVE_FAILED', 'aborted');
    const parsed = answer.safeParse(this.tamper(tx, this.#answer(tx, body)));
    return parsed.success ? succeed(parsed.data) : fail('ANSWER_UNPROVEN', parsed.error.message);
  }

  #answer(tx: string, body: unknown): unknown {
    switch (tx) {
      case 'WL3001':
        return this.#manifest((body as { have: number }).have);
      case 'WL3002': {
        const { downloadId, page } = pageBodySchema.parse(body);
        return { downloadId, page, content: this.#download?.contents[page] };
      }
      case 'WL3003': {
        const receipt = body as { downloadId: string; digest: string };
        this.receipts.push(receipt);
        return { matches: receipt.digest === this.#download?.manifest.digest };
      }
      default:
        throw new Error(`${tx} is not about the roster`);
    }
  }

  #manifest(have: number): RosterManifest {
    const made = have === 0 && this.#full ? this.#full : this.#makeDownload(have);
    this.#download = { ...made, manifest: { ...made.manifest, downloadId: randomUUID() } };
    return this.#download.manifest;
  }

  #makeDownload(have: number): Download {
    const now = this.#versions[this.#versions.length - 1] ?? [];
    const before = this.#versions[have - 1];
    const lines = before ? deltaLines(before, now) : now.map(rosterLine);
    const contents: string[] = [];
    for (let i = 0; i < lines.length; i += this.pageRows) {
      contents.push(
        lines
          .slice(i, i + this.pageRows)
          .map((line) => `${line}\n`)
          .join(''),
      );
    }
    const manifest: RosterManifest = {
      downloadId: randomUUID(),
      version: this.#versions.length,
      mode: before ? 'delta' : 'full',
      pages: contents.map((content) => ({
        hash: sha256(content),
        rows: content.split('\n').length - 1,
      })),
      count: now.length,
      digest: digestOf(now),
      asOf: '2026-11-21T01:00:00.000Z',
    };
    return { manifest, contents };
  }
}

function deltaLines(before: readonly RosterRow[], now: readonly RosterRow[]): string[] {
  const old = new Map(before.map((row) => [keyOf(row), rosterLine(row)]));
  const lines: string[] = [];
  for (const row of now) {
    if (old.get(keyOf(row)) !== rosterLine(row)) lines.push(rosterLine(row));
    old.delete(keyOf(row));
  }
  for (const row of before) if (old.has(keyOf(row))) lines.push(removalLine(row));
  return lines;
}
