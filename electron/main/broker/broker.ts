import { listen, serve } from '../../host/contract.ts';
import { fail, succeed } from '../../../shared/errors/result.ts';
import type { Failure, Result } from '../../../shared/errors/result.ts';
import type { Configuration } from '../../../shared/ipc/configuration.ts';
import type { Handlers, RequestOf, ResultOf, ValueOf } from '../../../shared/ipc/contract.ts';
import { dataEvents, keyContract } from '../../../shared/ipc/data.ts';
import type { UnitStatus } from '../../../shared/ipc/data.ts';
import type { documentContract } from '../../../shared/ipc/documents.ts';
import type { exportContract } from '../../../shared/ipc/export.ts';
import type { WindowStatus, windowContract, windowEvents } from '../../../shared/ipc/window.ts';
import type { z } from 'zod';
import type { DataClient } from '../clients.ts';
import type { BatchFiles } from '../files/batch-files.ts';
import type { RecordFiles } from '../files/record-files.ts';
import { writeLog } from '../log.ts';
import type { Supervisor } from '../supervisor/supervisor.ts';
import type { RecentFailures } from '../recent-failures.ts';
import { backupHandlers } from './backups.ts';
import type { BackupDialogues } from './backups.ts';
import { readDiagnostics } from './diagnostics.ts';
import type { Key } from './key.ts';
import { passOn } from './passed-on.ts';

type Window = typeof windowContract;
type Tell = <Name extends keyof typeof windowEvents>(
  name: Name,
  payload: z.input<(typeof windowEvents)[Name]>,
) => void;

interface BrokerOptions {
  readonly configuration: Configuration;
  readonly data: Supervisor;
  readonly dataClient: DataClient;
  readonly files: BatchFiles;
  readonly records: RecordFiles;
  /** 导出 Excel, PDF and paper. */
  readonly output: Handlers<typeof exportContract & typeof documentContract>;
  readonly key: Key;
  readonly failures: RecentFailures;
  /** The key of a unit's database file, 64 hex digits. */
  readonly databaseKeyOf: (unitAccount: string) => Result<string>;
  readonly unitsFolder: string;
  readonly clientVersion: string;
  readonly dataProtected: boolean;
  readonly tell: Tell;
  readonly backupDialogues: BackupDialogues;
  /** A key that opens nothing is put aside, so that a unit can begin anew. */
  readonly setAsideKey: (unitAccount: string) => void;
  readonly quit: () => void;
}

const platformOff: WindowStatus['platform'] = {
  state: 'off',
  tlsProtocol: '',
  gatewaySubject: '',
  failure: null,
};

/** Between window, data host and key: routes, keeps the order of steps, and tells the window what changed. */
export class Broker {
  readonly #options: BrokerOptions;
  readonly #data: DataClient;
  readonly #key: Key;
  #platform = platformOff;
  #openUnit: { account: string; everSignedIn: boolean } | null = null;
  #signedIn = false;
  #unit: UnitStatus | null = null;
  /** The unit that was open when the data host died. */
  #reopenAccount: string | null = null;
  /** Somebody was signed in when it died; until the next sign-in. */
  #interrupted = false;

  constructor(options: BrokerOptions) {
    this.#options = options;
    this.#data = options.dataClient;
    this.#key = options.key;
    serve(options.data, keyContract, {
      'key.sign': ({ toBeSigned }) => this.#key.sign(toBeSigned),
    });
    listen(options.data, dataEvents, {
      'sync.progress': (progress) => {
        options.tell('sync.progress', progress);
      },
      'batch.progress': (progress) => {
        options.files.followCheck(progress);
      },
      changed: ({ what }) => {
        options.tell('changed', { what });
        if (what.includes('status')) void this.#readUnit();
      },
    });
    options.data.onState((state) => {
      if (state === 'restarting' || state === 'givenUp' || state === 'stopped') this.#forgetUnit();
      if (state === 'ready') void this.#reopen();
      this.tellStatus();
    });
  }

  /** Every operation of the window's contract. */
  get handlers(): Handlers<Window> {
    return {
      'app.describe': () => succeed(this.#describe()),
      'app.status': () => succeed(this.#status()),
      'platform.certificates': ({ unitAccount }) =>
        this.#key.readCertificates(unitAccount, this.#centreTimeMs()),
      'platform.start': (request) => this.#startPlatform(request),
      'platform.stop': () => this.#stopPlatform(),
      'session.signIn': (request) => this.#signIn(request),
      'session.goOnline': () => this.#goOnline(),
      'session.signOut': () => this.#signOut(),
      ...passOn(this.#data),
      ...this.#options.output,
      'batch.saveTemplate': (request) => this.#options.files.saveTemplate(request),
      'batch.import': (request) => this.#options.files.import(request),
      'batch.cancelImport': () => this.#options.files.cancelImport(),
      'batch.saveMarked': (request) => this.#options.files.saveMarked(request),
      'story.saveEvidence': (request) => this.#options.records.saveEvidence(request),
      'audit.export': () => this.#options.records.exportAudit(),
      ...backupHandlers(this.#options, this.#data, (account) => {
        this.#forgetFile(account);
      }),
      'diagnostics.read': () => readDiagnostics(this.#options, this.#data, this.#status()),
      'app.quit': () => {
        this.#options.quit();
        return succeed({});
      },
    };
  }

  tellStatus(): void {
    this.#options.tell('status', this.#status());
  }

  /** A key that was pulled or locked takes the platform with it; the channel's session lives on until it ends. */
  followKey(): void {
    if (this.#key.certificate === null && this.#platform.state !== 'starting')
      this.#platform = platformOff;
    this.tellStatus();
  }

  #describe(): ValueOf<Window, 'app.describe'> {
    const { configuration, clientVersion, dataProtected } = this.#options;
    const { practice } = configuration;
    const { electron, chrome, node } = process.versions;
    return {
      version: clientVersion,
      accounts: configuration.accounts,
      banner: practice?.banner ?? null,
      keyNote: practice?.keyNote ?? null,
      hints: practice
        ? { pin: practice.pin, transactionPassword: practice.transactionPassword }
        : null,
      dataProtected,
      versions: { electron, chrome, node },
    };
  }

  #status(): WindowStatus {
    return {
      key: this.#key.status,
      platform: this.#platform,
      hosts: { data: this.#options.data.state, token: this.#key.hostState },
      unit: this.#signedIn ? this.#unit : null,
      interrupted: this.#interrupted,
    };
  }

  #centreTimeMs(): number {
    return Date.now() + (this.#unit?.clockOffsetMs ?? 0);
  }

  async #startPlatform(
    request: RequestOf<Window, 'platform.start'>,
  ): Promise<ResultOf<Window, 'platform.start'>> {
    this.#setPlatform({ ...platformOff, state: 'starting' });
    const unlocked = await this.#key.unlock({ ...request, centreTimeMs: this.#centreTimeMs() });
    const opened = unlocked.ok ? await this.#openUnitFile(request.unitAccount) : unlocked;
    if (!opened.ok) {
      this.#setPlatform(platformOff);
      return opened;
    }
    return succeed(await this.#sayHello());
  }

  /** Proves the gateway; the key stays unlocked when that fails. */
  async #sayHello(): Promise<ValueOf<Window, 'platform.start'>> {
    const hello = await this.#data['channel.hello']({});
    if (!hello.ok) {
      this.#options.failures.note('channel.hello', hello.code);
      this.#setPlatform({ ...platformOff, state: 'keyOnly', failure: hello.code });
      return { online: false, failure: hello.code };
    }
    const { tlsProtocol, gatewaySubject, centreSubject } = hello.value;
    writeLog('platform', `${tlsProtocol}, gateway ${gatewaySubject}, centre ${centreSubject}`);
    this.#setPlatform({ state: 'ready', tlsProtocol, gatewaySubject, failure: null });
    return { online: true, failure: null };
  }

  async #stopPlatform(): Promise<ResultOf<Window, 'platform.stop'>> {
    await this.#key.lock();
    this.#setPlatform(platformOff);
    return succeed({});
  }

  async #signIn(
    request: RequestOf<Window, 'session.signIn'>,
  ): Promise<ResultOf<Window, 'session.signIn'>> {
    const opened = await this.#openUnitFile(request.unitAccount);
    if (!opened.ok) return opened;
    const { certificate } = this.#key;
    if (certificate && this.#platform.state !== 'ready') await this.#sayHello();
    const online = certificate !== null && this.#platform.state === 'ready';
    if (!opened.value.everSignedIn && !online) {
      // starting the platform again would change nothing for a program that is too old
      const isTooOld = this.#platform.failure === 'CLIENT_TOO_OLD';
      return fail(isTooOld ? 'CLIENT_TOO_OLD' : 'FIRST_SIGN_IN_ONLINE');
    }
    if (!opened.value.everSignedIn && !request.sync) return fail('SYNC_REQUIRED');
    const { password } = request;
    const signedIn = await this.#data['session.signIn']({
      password,
      online,
      ...(online ? { certificate, tokenSerial: this.#key.status.serial } : {}),
    });
    if (!signedIn.ok) return this.#noteTooOld(signedIn);
    this.#signedIn = true;
    this.#interrupted = false;
    if (this.#openUnit) this.#openUnit.everSignedIn = true;
    const unit = await this.#readUnit();
    if (signedIn.value.online && (request.sync || unit?.rosterVersion === 0)) void this.#sync();
    return signedIn;
  }

  /** The sync that follows a sign-in; its end is told to the window. */
  async #sync(): Promise<void> {
    const synced = await this.#data['roster.sync']({});
    if (!synced.ok) this.#options.failures.note('roster.sync', synced.code);
    this.#options.tell(
      'sync.ended',
      synced.ok ? { ok: true, summary: synced.value } : { ...synced, ok: false },
    );
  }

  async #goOnline(): Promise<ResultOf<Window, 'session.goOnline'>> {
    const { certificate } = this.#key;
    if (!certificate) return fail('KEY_NOT_LOGGED_IN');
    if (this.#platform.state !== 'ready') {
      const hello = await this.#sayHello();
      if (hello.failure) return fail(hello.failure);
    }
    const opened = await this.#data['session.goOnline']({
      certificate,
      tokenSerial: this.#key.status.serial,
    });
    return opened.ok ? opened : this.#noteTooOld(opened);
  }

  /** The centre may ask for a newer program after the platform was started: from then on it is offline only. */
  #noteTooOld<F extends Failure>(failure: F): F {
    if (failure.code === 'CLIENT_TOO_OLD')
      this.#setPlatform({ ...platformOff, state: 'keyOnly', failure: failure.code });
    return failure;
  }

  async #signOut(): Promise<ResultOf<Window, 'session.signOut'>> {
    await this.#data['session.signOut']({});
    this.#signedIn = false;
    this.tellStatus();
    return succeed({});
  }

  /** Opens the unit's file unless it is the one open already. */
  async #openUnitFile(unitAccount: string): Promise<Result<{ everSignedIn: boolean }>> {
    if (this.#openUnit?.account === unitAccount) return succeed(this.#openUnit);
    const { configuration, unitsFolder, clientVersion, databaseKeyOf } = this.#options;
    const account = configuration.accounts.find((known) => known.unitAccount === unitAccount);
    if (!account) return fail('REQUEST_INVALID', 'the account is not in the configuration');
    const key = databaseKeyOf(unitAccount);
    if (!key.ok) return key;
    const opened = await this.#data['unit.open']({
      folder: unitsFolder,
      unitAccount,
      user: account.user,
      databaseKey: key.value,
      gateway: configuration.gateway,
      clientVersion,
    });
    if (!opened.ok) return opened;
    this.#openUnit = { account: unitAccount, everSignedIn: opened.value.everSignedIn };
    return opened;
  }

  /** The unit's file was put aside: the next step opens whatever stands in its place. */
  #forgetFile(unitAccount: string): void {
    if (this.#openUnit?.account === unitAccount) this.#openUnit = null;
  }

  async #readUnit(): Promise<UnitStatus | null> {
    if (!this.#signedIn) return null;
    const status = await this.#data['unit.status']({});
    if (status.ok) this.#unit = status.value;
    this.tellStatus();
    return this.#unit;
  }

  /** The data host died: its session is gone; what was stored is in the file. */
  #forgetUnit(): void {
    this.#reopenAccount = this.#openUnit?.account ?? this.#reopenAccount;
    this.#interrupted = this.#interrupted || this.#signedIn;
    this.#openUnit = null;
    this.#signedIn = false;
    this.#unit = null;
    if (this.#platform.state === 'ready')
      this.#platform = { ...platformOff, state: 'keyOnly', failure: 'HOST_DIED' };
  }

  /** A fresh data host: the unit's file and the platform as they were, so that signing in is all that is left. */
  async #reopen(): Promise<void> {
    const account = this.#reopenAccount;
    this.#reopenAccount = null;
    if (account === null) return;
    const opened = await this.#openUnitFile(account);
    if (opened.ok && this.#key.certificate) await this.#sayHello();
  }

  #setPlatform(platform: WindowStatus['platform']): void {
    this.#platform = platform;
    this.tellStatus();
  }
}
