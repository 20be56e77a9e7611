import { setImmediate } from 'node:timers/promises';
import type { z } from 'zod';
import { fail, succeed } from '../../../shared/errors/result.ts';
import type { Failure, Result } from '../../../shared/errors/result.ts';
import type { syncProgressSchema, syncSummarySchema } from '../../../shared/ipc/roster.ts';
import type { RosterManifest } from '../../../shared/wire/roster.ts';
import { describeError, report } from '../../host/report.ts';
import { readUnit } from '../db/unit-row.ts';
import type { Channel, UnitContext } from '../ports.ts';
import type { RosterColumns } from './columns.ts';
import { SyncDifference } from './difference.ts';
import type { RosterDifference } from './difference.ts';
import { RosterDigest } from './digest.ts';
import { askManifest, askPage, tellStored } from './download.ts';
import { nextGeneration, removeOtherGenerations } from './generations.ts';
import type { Person } from './index-builder.ts';
import { RosterIndexBuilder, storeIndex, storePeople } from './index-builder.ts';
import type { Roster } from './roster.ts';
import { Cancelled, pauseUnless } from './slices.ts';
import type { Pause } from './slices.ts';
import { employeesInSlices, RosterStaging } from './staging.ts';
import type { StoredEmployee } from './staging.ts';
import { nextSync, readStanding, recordSync, removeStaleChanges } from './sync-records.ts';
import type { Standing } from './sync-records.ts';

export type SyncProgress = z.output<typeof syncProgressSchema>;
export type SyncSummary = z.output<typeof syncSummarySchema>;

export interface SyncContext extends UnitContext {
  readonly channel: Channel;
  readonly roster: Roster;
  /** Inside the `write` that puts a new roster in place. */
  readonly recheck: () => void;
  readonly progress: (progress: SyncProgress) => void;
}

interface Checked {
  readonly columns: RosterColumns;
  readonly people: readonly Person[];
  readonly fen: number;
  /** Number of this sync, under which the people it changes are put down. */
  readonly sync: number;
  readonly difference: RosterDifference;
  readonly standing: Standing;
}

/**
 * 职工信息同步 (manual 五(二)). Pages are stored beside the roster in use and checked as a whole;
 * only the last transaction, which moves one number, makes them the roster. Until then a cancel, a
 * mismatch or the end of the process changes nothing that anybody reads.
 */
export class RosterSync {
  readonly #context: SyncContext;
  #running: AbortController | undefined;
  #cleaning: Promise<void> = Promise.resolve();
  #closing = new AbortController();
  #progress: SyncProgress = { phase: 'done', rows: 0, of: 0 };

  constructor(context: SyncContext) {
    this.#context = context;
    // what a sync that was cut short left behind
    this.#cleanUp();
  }

  cancel(): boolean {
    this.#running?.abort();
    return this.#running !== undefined;
  }

  /** Stops at the next pause and waits for it. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#running?.abort();
    while (this.#running) await setImmediate();
    await this.#cleaning;
  }

  async run(): Promise<Result<SyncSummary>> {
    if (this.#running) return fail('SYNC_RUNNING');
    const controller = new AbortController();
    this.#running = controller;
    try {
      await this.#cleaning;
      const result = await this.#runUnlessCancelled(controller.signal);
      this.#tell(result.ok ? 'done' : result.code === 'SYNC_CANCELLED' ? 'cancelled' : 'failed');
      return result;
    } finally {
      this.#running = undefined;
      this.#cleanUp();
    }
  }

  async #runUnlessCancelled(signal: AbortSignal): Promise<Result<SyncSummary>> {
    try {
      const result = await this.#sync(signal);
      return result.ok || !signal.aborted ? result : fail('SYNC_CANCELLED');
    } catch (error) {
      if (error instanceof Cancelled) return fail('SYNC_CANCELLED');
      throw error;
    }
  }

  async #sync(signal: AbortSignal): Promise<Result<SyncSummary>> {
    const { channel, database } = this.#context;
    this.#progress = { phase: 'asking', rows: 0, of: 0 };
    this.#tell('asking');
    const before = readUnit(database);
    const manifest = await askManifest(channel, before.rosterVersion, signal);
    if (!manifest.ok) return manifest;
    if (isUnchanged(manifest.value, before)) return this.#noteUnchanged(manifest.value);
    const synced = await this.#download(manifest.value, signal);
    const isDeltaWrong =
      manifest.value.mode === 'delta' && !synced.ok && synced.code === 'SYNC_MISMATCH';
    if (!isDeltaWrong) return synced;
    // what is here is not what the centre believes: once more, all of it
    const full = await askManifest(channel, 0, signal);
    if (!full.ok) return full;
    if (full.value.mode !== 'full') return fail('SYNC_MISMATCH', 'asked for all, got a delta');
    return this.#download(full.value, signal);
  }

  async #download(manifest: RosterManifest, signal: AbortSignal): Promise<Result<SyncSummary>> {
    const { database } = this.#context;
    const pause = pauseUnless(signal);
    const staging = new RosterStaging(database, nextGeneration(database));
    const staged = await this.#stagePages(staging, manifest, signal, pause);
    if (!staged.ok) return staged;
    this.#tell('checking');
    const checked = await this.#check(staging.generation, manifest, pause);
    if (!checked.ok) return checked;
    this.#tell('storing');
    const { generation } = staging;
    const people = await storePeople(database, generation, checked.value.people, pause);
    if (!people.ok) return people;
    const stored = await storeIndex(database, generation, checked.value.columns, pause);
    if (!stored.ok) return stored;
    const summary = this.#swap(generation, manifest, checked.value);
    if (summary.ok) await this.#tellCentre(manifest);
    return summary;
  }

  async #stagePages(
    staging: RosterStaging,
    manifest: RosterManifest,
    signal: AbortSignal,
    pause: Pause,
  ): Promise<Result<undefined>> {
    const { channel, database } = this.#context;
    const of = manifest.pages.reduce((sum, page) => sum + page.rows, 0);
    this.#progress = { phase: 'downloading', rows: 0, of };
    this.#tell('downloading');
    if (manifest.mode === 'delta') {
      const copied = await staging.copyFrom(readUnit(database).rosterGeneration, pause);
      if (!copied.ok) return copied;
    }
    for (const page of manifest.pages.keys()) {
      const changes = await askPage(channel, manifest, page, signal, pause);
      if (!changes.ok) return changes;
      await pause();
      const applied = staging.apply(changes.value, manifest.mode);
      if (!applied.ok) return applied;
      if (!applied.value) return fail('SYNC_MISMATCH', `page ${page}: somebody twice`);
      this.#progress = { ...this.#progress, rows: this.#progress.rows + changes.value.length };
      this.#tell('downloading');
      await pause();
    }
    return succeed(undefined);
  }

  /** One pass in key order: digest, count, difference and columns. */
  async #check(
    generation: number,
    manifest: RosterManifest,
    pause: Pause,
  ): Promise<Result<Checked>> {
    const { database } = this.#context;
    const digest = new RosterDigest();
    const sync = nextSync(database);
    const old = readUnit(database).rosterGeneration;
    const changes = new SyncDifference(database, { sync, old, new: generation });
    const standing = { accounts: 0, fen: 0 };
    const builder = new RosterIndexBuilder();
    for await (const rows of employeesInSlices(database, generation, pause)) {
      digest.push(rows);
      const pushed = changes.push(rows);
      if (!pushed.ok) return pushed;
      for (const row of rows) addTo(standing, row);
      builder.push(rows);
    }
    const difference = changes.finish();
    if (!difference.ok) return difference;
    if (builder.count !== manifest.count) return fail('SYNC_MISMATCH', `${builder.count} rows`);
    if (digest.finish() !== manifest.digest) return fail('SYNC_MISMATCH', 'digest');
    if (!Number.isSafeInteger(builder.fen)) return fail('SYNC_MISMATCH', 'sum of the amounts');
    return succeed({
      columns: await builder.columns(pause),
      people: await builder.people(pause),
      fen: builder.fen,
      sync,
      difference: difference.value,
      standing,
    });
  }

  #swap(generation: number, manifest: RosterManifest, checked: Checked): Result<SyncSummary> {
    const { database, clock, audit, roster, recheck } = this.#context;
    const { version, count, digest, asOf, mode } = manifest;
    const at = clock.now();
    const summary: SyncSummary = { version, count, ...checked.difference, mode, at };
    const isFirst = readUnit(database).rosterGeneration === 0;
    const swapped = database.write(() => {
      database.handle
        .prepare(
          `UPDATE unit SET roster_generation = @generation, roster_version = @version,
             roster_count = @count, roster_fen = @fen, roster_digest = @digest,
             roster_as_of = @asOf, last_sync_at = @at`,
        )
        .run({ generation, version, count, fen: checked.fen, digest, asOf, at });
      recheck();
      recordSync(database, checked.sync, summary, isFirst, checked.standing);
      audit.record('sync', { version, count, digest, mode });
      return succeed(summary);
    });
    if (!swapped.ok) return swapped;
    roster.take(generation, checked.columns);
    this.#context.changed('roster', 'status', 'batches');
    return swapped;
  }

  #noteUnchanged(manifest: RosterManifest): Result<SyncSummary> {
    const { database, clock, audit } = this.#context;
    const { version, count, digest } = manifest;
    const at = clock.now();
    const noted = database.write(() => {
      database.handle
        .prepare('UPDATE unit SET roster_version = ?, last_sync_at = ?')
        .run(version, at);
      audit.record('sync', { version, count, digest, mode: 'unchanged' });
      const nothing = { added: 0, changed: 0, removed: 0 };
      const summary: SyncSummary = { version, count, ...nothing, mode: 'unchanged', at };
      recordSync(database, nextSync(database), summary, false, readStanding(database));
      return succeed(summary);
    });
    if (noted.ok) this.#context.changed('status', 'batches');
    return noted;
  }

  /** The roster stands whatever becomes of this: it only tells the centre. */
  async #tellCentre(manifest: RosterManifest): Promise<void> {
    const told = await tellStored(this.#context.channel, manifest);
    if (told.ok && told.value.matches) return;
    report(`roster receipt: ${told.ok ? 'the centre has another digest' : failureText(told)}`);
  }

  #cleanUp(): void {
    const { database } = this.#context;
    const pause = pauseUnless(this.#closing.signal);
    this.#cleaning = this.#cleaning
      .then(async () => {
        await pause();
        if (this.#running) return;
        const keep = readUnit(database).rosterGeneration;
        const removed = await removeOtherGenerations(database, keep, pause);
        if (!removed.ok) report(`old roster kept: ${failureText(removed)}`);
        const stale = await removeStaleChanges(database, pause);
        if (!stale.ok) report(`old differences kept: ${failureText(stale)}`);
      })
      .catch((error: unknown) => {
        // the next sync or start tries again
        if (!(error instanceof Cancelled)) report(`old roster kept: ${describeError(error)}`);
      });
  }

  #tell(phase: SyncProgress['phase']): void {
    this.#progress = { ...this.#progress, phase };
    this.#context.progress(this.#progress);
  }
}

function addTo(standing: { accounts: number; fen: number }, row: StoredEmployee): void {
  if (row.status !== '01') return;
  standing.accounts += 1;
  standing.fen += row.unit_fen + row.personal_fen;
}

function isUnchanged(
  manifest: RosterManifest,
  before: { readonly rosterDigest: string; readonly rosterGeneration: number },
): boolean {
  return (
    before.rosterGeneration > 0 &&
    manifest.mode === 'delta' &&
    manifest.pages.length === 0 &&
    manifest.digest === before.rosterDigest
  );
}

function failureText({ code, detail }: Failure): string {
  return `${code} ${detail}`;
}
