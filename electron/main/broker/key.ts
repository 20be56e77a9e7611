import { listen } from '../../host/contract.ts';
import type { Caller } from '../../host/peer.ts';
import { catalogue } from '../../../shared/errors/catalogue.ts';
import { fail, succeed } from '../../../shared/errors/result.ts';
import type { Failure, Result } from '../../../shared/errors/result.ts';
import type { Configuration } from '../../../shared/ipc/configuration.ts';
import { PIN_TRIES_ASSUMED, tokenEvents } from '../../../shared/ipc/token.ts';
import type { DriverDescription, TokenListing } from '../../../shared/ipc/token.ts';
import type { CertificateView, WindowStatus } from '../../../shared/ipc/window.ts';
import { tokenClient } from '../clients.ts';
import type { TokenClient } from '../clients.ts';
import type { HostState, Supervisor } from '../supervisor/supervisor.ts';
import { describeCertificate } from './certificate-view.ts';

type KeyStatus = Omit<WindowStatus['key'], 'driver' | 'interrupted'>;

const noKey = { label: '', serial: '', subject: '', detail: '' } as const;

const nothingListed: TokenListing = { tokens: [], certificates: [] };

/** Which certificate the clerk chose, and the PIN she typed. */
export interface Unlocking {
  readonly unitAccount: string;
  readonly centreTimeMs: number;
  readonly fingerprint: string;
  readonly pin: string;
  readonly confirmLastTry: boolean;
}

interface KeyOptions {
  readonly supervise: (onReady: (caller: Caller) => Promise<void>) => Supervisor;
  readonly provider: Configuration['key'];
  readonly bankAnchorsPem: readonly string[];
  /** Our own count of failed PINs, kept across restarts. */
  readonly stateFile: string;
  readonly onChange: () => void;
}

/** The 网银盾 as main sees it: which is plugged in, whether its PIN was accepted, and its signature. */
export class Key {
  readonly #options: KeyOptions;
  readonly #supervisor: Supervisor;
  readonly #token: TokenClient;
  #status: KeyStatus = { state: 'unknown', ...noKey };
  #driverFailure: Failure | null = null;
  #driver = '';
  #interrupted = false;
  #listing = nothingListed;
  #certificate: Uint8Array | null = null;

  constructor(options: KeyOptions) {
    this.#options = options;
    this.#supervisor = options.supervise((caller) => this.#open(caller));
    this.#token = tokenClient(this.#supervisor);
    listen(this.#supervisor, tokenEvents, {
      presence: ({ present, tokens }) => {
        this.#setPresence(present, tokens[0]);
      },
    });
    this.#supervisor.onState((state) => {
      this.#followHost(state);
    });
  }

  get status(): WindowStatus['key'] {
    return { ...this.#status, driver: this.#driver, interrupted: this.#interrupted };
  }

  get hostState(): HostState {
    return this.#supervisor.state;
  }

  /** DER of the certificate whose PIN was accepted; null while the key is locked. */
  get certificate(): Uint8Array | null {
    return this.#certificate;
  }

  async start(): Promise<void> {
    await this.#supervisor.start();
  }

  async stop(): Promise<void> {
    await this.#supervisor.stop();
  }

  /** Reads every certificate on every key, before any PIN. */
  async readCertificates(
    unitAccount: string,
    centreTimeMs: number,
  ): Promise<Result<{ certificates: CertificateView[] }>> {
    if (this.#supervisor.state === 'givenUp') await this.#supervisor.start();
    // A driver installed after the program was started is found by a fresh process only.
    if (this.#driverFailure) await this.#renew();
    if (this.#driverFailure) return this.#driverFailure;
    const listing = await this.#token.list({
      bankAnchorsPem: [...this.#options.bankAnchorsPem],
      unitAccount,
      centreTimeMs,
    });
    if (!listing.ok) return this.#translate(listing);
    this.#listing = listing.value;
    this.#setPresence(listing.value.tokens.length > 0, listing.value.tokens[0]);
    if (listing.value.tokens.length === 0) return fail('KEY_ABSENT');
    const certificates = listing.value.certificates.map((certificate) =>
      describeCertificate(certificate, listing.value.tokens),
    );
    return succeed({ certificates });
  }

  /** One PIN entry, at most one login at the key. */
  async unlock(entry: Unlocking): Promise<Result<null>> {
    // A fresh process logs in only what it has listed itself.
    if (this.#listing === nothingListed) {
      const read = await this.readCertificates(entry.unitAccount, entry.centreTimeMs);
      if (!read.ok) return read;
    }
    const { fingerprint, pin, confirmLastTry } = entry;
    const certificate = this.#listing.certificates.find(
      (candidate) => candidate.fingerprint === fingerprint,
    );
    if (!certificate) return fail('KEY_ABSENT', 'the certificate is not on the key that is in');
    const { tokenSerial } = certificate;
    const login = await this.#token.login({ tokenSerial, fingerprint, pin, confirmLastTry });
    if (!login.ok) return this.#translate(login);
    this.#certificate = login.value.certificateDer;
    this.#interrupted = false;
    this.#setStatus({
      state: 'unlocked',
      label: login.value.label,
      serial: login.value.serial,
      subject: certificate.commonName,
      detail: '',
    });
    return succeed(null);
  }

  /** For the help desk: the driver and what it sees; a driver that could not be loaded is its failure. */
  async describe(): ReturnType<TokenClient['info']> {
    if (this.#driverFailure) return this.#driverFailure;
    const info = await this.#token.info({});
    return info.ok ? info : this.#translate(info);
  }

  async lock(): Promise<void> {
    if (!this.#certificate) return;
    this.#certificate = null;
    this.#setStatus({ ...this.#status, state: 'present', subject: '' });
    await this.#token.logout({});
  }

  /** SHA256_RSA_PKCS by the unlocked key. */
  async sign(toBeSigned: Uint8Array): Promise<Result<{ signature: Uint8Array }>> {
    if (!this.#certificate)
      return fail(this.#status.state === 'absent' ? 'KEY_REMOVED' : 'KEY_NOT_LOGGED_IN');
    const signed = await this.#token.sign({ toBeSigned });
    return signed.ok ? signed : this.#translate(signed);
  }

  async #open(caller: Caller): Promise<void> {
    const { provider, stateFile } = this.#options;
    const opened = await tokenClient(caller).open({
      provider,
      stateFile,
      triesAssumed: PIN_TRIES_ASSUMED,
    });
    this.#driverFailure = opened.ok ? null : opened;
    this.#driver = opened.ok ? describeDriver(opened.value) : '';
    if (!opened.ok) {
      const state = opened.code === 'KEY_DRIVER_MISSING' ? 'driverMissing' : 'failed';
      this.#setStatus({ state, ...noKey, detail: opened.detail });
    }
  }

  /** A fresh process, and the wait until it has tried to load the driver. */
  async #renew(): Promise<void> {
    this.#supervisor.kill('renew');
    await this.#token.presence({});
  }

  #setPresence(present: boolean, token: { label: string; serial: string } | undefined): void {
    if (!present) {
      this.#certificate = null;
      this.#setStatus({ state: 'absent', ...noKey });
      return;
    }
    if (this.#certificate) return;
    const { label, serial } = token ?? noKey;
    this.#setStatus({ state: 'present', label, serial, subject: '', detail: '' });
  }

  #followHost(state: HostState): void {
    if (state === 'ready' || state === 'starting') {
      this.#options.onChange();
      return;
    }
    // The login died with the process; what was plugged in is learnt again from the next one.
    const wasUnlocked = this.#certificate !== null;
    this.#listing = nothingListed;
    this.#interrupted = this.#interrupted || wasUnlocked;
    this.#certificate = null;
    if (state === 'givenUp')
      this.#setStatus({ state: 'failed', ...noKey, detail: catalogue.HOST_GIVEN_UP.text });
    else if (wasUnlocked) this.#setStatus({ ...this.#status, state: 'unknown', subject: '' });
    else this.#options.onChange();
  }

  #setStatus(status: KeyStatus): void {
    this.#status = status;
    this.#options.onChange();
  }

  /** What a failure of the process means for the key. */
  #translate(failure: Failure): Failure {
    if (failure.code === 'HOST_LATE') return fail('KEY_LATE', failure.detail);
    if (failure.code === 'HOST_DIED' || failure.code === 'HOST_GIVEN_UP')
      return fail('KEY_DRIVER_FAILED', failure.detail);
    return failure;
  }
}

function describeDriver({ library, version, modulePath }: DriverDescription): string {
  return `${library} ${version} (${modulePath})`;
}
