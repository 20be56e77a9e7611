import { verify, X509Certificate, type KeyObject } from 'node:crypto';
import { type Failure, fail, type Result, succeed } from '../../shared/errors/result.ts';
import type { Handlers, RequestOf, ValueOf } from '../../shared/ipc/contract.ts';
import {
  PRESENCE_POLL_MS,
  RETIRE_DELAY_MS,
  tokenExitCodes,
  type DriverDescription,
  type TokenContract,
  type TokenDescription,
  type TokenLogin,
  type TokenPresence,
  type TokenProvider,
} from '../../shared/ipc/token.ts';
import { judgeCertificate, matchesModulus, type ListedCertificate } from './certificate-choice.ts';
import { readFault } from './ckr.ts';
import { DriverFault, type KeyDriver, type TokenFound } from './key-driver.ts';
import { advisePin, fitsPinLength } from './pin-rules.ts';
import { PresenceWatch } from './presence-watch.ts';
import { TriesRecord } from './tries-record.ts';

/** Polls in a row that fail for no known reason before the process gives itself up. */
const POLL_FAILURES_MAX = 3;

type Request<K extends keyof TokenContract> = RequestOf<TokenContract, K>;
type Value<K extends keyof TokenContract> = ValueOf<TokenContract, K>;

export interface ServiceSurroundings {
  loadDriver(provider: TokenProvider): Promise<Result<KeyDriver>>;
  emitPresence(presence: TokenPresence): void;
  exit(code: number): void;
}

interface Opened {
  readonly driver: KeyDriver;
  readonly description: DriverDescription;
  readonly tries: TriesRecord;
  readonly triesAssumed: number;
}

interface LoggedIn {
  readonly login: TokenLogin;
  readonly publicKey: KeyObject;
}

/**
 * The life of one token host: open, list, log in, sign, until the key or the driver is lost.
 * Every driver call runs synchronously inside one of these methods, so no two ever overlap.
 */
export class TokenService implements Handlers<TokenContract> {
  readonly #surroundings: ServiceSurroundings;
  readonly #watch = new PresenceWatch();
  #opened: Opened | null = null;
  #listed: readonly ListedCertificate[] = [];
  #loggedIn: LoggedIn | null = null;
  #retired: Failure | null = null;
  /** Another token than the logged-in one was pulled: the session goes on, a next login does not. */
  #hasSeenRemoval = false;
  #pollFailures = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(surroundings: ServiceSurroundings) {
    this.#surroundings = surroundings;
  }

  readonly open = async (request: Request<'open'>): Promise<Result<DriverDescription>> => {
    if (this.#opened !== null) throw new Error('the driver of this process is already open');
    const tries = new TriesRecord(request.stateFile);
    const loaded = await this.#surroundings.loadDriver(request.provider);
    if (!loaded.ok) return loaded;
    const driver = loaded.value;
    return this.#guard(() => {
      const description = driver.describe();
      this.#opened = { driver, description, tries, triesAssumed: request.triesAssumed };
      this.#lookAtTokens(driver);
      this.#timer = setInterval(this.#poll, PRESENCE_POLL_MS);
      return succeed(description);
    }, driver);
  };

  readonly list = (request: Request<'list'>): Result<Value<'list'>> =>
    this.#run((opened) => {
      const tokens = this.#lookAtTokens(opened.driver);
      if (this.#retired !== null) return this.#retired;
      const anchors = readAnchors(request.bankAnchorsPem);
      if (anchors === null) return fail('CONFIG_INVALID', 'bank anchors');
      const { unitAccount, centreTimeMs } = request;
      const terms = { anchors, unitAccount, centreTimeMs };
      this.#listed = tokens.flatMap(({ serial }) =>
        opened.driver
          .readCertificates(serial)
          .map((found) => judgeCertificate(serial, found, terms)),
      );
      return succeed({
        tokens: tokens.map((token) => describeToken(opened, token)),
        certificates: this.#listed.map(({ description }) => description),
      });
    });

  readonly login = (request: Request<'login'>): Result<TokenLogin> =>
    this.#run((opened) => {
      if (this.#hasSeenRemoval) return this.#retire('removed', 'login after a removal');
      const chosen = this.#listed.find(
        ({ description }) =>
          description.tokenSerial === request.tokenSerial &&
          description.fingerprint === request.fingerprint &&
          description.usable === true,
      );
      if (!chosen?.publicKey) return fail('KEY_NO_CERTIFICATE', 'not listed as usable');
      const token = this.#lookAtTokens(opened.driver).find(
        ({ serial }) => serial === request.tokenSerial,
      );
      if (this.#retired !== null) return this.#retired;
      if (token === undefined) return fail('KEY_ABSENT', request.tokenSerial);
      const refused = refusePin(opened, token, request);
      if (refused !== null) return refused;
      this.#endSession(opened.driver);
      opened.driver.openSession(token.serial);
      const entered = this.#enterPin(opened, token.serial, request.pin);
      if (!entered.ok) return entered;
      return this.#bindKey(opened, token, chosen.description, chosen.publicKey);
    });

  readonly sign = (request: Request<'sign'>): Result<Value<'sign'>> =>
    this.#run(({ driver }) => {
      if (this.#loggedIn === null) return fail('KEY_NOT_LOGGED_IN');
      const signature = driver.sign(request.toBeSigned);
      if (!verify('sha256', request.toBeSigned, this.#loggedIn.publicKey, signature)) {
        driver.renewSigning();
        return fail('KEY_SIGNATURE_BAD', `${String(signature.byteLength)} bytes`);
      }
      return succeed({ signature: Uint8Array.from(signature) });
    });

  readonly logout = (): Result<null> =>
    this.#run(({ driver }) => {
      this.#endSession(driver);
      if (this.#hasSeenRemoval) this.#retire('removed', 'logged out after a removal');
      return succeed(null);
    });

  readonly presence = (): Result<TokenPresence> =>
    this.#run(({ driver }) => {
      this.#lookAtTokens(driver);
      return this.#retired ?? succeed(this.#watch.read(this.#loggedInSerial()));
    });

  readonly info = (): Result<Value<'info'>> =>
    this.#run((opened) => {
      const tokens = this.#lookAtTokens(opened.driver);
      if (this.#retired !== null) return this.#retired;
      const login = this.#loggedIn?.login;
      return succeed({
        driver: opened.description,
        tokens: tokens.map((token) => ({
          ...describeToken(opened, token),
          reader: opened.driver.readReader(token.serial),
        })),
        loggedIn: login === undefined ? null : { label: login.label, serial: login.serial },
      });
    });

  /** Ends the watch and the session; used when the process is asked to stop. */
  close(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    if (this.#opened === null || this.#retired !== null) return;
    const { driver } = this.#opened;
    this.#guard(() => {
      this.#endSession(driver);
      return succeed(null);
    }, driver);
  }

  /** One C_Login, its try written as spent beforehand. */
  #enterPin(opened: Opened, serial: string, pin: string): Result<null> {
    const { driver, tries, triesAssumed } = opened;
    const spent = trySpending(tries, serial);
    if (!spent.ok) return spent;
    try {
      driver.enterPin(pin);
    } catch (error) {
      if (!(error instanceof DriverFault)) throw error;
      const { code, loss, pinUntried } = readFault(error.rv);
      if (pinUntried) tries.giveBack(serial);
      if (loss !== 'none') throw error;
      driver.closeSession();
      if (code !== 'PIN_WRONG') return fail(code, error.message);
      return fail(this.#nameWrongPin(opened, serial), triesText(tries, serial, triesAssumed));
    }
    tries.clear(serial);
    return succeed(null);
  }

  /** The token's flags after the wrong PIN tell whether one try is left, or none. */
  #nameWrongPin(opened: Opened, serial: string): 'PIN_WRONG' | 'PIN_WRONG_LAST_TRY' | 'PIN_LOCKED' {
    const token = this.#lookAtTokens(opened.driver).find((other) => other.serial === serial);
    if (token === undefined) return 'PIN_WRONG';
    switch (describeToken(opened, token).pinAdvice) {
      case 'refuse':
        return 'PIN_LOCKED';
      case 'confirmLastTry':
        return 'PIN_WRONG_LAST_TRY';
      case 'ask':
      case 'warnLow':
        return 'PIN_WRONG';
    }
  }

  /** The private-key half of the certificate rule, which many tokens only answer after the login. */
  #bindKey(
    opened: Opened,
    { label, serial }: TokenFound,
    { id, fingerprint, certificateDer }: ListedCertificate['description'],
    publicKey: KeyObject,
  ): Result<TokenLogin> {
    const evidence = opened.driver.bindKey(id);
    const isPair = evidence.state === 'present' && matchesModulus(publicKey, evidence.modulus);
    if (!isPair) {
      opened.driver.closeSession();
      const rule = evidence.state === 'present' ? 'modulusDiffers' : 'noPrivateKey';
      return fail('KEY_PRIVATE_MISSING', rule);
    }
    const login: TokenLogin = { label, serial, fingerprint, certificateDer };
    this.#loggedIn = { login, publicKey };
    this.#tellPresence();
    return succeed(login);
  }

  #loggedInSerial(): string | null {
    return this.#loggedIn?.login.serial ?? null;
  }

  #endSession(driver: KeyDriver): void {
    this.#loggedIn = null;
    driver.closeSession();
  }

  /** Reads the slots, retires on a removal that matters, and tells of a change. */
  #lookAtTokens(driver: KeyDriver): readonly TokenFound[] {
    const tokens = driver.readTokens();
    const gone = this.#watch.notice(tokens);
    if (gone.length === 0) {
      this.#tellPresence();
      return tokens;
    }
    const current = this.#loggedInSerial();
    if (current === null || gone.includes(current)) {
      this.#retire('removed', gone.join(' '));
    } else {
      this.#hasSeenRemoval = true;
      this.#tellPresence();
    }
    return tokens;
  }

  readonly #poll = (): void => {
    const result = this.#run(({ driver }) => {
      this.#lookAtTokens(driver);
      if (this.#loggedIn !== null && this.#retired === null) driver.checkSession();
      return succeed(null);
    });
    this.#pollFailures = result.ok ? 0 : this.#pollFailures + 1;
    if (!result.ok && this.#pollFailures >= POLL_FAILURES_MAX) {
      this.#retire('driverFailed', result.detail);
    }
  };

  #tellPresence(): void {
    const seen = this.#watch.read(this.#loggedInSerial());
    // A key that was pulled and is back already is still a removal to this process.
    const isRemoved = this.#retired?.code === 'KEY_REMOVED';
    const changed = this.#watch.changed(isRemoved ? { ...seen, present: false } : seen);
    if (changed !== null) this.#surroundings.emitPresence(changed);
  }

  #run<T>(work: (opened: Opened) => Result<T>): Result<T> {
    const opened = this.#opened;
    if (opened === null) throw new Error('the driver of this process is not open');
    if (this.#retired !== null) return this.#retired;
    return this.#guard(() => work(opened), opened.driver);
  }

  /** The one place where a driver's refusal becomes a code, and a lost session ends the process. */
  #guard<T>(work: () => Result<T>, driver: KeyDriver): Result<T> {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof DriverFault)) throw error;
      const { code, loss } = readFault(error.rv);
      switch (loss) {
        case 'none':
          return fail(code, error.message);
        case 'removed':
          this.#isTokenGone(driver);
          return this.#retire('removed', error.message);
        case 'unclear':
          return this.#retire(
            this.#isTokenGone(driver) ? 'removed' : 'driverFailed',
            error.message,
          );
      }
    }
  }

  /** Brings the watch up to date; a driver that cannot even list its slots shows no removal. */
  #isTokenGone(driver: KeyDriver): boolean {
    try {
      return this.#watch.notice(driver.readTokens()).length > 0;
    } catch (error) {
      if (!(error instanceof DriverFault)) throw error;
      return false;
    }
  }

  /** Tells, refuses everything from here on, and ends the process once the answers are out. */
  #retire(reason: keyof typeof tokenExitCodes, detail: string): Failure {
    if (this.#retired !== null) return this.#retired;
    this.#retired = fail(reason === 'removed' ? 'KEY_REMOVED' : 'KEY_DRIVER_FAILED', detail);
    if (this.#timer !== null) clearInterval(this.#timer);
    if (reason === 'removed') this.#tellPresence();
    setTimeout(() => {
      this.#surroundings.exit(tokenExitCodes[reason]);
    }, RETIRE_DELAY_MS);
    return this.#retired;
  }
}

function readAnchors(texts: readonly string[]): readonly X509Certificate[] | null {
  try {
    return texts.map((pem) => new X509Certificate(pem));
  } catch {
    return null;
  }
}

function describeToken(opened: Opened, token: TokenFound): TokenDescription {
  const { label, serial, manufacturer, model, flags } = token;
  const failedTries = opened.tries.failedTries(serial);
  const pinAdvice = advisePin(flags, failedTries, opened.triesAssumed);
  return { label, serial, manufacturer, model, flags, failedTries, pinAdvice };
}

/** What can be refused without spending a try. */
function refusePin(opened: Opened, token: TokenFound, request: Request<'login'>): Failure | null {
  const { pinAdvice } = describeToken(opened, token);
  if (pinAdvice === 'refuse') return fail('PIN_LOCKED', 'flag');
  if (!fitsPinLength(request.pin, token.pinLength)) return fail('PIN_FORMAT');
  if (pinAdvice === 'confirmLastTry' && !request.confirmLastTry) {
    return fail('PIN_LAST_TRY_UNCONFIRMED');
  }
  return null;
}

function trySpending(tries: TriesRecord, serial: string): Result<null> {
  try {
    tries.spend(serial);
    return succeed(null);
  } catch (error) {
    // Without a record of the try there is no try.
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return fail('DB_FULL', 'tries record');
    throw error;
  }
}

function triesText(tries: TriesRecord, serial: string, triesAssumed: number): string {
  return `${String(tries.failedTries(serial))}/${String(triesAssumed)}`;
}
