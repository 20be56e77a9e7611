import path from 'node:path';
import { v7 as newId } from 'uuid';
import { fail, succeed } from '../../../shared/errors/result.ts';
import type { Result } from '../../../shared/errors/result.ts';
import type { EventOf, RequestOf, ResultOf } from '../../../shared/ipc/contract.ts';
import type { Batch } from '../../../shared/ipc/batches.ts';
import type { BatchProgress } from '../../../shared/ipc/data.ts';
import type { windowContract, windowEvents } from '../../../shared/ipc/window.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import type { HostProcess } from '../../host/host-process.ts';
import { runImportJob } from '../../host/import-job.ts';
import type { DataClient } from '../clients.ts';
import type { FileDialogs } from './dialogs.ts';
import { saveWhole } from './saving.ts';

type Window = typeof windowContract;
interface BatchFilesOptions {
  readonly data: DataClient;
  /** Starts the process of one import job. */
  readonly startJob: () => HostProcess;
  readonly dialogs: FileDialogs;
  readonly progress: (progress: EventOf<typeof windowEvents, 'import.progress'>) => void;
}

/** Names of the four templates (manual 五(三)). */
const fileNames: Readonly<Record<EntryKind, string>> = {
  registration: '批量职工登记',
  reduction: '批量职工减少',
  missedBackPay: '批量漏缴补缴',
  shortfallBackPay: '批量少缴补缴',
};

/** Between the clerk's files, the import job and the data host. */
export class BatchFiles {
  readonly #options: BatchFilesOptions;
  #running: AbortController | null = null;
  /** The batch an import under way makes. */
  #comingIn = '';

  constructor(options: BatchFilesOptions) {
    this.#options = options;
  }

  /** 批量业务文本格式下载. */
  async saveTemplate({
    kind,
  }: RequestOf<Window, 'batch.saveTemplate'>): Promise<ResultOf<Window, 'batch.saveTemplate'>> {
    const { data, startJob, dialogs } = this.#options;
    const status = await data['unit.status']({});
    if (!status.ok) return status;
    const { parameters, unitAccount, unitName } = status.value;
    if (!parameters) return fail('POLICY_MISSING');
    const { terms, businessMonth, reductionReasons: reasons } = parameters;
    const { fundTypes, ratioPolicy, ratio } = terms;
    const target = await dialogs.chooseTarget(`${fileNames[kind]}模板.xlsx`);
    if (target === null) return succeed({ path: null });
    const made = await runImportJob(startJob, (job) =>
      job['import.template']({
        ...{ kind, unitAccount, unitName, businessMonth, reasons },
        fundTypes: [...fundTypes],
        ratio: ratioPolicy === 'uniform' ? ratio : null,
      }),
    );
    if (!made.ok) return made;
    const saved = await saveWhole(target, made.value.bytes);
    return saved.ok ? succeed({ path: target }) : saved;
  }

  /** 从Excel导入. One at a time; what was read of a file that is refused or cancelled is dropped. */
  async import(
    request: RequestOf<Window, 'batch.import'>,
  ): Promise<ResultOf<Window, 'batch.import'>> {
    if (this.#running) return fail('IMPORT_RUNNING');
    const running = new AbortController();
    this.#running = running;
    try {
      const file = await this.#options.dialogs.chooseTable();
      if (file === null) return succeed({ batch: null });
      const batch = await this.#bringIn(file, request, running.signal);
      return batch.ok ? succeed({ batch: batch.value }) : batch;
    } finally {
      this.#running = null;
    }
  }

  /** Of the batch that comes in; other batches are checked without a word. */
  followCheck({ id, rows }: BatchProgress): void {
    if (this.#running && id === this.#comingIn) {
      this.#options.progress({ phase: 'checking', rows });
    }
  }

  cancelImport(): ResultOf<Window, 'batch.cancelImport'> {
    const wasRunning = this.#running !== null;
    this.#running?.abort();
    return succeed({ wasRunning });
  }

  /** A copy of the clerk's workbook with what is wrong in it marked. */
  async saveMarked({
    id,
  }: RequestOf<Window, 'batch.saveMarked'>): Promise<ResultOf<Window, 'batch.saveMarked'>> {
    const { data, startJob, dialogs } = this.#options;
    const marks = await data['batches.marks']({ id });
    if (!marks.ok) return marks;
    const { fileName, ...request } = marks.value;
    const marked = await runImportJob(startJob, (job) => job['import.mark'](request));
    if (!marked.ok) return marked;
    const { manner, bytes } = marked.value;
    const { name, ext } = path.parse(fileName);
    const extension = manner === 'marked' ? ext.toLowerCase() : '.xlsx';
    const target = await dialogs.chooseTarget(`${name}（标注错误）${extension}`);
    if (target === null) return succeed({ path: null, manner });
    const saved = await saveWhole(target, bytes);
    return saved.ok ? succeed({ path: target, manner }) : saved;
  }

  async #bringIn(
    file: string,
    { kind, fundType }: RequestOf<Window, 'batch.import'>,
    signal: AbortSignal,
  ): Promise<Result<Batch>> {
    const { data, startJob, progress } = this.#options;
    const id = newId();
    this.#comingIn = id;
    const begun = await data['batches.begin']({
      id,
      kind,
      fundType,
      fileName: path.basename(file),
    });
    if (!begun.ok) return begun;
    let count = 0;
    let stored: Promise<Result<unknown>> = Promise.resolve(succeed(null));
    const read = await runImportJob(startJob, (job) => job['import.read']({ path: file, kind }), {
      signal,
      onRows: (rows) => {
        count += rows.length;
        progress({ phase: 'reading', rows: count });
        stored = stored.then((before) =>
          before.ok ? data['batches.append']({ id, rows: [...rows] }) : before,
        );
      },
    });
    const kept = await stored;
    const failure = [read, kept].find((result) => !result.ok);
    if (!read.ok || failure || signal.aborted) {
      await data['batches.drop']({ id });
      if (signal.aborted) return fail('IMPORT_CANCELLED');
      return failure ?? fail('INTERNAL', 'no failure');
    }
    const { sheet, bytes } = read.value;
    const finished = await data['batches.finish']({ id, sheet, bytes });
    if (!finished.ok) await data['batches.drop']({ id });
    return finished;
  }
}
