import { X509Certificate } from 'node:crypto';
import type { z } from 'zod';
import { fail, type Failure, type Result, succeed } from '../../../shared/errors/result.ts';
import type { Transaction } from '../../../shared/wire/envelope.ts';
import { SESSION_IDLE_MS } from '../../../shared/wire/limits.ts';
import type { OpenAnswer } from '../../../shared/wire/session.ts';
import { report } from '../../host/report.ts';
import { Link } from '../channel/link.ts';
import { checkPassword, isPassword, rememberPassword } from '../db/password-verifier.ts';
import {
  type AuditEvent,
  type Channel,
  type ChannelState,
  metaKeys,
  type Session,
  type SessionContext,
} from '../ports.ts';
import { type KeySigner, readCertificate, signByKey } from './key-signature.ts';
import { ensureInstallation, exchangeOpen } from './open-exchange.ts';
import { derivePasswordKey } from './password.ts';
import { Probe } from './probe.ts';
import { Turn } from './turn.ts';
import { certificateHashOf, type Unlocking, unlockingBy } from './unlocking.ts';

/** A session is given up this long before the centre would, so that no request dies on the way. */
const SESSION_MARGIN_MS = 30_000;
/** Closing is a courtesy: the session ends by itself. */
const CLOSE_WAIT_MS = 3_000;

export interface OpenSession {
  readonly sid: string;
  readonly answer: OpenAnswer;
}

interface SignedIn {
  readonly online: boolean;
  readonly firstOnThisComputer: boolean;
}

/** The key signatures come from, as 操作记录 names it. */
export interface KeyInUse {
  /** SHA-256 of the certificate. */
  readonly certificate: string;
  /** Serial of the key. */
  readonly token: string;
}

/** Wrong passwords in a row while the disk is too full to count them; then only a restart helps. */
const UNCOUNTED_TRIES_MAX = 5;

/**
 * Runs after every WL0002, before the session is used: what the centre says of receipts and serials
 * is held against our own. A failure ends the session. It asks through `link` with the session's
 * own `sid`: `channel` is not open yet.
 */
export type OpenedCheck = (open: OpenSession) => Promise<Result<void>>;
/** Runs before the WL0002 leaves: what we hold by then, the centre must hold as well. */
export type PrepareOpenedCheck = () => OpenedCheck;

/** The clerk's standing towards the centre: password proven or not, session open or not. */
export class UnitSession implements Session {
  readonly link: Link;
  readonly channel: Channel;
  readonly #context: SessionContext;
  readonly #bankAnchors: readonly X509Certificate[];
  readonly #opening = new Turn();
  readonly #reachedListeners: (() => void)[] = [];
  #prepareCheck: PrepareOpenedCheck = () => () => Promise.resolve(succeed(undefined));
  #passwordKey: Buffer | undefined;
  #certificateDer: Uint8Array | undefined;
  #tokenSerial = '';
  #uncountedTries = 0;
  #open: OpenSession | undefined;
  #lastUsedMs = 0;
  #state: ChannelState = 'off';
  readonly #probe: Probe;
  #isClosed = false;

  constructor(context: SessionContext) {
    this.#context = context;
    this.#bankAnchors = context.gateway.bankCaPem.map((pem) => new X509Certificate(pem));
    this.link = new Link({
      gateway: context.gateway,
      unit: context.unitAccount,
      user: context.user,
      clientVersion: context.clientVersion,
      clock: context.clock,
      onExchange: (reached) => {
        this.#noteExchange(reached);
      },
    });
    this.#probe = new Probe(async () => {
      const hello = await this.link.hello();
      if (hello.ok) this.#tellReached();
    });
    const stateOf = () => this.#state;
    this.channel = {
      get state() {
        return stateOf();
      },
      ask: (tx, body, answer, options) => this.#ask(tx, body, answer, options?.signal),
    };
  }

  get isSignedIn(): boolean {
    return this.#passwordKey !== undefined;
  }

  /** The session as far as we know; the centre may think otherwise. */
  get current(): OpenSession | undefined {
    return this.#open && this.#isAlive(this.#open) ? this.#open : undefined;
  }

  /** Empty before a certificate was chosen. */
  get keyInUse(): KeyInUse | Record<string, never> {
    if (!this.#certificateDer) return {};
    return { certificate: certificateHashOf(this.#certificateDer), token: this.#tokenSerial };
  }

  setOpenedCheck(prepare: PrepareOpenedCheck): void {
    this.#prepareCheck = prepare;
  }

  /** Called whenever the centre has been reached by a hello or an open. */
  onReached(listener: () => void): void {
    this.#reachedListeners.push(listener);
  }

  readonly hello: Session['hello'] = async () => {
    const hello = await this.link.hello();
    if (!hello.ok) return hello;
    this.#tellReached();
    const { tls, centreSubject, clockOffsetMs } = hello.value;
    return succeed({
      tlsProtocol: tls.protocol,
      gatewaySubject: tls.gatewaySubject,
      centreSubject,
      clockOffsetMs,
    });
  };

  readonly signIn: Session['signIn'] = async ({
    password,
    online,
    certificate,
    tokenSerial = '',
  }) => {
    const { unitAccount, user } = this.#context;
    if (!online) return this.#signInOffline(password);
    if (!certificate) return fail('KEY_NOT_LOGGED_IN', 'no certificate was chosen');
    const passwordKey = await derivePasswordKey(unitAccount, user, password);
    this.#tokenSerial = tokenSerial;
    const opened = await this.#openSession(certificate, passwordKey);
    // the disk, not the centre: the password was proven, and reading needs no write
    if (!opened.ok && opened.code === 'DB_FULL') return this.#letInToRead(passwordKey, opened);
    if (!opened.ok) return this.#noteRefusal(opened);
    const firstOnThisComputer = this.#context.database.meta.get(metaKeys.firstSignIn) === undefined;
    const recorded = await this.#recordSignIn(password, opened.value);
    if (!recorded.ok && recorded.code !== 'DB_FULL') return recorded;
    if (!recorded.ok && firstOnThisComputer) return recorded;
    this.#passwordKey = passwordKey;
    this.#tellReached();
    return succeed({ online: true, firstOnThisComputer });
  };

  readonly goOnline: Session['goOnline'] = async ({ certificate, tokenSerial = '' }) => {
    if (!this.#passwordKey) return fail('NOT_SIGNED_IN');
    this.#tokenSerial = tokenSerial;
    const opened = await this.#openSession(certificate, this.#passwordKey);
    if (!opened.ok) return opened;
    this.#tellReached();
    return succeed({});
  };

  readonly signOut: Session['signOut'] = async () => {
    const wasSignedIn = this.isSignedIn;
    const open = await this.#forget();
    if (wasSignedIn) {
      const recorded = this.#context.database.write(() => {
        this.#context.audit.record('signOut', {});
        return succeed(undefined);
      });
      // whoever leaves has left, also on a full disk
      if (!recorded.ok) report(`sign-out: ${recorded.code} ${recorded.detail}`);
    }
    if (open) await this.#endAtCentre(open);
    return succeed({});
  };

  async close(): Promise<void> {
    this.#isClosed = true;
    this.link.interrupt();
    const open = await this.#forget();
    if (open) await this.#endAtCentre(open);
    await this.link.close();
  }

  /**
   * The open session, or a new one where key and password are at hand. Fails with NOT_SIGNED_IN,
   * KEY_NOT_LOGGED_IN (no certificate chosen since the start) or as `exchangeOpen`.
   */
  async ensureOpen(): Promise<Result<OpenSession>> {
    const { current } = this;
    if (current) return succeed(current);
    if (!this.#passwordKey) return fail('NOT_SIGNED_IN');
    if (!this.#certificateDer) return fail('KEY_NOT_LOGGED_IN', 'no certificate was chosen');
    return this.#openSession(this.#certificateDer, this.#passwordKey);
  }

  /** The centre says that this session is over. */
  drop(sid: string): void {
    if (this.#open?.sid === sid) this.#open = undefined;
  }

  /** Signs with the key of the certificate last gone online with. */
  async sign(content: Uint8Array): Promise<Result<Uint8Array>> {
    if (!this.#certificateDer) return fail('KEY_NOT_LOGGED_IN', 'no certificate was chosen');
    return signByKey(this.#signerOf(this.#certificateDer), content);
  }

  /** What opens and closes the key of a backup; undefined until a session was opened. */
  get unlocking(): Unlocking | undefined {
    const passwordKey = this.#passwordKey;
    const certificateDer = this.#certificateDer;
    if (!passwordKey || !certificateDer) return undefined;
    return unlockingBy(passwordKey, certificateDer, this.#context.keySign);
  }

  /** The password as the centre keeps it; of another time than today's. */
  deriveKey(password: string): Promise<Buffer> {
    return derivePasswordKey(this.#context.unitAccount, this.#context.user, password);
  }

  async #signInOffline(password: string): Promise<Result<SignedIn>> {
    const { unitAccount, user, database, audit, clock } = this.#context;
    const checked = await checkPassword(database, user, password, clock.nowMs());
    if (!checked.ok && checked.code === 'DB_FULL') return this.#signInUncounted(password, checked);
    if (!checked.ok) return this.#noteRefusal(checked);
    this.#passwordKey = await derivePasswordKey(unitAccount, user, password);
    const recorded = database.write(() => {
      audit.record('signInOffline', {});
      return succeed(undefined);
    });
    if (!recorded.ok && recorded.code !== 'DB_FULL') return recorded;
    this.#context.changed('status');
    return succeed({ online: false, firstOnThisComputer: false });
  }

  /** No try can be counted on a full disk: they are counted by this process. */
  async #signInUncounted(password: string, full: Failure): Promise<Result<SignedIn>> {
    const { unitAccount, user, database } = this.#context;
    if (this.#uncountedTries >= UNCOUNTED_TRIES_MAX) return fail('PASSWORD_LOCKED');
    this.#uncountedTries += 1;
    if (!(await isPassword(database, user, password))) return fail('PASSWORD_WRONG');
    return this.#letInToRead(await derivePasswordKey(unitAccount, user, password), full);
  }

  /** The disk takes nothing: all that is here can be looked at, and `diskFull` says so. */
  #letInToRead(passwordKey: Buffer, full: Failure): Result<SignedIn> {
    if (this.#context.database.meta.get(metaKeys.firstSignIn) === undefined) return full;
    this.#uncountedTries = 0;
    this.#passwordKey = passwordKey;
    this.#context.changed('status');
    return succeed({ online: false, firstOnThisComputer: false });
  }

  /** A wrong password is on record; what is wrong otherwise is no fact about the clerk. */
  #noteRefusal(failure: Failure): Failure {
    if (failure.code !== 'PASSWORD_WRONG' && failure.code !== 'PASSWORD_LOCKED') return failure;
    this.#record('signInRefused', { code: failure.code });
    return failure;
  }

  /** Nothing hangs on it: on a full disk it is in the log alone. */
  #record(event: AuditEvent, detail: Readonly<Record<string, string>>): void {
    const { database, audit } = this.#context;
    const recorded = database.write(() => {
      audit.record(event, detail);
      return succeed(undefined);
    });
    if (!recorded.ok) report(`${event}: ${recorded.code} ${recorded.detail}`);
  }

  #openSession(certificateDer: Uint8Array, passwordKey: Uint8Array): Promise<Result<OpenSession>> {
    return this.#opening.take(async () => {
      const readable = readCertificate(certificateDer);
      if (!readable.ok) return readable;
      const installation = ensureInstallation(this.#context.database);
      if (!installation.ok) return installation;
      this.#setState('connecting');
      const signer = this.#signerOf(certificateDer);
      const terms = { link: this.link, signer, passwordKey, installation: installation.value };
      const check = this.#prepareCheck();
      const answered = await exchangeOpen(terms);
      if (!answered.ok) return this.#failOpen(answered);
      const open: OpenSession = { sid: answered.value.sid, answer: answered.value };
      this.#open = open;
      this.#certificateDer = certificateDer;
      this.#lastUsedMs = this.#context.clock.nowMs();
      const checked = await check(open);
      if (!checked.ok) {
        this.#open = undefined;
        await this.#endAtCentre(open);
        return this.#failOpen(checked);
      }
      this.#record('sessionOpened', { ...this.keyInUse });
      this.#setState('online');
      return succeed(open);
    });
  }

  #failOpen(failure: Failure): Failure {
    this.#setState(this.#open ? 'waiting' : 'off');
    return failure;
  }

  async #recordSignIn(password: string, open: OpenSession): Promise<Result<void>> {
    const { database, audit, clock, user } = this.#context;
    const remembered = await rememberPassword(database, user, password);
    if (!remembered.ok) return remembered;
    return database.write(() => {
      if (database.meta.get(metaKeys.firstSignIn) === undefined) {
        database.meta.set(metaKeys.firstSignIn, clock.now());
      }
      database.handle
        .prepare('UPDATE unit SET unit_name = ?, business_month = ?')
        .run(open.answer.unitName, open.answer.businessMonth);
      const { parameterVersion } = open.answer;
      audit.record('signIn', { parameterVersion, ...this.keyInUse });
      return succeed(undefined);
    });
  }

  async #ask<Schema extends z.ZodType>(
    tx: Transaction,
    body: unknown,
    answer: Schema,
    signal?: AbortSignal,
    isRepeat = false,
  ): Promise<Result<z.output<Schema>>> {
    const open = await this.ensureOpen();
    if (!open.ok) return open;
    const { sid } = open.value;
    const result = await this.link.ask({ tx, body, sid }, answer, signal);
    if (result.ok) this.#lastUsedMs = this.#context.clock.nowMs();
    if (result.ok || result.code !== 'SESSION_EXPIRED') return result;
    this.drop(sid);
    // Asking changes nothing at the centre: once more under a fresh session is safe.
    return isRepeat ? result : this.#ask(tx, body, answer, signal, true);
  }

  async #endAtCentre({ sid }: OpenSession): Promise<void> {
    // Whatever comes of it: the centre lets the session lapse by itself.
    const signal = AbortSignal.timeout(CLOSE_WAIT_MS);
    await this.link.sayGoodbye(sid, signal);
  }

  #signerOf(certificateDer: Uint8Array): KeySigner {
    const { keySign, clock } = this.#context;
    return { certificateDer, keySign, clock, anchors: this.#bankAnchors };
  }

  #isAlive(open: OpenSession): boolean {
    const nowMs = this.#context.clock.nowMs();
    const endsMs = Math.min(Date.parse(open.answer.expiresAt), this.#lastUsedMs + SESSION_IDLE_MS);
    return nowMs < endsMs - SESSION_MARGIN_MS;
  }

  /** Waits for a sign-in under way, so that nothing of it comes to life afterwards. */
  #forget(): Promise<OpenSession | undefined> {
    return this.#opening.take(() => {
      const open = this.#open;
      this.#passwordKey = undefined;
      this.#certificateDer = undefined;
      this.#open = undefined;
      this.#setState('off');
      return Promise.resolve(open);
    });
  }

  #noteExchange(reached: boolean): void {
    if (this.#state === 'connecting' || !this.#open) return;
    this.#setState(reached ? 'online' : 'waiting');
  }

  #setState(state: ChannelState): void {
    if (state === 'waiting' && !this.#isClosed) this.#probe.schedule();
    else this.#probe.stop();
    if (state === this.#state) return;
    this.#state = state;
    this.#context.changed('status');
  }

  #tellReached(): void {
    for (const listener of this.#reachedListeners) listener();
  }
}
