import { fail, succeed } from '../../../shared/errors/result.ts';
import type { Failure, Result } from '../../../shared/errors/result.ts';
import type { Handlers } from '../../../shared/ipc/contract.ts';
import { EXPORT_DEADLINE_MS } from '../../../shared/ipc/export.ts';
import type { ExportHead, ExportRows, exportContract } from '../../../shared/ipc/export.ts';
import type { importContract } from '../../../shared/ipc/import.ts';
import type { Client } from '../../host/contract.ts';
import type { HostProcess } from '../../host/host-process.ts';
import { runImportJob } from '../../host/import-job.ts';
import type { DataClient } from '../clients.ts';
import type { FileDialogs } from './dialogs.ts';
import { saveWhole } from './saving.ts';

type Job = Client<typeof importContract>;
type Written = Result<{ bytes: Uint8Array }>;

interface ListExportsOptions {
  readonly data: Pick<DataClient, 'output.note'>;
  /** Starts the process of one job. */
  readonly startJob: () => HostProcess;
  readonly dialogs: Pick<FileDialogs, 'chooseTarget'>;
}

/** 导出 Excel: between the window's rows, the job that writes and the clerk's file. */
export class ListExports {
  readonly #options: ListExportsOptions;
  #open: OpenExport | undefined;

  constructor(options: ListExportsOptions) {
    this.#options = options;
  }

  readonly handlers: Handlers<typeof exportContract> = {
    'export.begin': async ({ fileName, head }) => {
      this.#drop();
      const target = await this.#options.dialogs.chooseTarget(fileName);
      if (target === null) return succeed({ started: false });
      // another may have been begun while the dialogue was open
      this.#drop();
      const open = new OpenExport(this.#options.startJob, head, target);
      this.#open = open;
      const begun = await open.begun;
      return begun.ok ? succeed({ started: true }) : stopped(begun);
    },
    'export.rows': async ({ rows }) => {
      const added = await (this.#open?.add(rows) ?? fail('EXPORT_STOPPED', 'none is open'));
      return added.ok ? succeed({}) : stopped(added);
    },
    'export.finish': () => this.#finish(),
    'export.cancel': () => {
      this.#drop();
      return succeed({});
    },
  };

  async #finish(): Promise<Result<{ path: string; rows: number }>> {
    const open = this.#open;
    if (!open) return fail('EXPORT_STOPPED', 'none is open');
    const written = await open.finish();
    if (this.#open !== open) return fail('EXPORT_STOPPED', 'cancelled');
    this.#open = undefined;
    if (!written.ok) return stopped(written);
    const { target, rows, title } = open;
    const noted = await this.#options.data['output.note']({ what: title, rows });
    if (!noted.ok) return noted;
    const saved = await saveWhole(target, written.value.bytes);
    return saved.ok ? succeed({ path: target, rows }) : saved;
  }

  #drop(): void {
    this.#open?.cancel();
    this.#open = undefined;
  }
}

function stopped({ code, detail }: Failure): Failure {
  return fail('EXPORT_STOPPED', `${code} ${detail}`);
}

/** One job process that is fed until it has all. */
class OpenExport {
  readonly target: string;
  readonly title: string;
  /** Resolves when rows can be given, or with why not. */
  readonly begun: Promise<Result<Job>>;
  readonly #abort = new AbortController();
  readonly #done: Promise<Written>;
  #settle: (written: Written) => void = () => undefined;
  #rows = 0;

  constructor(startJob: () => HostProcess, head: ExportHead, target: string) {
    this.target = target;
    this.title = head.title;
    let begin: (job: Result<Job>) => void = () => undefined;
    const ready = new Promise<Result<Job>>((resolve) => {
      begin = resolve;
    });
    const written = new Promise<Written>((resolve) => {
      this.#settle = resolve;
    });
    const work = async (job: Job): Promise<Written> => {
      const begun = await job['export.begin'](head);
      if (!begun.ok) return begun;
      begin(succeed(job));
      return written;
    };
    const { signal } = this.#abort;
    this.#done = runImportJob(startJob, work, { signal, deadlineMs: EXPORT_DEADLINE_MS });
    this.begun = Promise.race([ready, this.#ended()]);
  }

  get rows(): number {
    return this.#rows;
  }

  async add(rows: ExportRows): Promise<Result<unknown>> {
    const job = await this.begun;
    if (!job.ok) return job;
    const added = await Promise.race([job.value['export.rows']({ rows }), this.#ended()]);
    if (added.ok) this.#rows += rows.length;
    return added;
  }

  async finish(): Promise<Written> {
    const job = await this.begun;
    if (!job.ok) return job;
    void job.value['export.finish']({}).then(this.#settle);
    return this.#done;
  }

  cancel(): void {
    this.#abort.abort();
  }

  /** For whoever waits for something else of it: that it ended is a failure to them. */
  async #ended(): Promise<Failure> {
    const done = await this.#done;
    return done.ok ? fail('EXPORT_STOPPED', 'ended early') : done;
  }
}
