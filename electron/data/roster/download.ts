import { createHash } from 'node:crypto';
import { fail, succeed } from '../../../shared/errors/result.ts';
import type { Result } from '../../../shared/errors/result.ts';
import {
  manifestAnswerSchema,
  pageAnswerSchema,
  parseRosterLine,
  rosterReceiptAnswerSchema,
} from '../../../shared/wire/roster.ts';
import type { RosterManifest } from '../../../shared/wire/roster.ts';
import type { Channel } from '../ports.ts';
import type { Pause } from './slices.ts';
import type { RosterChange } from './staging.ts';

/** Lines read between two pauses. */
const PARSE_LINES = 250;

/** WL3001: what the centre has to send, given what is here. */
export function askManifest(
  channel: Channel,
  have: number,
  signal: AbortSignal,
): Promise<Result<RosterManifest>> {
  return channel.ask('WL3001', { have }, manifestAnswerSchema, { signal });
}

/**
 * WL3002: one page, proven to be the one the manifest names. SYNC_MISMATCH for another download's
 * page, a wrong hash or number of lines, a line that is none, and a removal in a full download.
 */
export async function askPage(
  channel: Channel,
  manifest: RosterManifest,
  page: number,
  signal: AbortSignal,
  pause: Pause,
): Promise<Result<RosterChange[]>> {
  const announced = manifest.pages[page];
  if (!announced) throw new RangeError(`page ${page} of ${manifest.pages.length}`);
  const { downloadId } = manifest;
  const answer = await channel.ask('WL3002', { downloadId, page }, pageAnswerSchema, { signal });
  if (!answer.ok) return answer;
  const mismatch = (what: string) => fail('SYNC_MISMATCH', `page ${page}: ${what}`);
  const { content } = answer.value;
  if (answer.value.downloadId !== downloadId || answer.value.page !== page) {
    return mismatch('of another download');
  }
  if (sha256(content) !== announced.hash) return mismatch('hash');
  const lines = content.split('\n');
  if (lines.pop() !== '') return mismatch('cut off');
  if (lines.length !== announced.rows) return mismatch(`${lines.length} rows`);
  const changes: RosterChange[] = [];
  for (const [i, line] of lines.entries()) {
    const change = parseRosterLine(line);
    if (!change) return mismatch(`row ${i + 1} is none`);
    if (manifest.mode === 'full' && 'remove' in change) return mismatch('a removal');
    changes.push(change);
    if (i % PARSE_LINES === PARSE_LINES - 1) await pause();
  }
  return succeed(changes);
}

/** WL3003: tells the centre what was stored. */
export async function tellStored(
  channel: Channel,
  { downloadId, digest }: RosterManifest,
): Promise<Result<{ matches: boolean }>> {
  return channel.ask('WL3003', { downloadId, digest }, rosterReceiptAnswerSchema);
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
