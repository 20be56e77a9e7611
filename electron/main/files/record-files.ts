import path from 'node:path';
import { fail, succeed } from '../../../shared/errors/result.ts';
import { auditTableHead, auditTableLine } from '../../../shared/audit/table.ts';
import type { RequestOf, ResultOf } from '../../../shared/ipc/contract.ts';
import type { windowContract } from '../../../shared/ipc/window.ts';
import type { DataClient } from '../clients.ts';
import type { FileDialogs } from './dialogs.ts';
import { saveWhole } from './saving.ts';

type Window = typeof windowContract;

interface RecordFilesOptions {
  readonly data: DataClient;
  readonly dialogs: FileDialogs;
}

/** Rows asked for at a time. */
const EXPORT_ROWS = 5_000;

/** What the clerk keeps outside the program: proof of an order, and 操作记录. */
export class RecordFiles {
  readonly #options: RecordFilesOptions;

  constructor(options: RecordFilesOptions) {
    this.#options = options;
  }

  /** The order as signed and the receipt as received, each a CMS file other programs can verify. */
  async saveEvidence({
    oid,
  }: RequestOf<Window, 'story.saveEvidence'>): Promise<ResultOf<Window, 'story.saveEvidence'>> {
    const { data, dialogs } = this.#options;
    const evidence = await data['orders.evidence']({ oid });
    if (!evidence.ok) return evidence;
    const { order, receipt } = evidence.value;
    const files = [
      { name: `${oid}-业务.p7m`, bytes: order },
      { name: `${oid}-回执.p7m`, bytes: receipt },
    ].flatMap(({ name, bytes }) => (bytes ? [{ name, bytes }] : []));
    if (files.length === 0) return fail('NO_RECORD', 'never signed');
    const folder = await dialogs.chooseFolder();
    if (folder === null) return succeed({ paths: null });
    const paths: string[] = [];
    for (const { name, bytes } of files) {
      const target = path.join(folder, name);
      const saved = await saveWhole(target, bytes);
      if (!saved.ok) return saved;
      paths.push(target);
    }
    return succeed({ paths });
  }

  /** Whole, with every hash; what is recorded meanwhile is not in it. */
  async exportAudit(): Promise<ResultOf<Window, 'audit.export'>> {
    const { data, dialogs } = this.#options;
    const status = await data['unit.status']({});
    if (!status.ok) return status;
    const target = await dialogs.chooseTarget(`操作记录-${status.value.unitAccount}.csv`);
    if (target === null) return succeed({ path: null, rows: 0 });
    const chunks = [Buffer.from(auditTableHead())];
    let after = 0;
    for (;;) {
      const block = await data['audit.from']({ after, limit: EXPORT_ROWS });
      if (!block.ok) return block;
      const { rows } = block.value;
      chunks.push(Buffer.from(rows.map(auditTableLine).join('')));
      after = rows.at(-1)?.seq ?? after;
      if (rows.length < EXPORT_ROWS) break;
    }
    const saved = await saveWhole(target, Buffer.concat(chunks));
    return saved.ok ? succeed({ path: target, rows: after }) : saved;
  }
}
