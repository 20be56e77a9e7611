import { FILE_NOTICES_MAX } from '../../../shared/batch/rows.ts';
import type { BatchSheet } from '../../../shared/batch/rows.ts';
import { fail, type Result, succeed } from '../../../shared/errors/result.ts';
import type { RequestOf } from '../../../shared/ipc/contract.ts';
import type { batchFileContract } from '../../../shared/ipc/batches.ts';
import { report } from '../../host/report.ts';
import type { BatchContext } from './review.ts';
import type { StoredBatch } from './shelf.ts';

type FileOf<Op extends keyof typeof batchFileContract> = RequestOf<typeof batchFileContract, Op>;

/** How the rows of a file come in: begun, appended slice by slice, finished. */
export class BatchIntake {
  readonly #context: BatchContext;

  constructor(context: BatchContext) {
    this.#context = context;
  }

  /** Begun and never finished: the program ended meanwhile. */
  dropUnread(): void {
    const { database, tables } = this.#context;
    const dropped = database.write(() => {
      for (const batch of tables.shelf.listUnread()) tables.shelf.drop(batch);
      tables.shelf.dropFiles();
      return succeed(undefined);
    });
    // on a full disk they stay out of sight until the next start
    if (!dropped.ok) report(`unread batches: ${dropped.code} ${dropped.detail}`);
  }

  begin(request: FileOf<'batches.begin'>): Result<Record<string, never>> {
    const { database, clock, user, tables } = this.#context;
    return database.write(() => {
      const known = tables.shelf.find(request.id);
      // begun again: what had come of it is replaced
      if (known) tables.shelf.drop(known);
      tables.shelf.add({ ...request, user, at: clock.now() });
      return succeed({});
    });
  }

  append({ id, rows }: FileOf<'batches.append'>): Result<Record<string, never>> {
    const { database, tables } = this.#context;
    return database.write(() => {
      const batch = this.#findUnread(id);
      if (!batch) return fail('NO_RECORD', id);
      tables.rows.append(batch.number, rows);
      return succeed({});
    });
  }

  /** From here on the batch is on the disk, whatever becomes of its first check. */
  keep({ id, sheet, bytes }: FileOf<'batches.finish'>): Result<undefined> {
    const { database, tables, audit, changed, parameters, unitAccount } = this.#context;
    const kept = database.write(() => {
      const batch = this.#findUnread(id);
      if (!batch) return fail('NO_RECORD', id);
      if (!parameters()) return fail('POLICY_MISSING');
      tables.shelf.finish(batch, withUnitNotice(sheet, unitAccount), bytes);
      const rows = tables.rows.openSeqs(batch.number).length;
      audit.record('batchImported', { id, kind: batch.kind, rows });
      return succeed(undefined);
    });
    if (kept.ok) changed('batches');
    return kept;
  }

  drop({ id }: FileOf<'batches.drop'>): Result<Record<string, never>> {
    const { database, tables } = this.#context;
    return database.write(() => {
      const batch = this.#findUnread(id);
      if (batch) tables.shelf.drop(batch);
      return succeed({});
    });
  }

  #findUnread(id: string): StoredBatch | undefined {
    const batch = this.#context.tables.shelf.find(id);
    return batch?.state === 'reading' ? batch : undefined;
  }
}

/** A template downloaded for another unit may hold other people: it is said, and left to the clerk. */
function withUnitNotice(sheet: BatchSheet, unitAccount: string): BatchSheet {
  const { templateUnit = '', notices } = sheet;
  if (templateUnit === '' || templateUnit === unitAccount) return sheet;
  const rule = `模板的单位客户号为 ${templateUnit}，本单位为 ${unitAccount}`;
  const notice = { row: 0, column: '', value: templateUnit, rule };
  const said = { code: 'TEMPLATE_OTHER_UNIT', ...notice } as const;
  return { ...sheet, notices: [said, ...notices.slice(0, FILE_NOTICES_MAX - 1)] };
}
