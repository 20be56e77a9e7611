import type { DriverDescription, TokenFlags, TokenName } from '../../shared/ipc/token.ts';
import { describeFault } from './ckr.ts';

/** A driver call that returned something other than CKR_OK. Caught once, in the service. */
export class DriverFault extends Error {
  readonly call: string;
  readonly rv: number;

  constructor(call: string, rv: number) {
    super(describeFault(call, rv));
    this.name = 'DriverFault';
    this.call = call;
    this.rv = rv;
  }
}

export interface TokenFound extends TokenName {
  readonly manufacturer: string;
  readonly model: string;
  readonly flags: TokenFlags;
  /** In bytes of UTF-8. */
  readonly pinLength: { readonly min: number; readonly max: number };
}

/**
 * What is known of a certificate's private key. `hidden`: the token shows no key objects before
 * the login, so the question is answered then.
 */
export type KeyEvidence =
  | { readonly state: 'present'; readonly modulus: Uint8Array | null }
  | { readonly state: 'absent' }
  | { readonly state: 'hidden' };

export interface CertificateFound {
  /** CKA_ID in hex. */
  readonly id: string;
  /** Empty when the token would not give the bytes. */
  readonly der: Uint8Array<ArrayBuffer>;
  readonly key: KeyEvidence;
}

/**
 * One loaded driver. Every method blocks until the driver returns and throws `DriverFault` for
 * what the driver refuses. Tokens are named by serial, because slot ids change.
 */
export interface KeyDriver {
  describe(): DriverDescription;
  /** Initialised tokens that are there now. */
  readTokens(): readonly TokenFound[];
  /** What the token is plugged into, as the driver calls it; empty where it does not say. */
  readReader(serial: string): string;
  readCertificates(serial: string): readonly CertificateFound[];
  /** Drops any session, opens a fresh one on the token and leaves it logged out. */
  openSession(serial: string): void;
  /** Exactly one `C_Login` in the session just opened. */
  enterPin(pin: string): void;
  /** Finds the private key by CKA_ID after the login. */
  bindKey(id: string): KeyEvidence;
  /** SHA-256 with RSA PKCS#1 v1.5 over `data`. After a fault the signing session is closed. */
  sign(data: Uint8Array): Uint8Array;
  /** Closes the signing session, so that the next signature starts in a fresh one. */
  renewSigning(): void;
  /** Throws when the logged-in session is no longer alive. */
  checkSession(): void;
  closeSession(): void;
}
