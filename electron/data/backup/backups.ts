import type { ErrorCode } from '../../../shared/errors/catalogue.ts';
import { fail, type Failure, type Result, succeed } from '../../../shared/errors/result.ts';
import type { backupContract, BackupView, Restored } from '../../../shared/ipc/backups.ts';
import type { RequestOf, ValueOf } from '../../../shared/ipc/contract.ts';
import { report } from '../../host/report.ts';
import { OrderJournal } from '../orders/journal.ts';
import { ReceiptLedger } from '../orders/ledger.ts';
import { metaKeys, type ParameterBook, type UnitContext, type Queue } from '../ports.ts';
import type { UnitSession } from '../session/unit-session.ts';
import { lastAuditSeq } from './contents.ts';
import { type SealedKey, viewOf } from './end-mark.ts';
import { readFailureNote, writeFailureNote } from './failure-note.ts';
import { backupFolderOf, listBackups, makeRoom } from './folder.ts';
import { mergeBackup } from './merge.ts';
import { previewRestore } from './preview.ts';
import { isSealedWith, openSealedKey, sealKey } from './sealed-keys.ts';
import { isKeyOf, openBackup, type OpenedBackup, readOwnMark } from './source.ts';
import { takeBackup } from './take.ts';

type Ops = typeof backupContract;
type Reason = BackupView['reason'];

export interface BackupsContext extends UnitContext {
  readonly unitsFolder: string;
  readonly databaseKey: string;
  readonly session: UnitSession;
  readonly queue: Queue;
  readonly parameters: ParameterBook;
}

/** The open unit's backups: made, listed, and brought back. */
export class Backups {
  readonly #context: BackupsContext;
  readonly #folder: string;
  readonly #changesBefore: number;

  constructor(context: BackupsContext) {
    this.#context = context;
    this.#folder = backupFolderOf(context.unitsFolder);
    this.#changesBefore = this.#countChanges();
  }

  readonly list = (): Result<ValueOf<Ops, 'backups.list'>> => {
    const { kept, unreadable } = listBackups(this.#folder, this.#context.unitAccount);
    const backups = kept.map(({ mark, name }) => viewOf(mark, name));
    return succeed({
      folder: this.#folder,
      backups,
      unreadable,
      failed: readFailureNote(this.#context.database),
    });
  };

  readonly acknowledge = (): Result<Record<string, never>> => {
    writeFailureNote(this.#context.database, null);
    this.#context.changed('status');
    return succeed({});
  };

  /** The code of the last backup at the end of the program, while nobody has read that it failed. */
  get failed(): ErrorCode | null {
    return readFailureNote(this.#context.database)?.code ?? null;
  }

  /** The clerk asks for one, here or to another folder. */
  readonly take = ({
    folder,
  }: RequestOf<Ops, 'backups.take'>): Result<ValueOf<Ops, 'backups.take'>> => {
    const { database, audit, changed } = this.#context;
    // who copied the data stands in the copy as well
    const recorded = database.write(() => {
      audit.record('backup', { elsewhere: folder !== null });
      return succeed(undefined);
    });
    // a full disk says so below, for the disk that the backup goes to
    if (!recorded.ok) report(`backup: ${recorded.code} ${recorded.detail}`);
    const taken = this.#take('manual', folder ?? this.#folder);
    if (!taken.ok) return taken;
    if (folder === null) writeFailureNote(database, null);
    changed('status');
    return succeed({ backup: taken.value, folder: folder ?? this.#folder });
  };

  /**
   * Before the unit closes, where there is anything new since the newest backup. What goes wrong is
   * kept, so that the clerk is told at the next start; also when the program is ended meanwhile.
   */
  takeAtEnd(): void {
    const { database, clock } = this.#context;
    if (database.meta.get(metaKeys.firstSignIn) === undefined || !this.#hasNews()) return;
    writeFailureNote(database, { code: 'BACKUP_FAILED', at: clock.now() });
    const taken = this.#take('exit', this.#folder);
    if (!taken.ok) report(`backup: ${taken.code} ${taken.detail}`);
    writeFailureNote(database, taken.ok ? null : { code: taken.code, at: clock.now() });
  }

  readonly inspect = (
    request: RequestOf<Ops, 'backups.inspect'>,
  ): Promise<Result<ValueOf<Ops, 'backups.inspect'>>> =>
    this.#with(request, (backup) => {
      const { database } = this.#context;
      const seen: ValueOf<Ops, 'backups.inspect'>[] = [];
      const tried = database.write<never>(() => {
        const merged = this.#merge(backup);
        if (!merged.ok) return merged;
        seen.push(previewRestore(database.handle, backup, merged.value));
        return takenBack;
      });
      const [preview] = seen;
      return preview ? succeed(preview) : tried;
    });

  readonly restore = (
    request: RequestOf<Ops, 'backups.restore'>,
  ): Promise<Result<ValueOf<Ops, 'backups.restore'>>> =>
    this.#with(request, (backup) => {
      const { database, audit, queue, parameters, changed } = this.#context;
      const restored = database.write(() => {
        const merged = this.#merge(backup);
        if (!merged.ok || isNothing(merged.value)) return merged;
        const { orders, receipts } = merged.value;
        const { auditSeq, at } = backup.mark;
        audit.record('restored', { name: backup.name, at, auditSeq, orders, receipts });
        queue.recheck(parameters.current());
        return merged;
      });
      if (restored.ok) changed('queue', 'orders', 'batches', 'status');
      return restored;
    });

  /** After each opened session: what another computer needs to open the backups made from now on. */
  async seal(): Promise<void> {
    const { session, database, user, databaseKey } = this.#context;
    const parts = session.unlocking;
    if (!parts || isSealedWith(database, user, parts)) return;
    const sealed = await sealKey(database, user, databaseKey, parts);
    // the next session tries again; the backups until then open here alone, and their list says so
    if (!sealed.ok) report(`backup key: ${sealed.code} ${sealed.detail}`);
  }

  #merge(backup: OpenedBackup): Result<Restored> {
    const { database, clock, session } = this.#context;
    const journal = new OrderJournal(database, clock);
    const ledger = new ReceiptLedger(database, clock);
    const parts = { ...this.#context, journal, ledger, trust: session.link.trust };
    return mergeBackup(parts, backup.handle);
  }

  async #with<T>(
    { file, password }: RequestOf<Ops, 'backups.inspect'>,
    work: (backup: OpenedBackup) => Result<T>,
  ): Promise<Result<T>> {
    const { unitAccount, unitsFolder } = this.#context;
    const toOpen = { file, unitAccount, workFolder: unitsFolder };
    const mark = readOwnMark(toOpen);
    if (!mark.ok) return mark;
    const key = isKeyOf(mark.value, this.#context.databaseKey)
      ? succeed(this.#context.databaseKey)
      : await this.#unlock(mark.value.keys, password);
    if (!key.ok) return key;
    const opened = openBackup(toOpen, mark.value, key.value);
    if (!opened.ok) return opened;
    try {
      return work(opened.value);
    } finally {
      opened.value.close();
    }
  }

  /** One of another computer, or of this one before its key was lost. */
  async #unlock(keys: readonly SealedKey[], password: string | null): Promise<Result<string>> {
    const { unitAccount, user, session } = this.#context;
    const sealed = keys.find((each) => each.user === user);
    if (!sealed) return fail('BACKUP_LOCKED', `no key for ${user}`);
    const parts = session.unlocking;
    if (!parts) return fail('KEY_NOT_LOGGED_IN', 'the channel was not started');
    const passwordKey = password === null ? parts.passwordKey : await session.deriveKey(password);
    return openSealedKey(unitAccount, sealed, { sign: parts.sign, passwordKey });
  }

  #take(reason: Reason, folder: string): Result<BackupView> {
    const { database, unitAccount, databaseKey, clock, clientVersion } = this.#context;
    const at = clock.now();
    const taken = takeBackup({
      ...{ source: database.handle, unitAccount, key: databaseKey, folder, at, reason },
      programVersion: clientVersion,
    });
    if (taken.ok && folder === this.#folder) makeRoom(folder, unitAccount, at, taken.value.name);
    return taken;
  }

  #hasNews(): boolean {
    if (this.#countChanges() !== this.#changesBefore) return true;
    const { database, unitAccount } = this.#context;
    const [newest] = listBackups(this.#folder, unitAccount).kept;
    return newest?.mark.auditSeq !== lastAuditSeq(database.handle);
  }

  #countChanges(): number {
    const { handle } = this.#context.database;
    return handle.prepare<[], number>('SELECT total_changes()').pluck().get() ?? 0;
  }
}

/** Ends the transaction of a preview without a trace. */
const takenBack: Failure = fail('BACKUP_UNREADABLE', 'a preview keeps nothing');

function isNothing({ drafts, ...counts }: Restored): boolean {
  return [...Object.values(drafts), ...Object.values(counts)].every((count) => count === 0);
}
