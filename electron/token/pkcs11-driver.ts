import pkcs11 from 'pkcs11js';
import type { DriverDescription } from '../../shared/ipc/token.ts';
import { ckr, readFault } from './ckr.ts';
import {
  type CertificateFound,
  DriverFault,
  type KeyDriver,
  type KeyEvidence,
  type TokenFound,
} from './key-driver.ts';
import { Pkcs11Module, type ObjectHandle, type Session } from './pkcs11-module.ts';

/** Large enough for RSA-4096. */
const SIGNATURE_BYTES_MAX = 512;

interface SigningSession {
  readonly session: Session;
  readonly key: ObjectHandle;
}

/**
 * A bank's USB key. Two sessions: the keeper holds the login (PKCS#11 shares it between the
 * sessions of one process), the signing session can be dropped after a failed `C_Sign` without
 * asking for the PIN again.
 */
export class Pkcs11Driver implements KeyDriver {
  readonly #module: Pkcs11Module;
  #serial = '';
  #keyId: Buffer | null = null;
  #keeper: Session | null = null;
  #signing: SigningSession | null = null;

  constructor(modulePath: string) {
    this.#module = new Pkcs11Module(modulePath);
  }

  describe(): DriverDescription {
    return this.#module.describe();
  }

  readTokens(): readonly TokenFound[] {
    return this.#module.readSlots().map(({ token }) => token);
  }

  readReader(serial: string): string {
    return this.#module.readReader(serial);
  }

  readCertificates(serial: string): readonly CertificateFound[] {
    const session = this.#module.openSession(serial);
    try {
      return readCertificates(this.#module, session);
    } finally {
      this.#module.closeSession(session);
    }
  }

  openSession(serial: string): void {
    this.closeSession();
    this.#serial = serial;
    this.#keeper = this.#module.openSession(serial);
    this.#logOut(this.#keeper);
  }

  enterPin(pin: string): void {
    const session = this.#openKeeper();
    this.#module.call('C_Login', (api) => {
      api.C_Login(session, pkcs11.CKU_USER, pin);
    });
  }

  bindKey(id: string): KeyEvidence {
    this.#keyId = Buffer.from(id, 'hex');
    const session = this.#openKeeper();
    const key = findPrivateKey(this.#module, session, this.#keyId);
    if (key === null) return { state: 'absent' };
    return {
      state: 'present',
      modulus: this.#module.readAttribute(session, key, pkcs11.CKA_MODULUS),
    };
  }

  sign(data: Uint8Array): Uint8Array {
    try {
      const { session } = this.#initSign();
      const input = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
      return this.#module.call('C_Sign', (api) =>
        api.C_Sign(session, input, Buffer.alloc(SIGNATURE_BYTES_MAX)),
      );
    } catch (error) {
      this.renewSigning();
      throw error;
    }
  }

  renewSigning(): void {
    const signing = this.#signing;
    this.#signing = null;
    if (signing !== null) this.#closeQuietly(signing.session);
  }

  checkSession(): void {
    const session = this.#openKeeper();
    this.#module.call('C_GetSessionInfo', (api) => api.C_GetSessionInfo(session));
  }

  closeSession(): void {
    this.renewSigning();
    const keeper = this.#keeper;
    this.#keeper = null;
    this.#keyId = null;
    if (keeper === null) return;
    this.#logOut(keeper);
    this.#closeQuietly(keeper);
  }

  /**
   * `C_SignInit`, once more in a fresh session when the driver still holds an operation that an
   * earlier failure left behind: nothing has been signed at that point.
   */
  #initSign(): SigningSession {
    const first = this.#openSigning();
    try {
      this.#callSignInit(first);
      return first;
    } catch (error) {
      if (!(error instanceof DriverFault) || error.rv !== ckr.OPERATION_ACTIVE) throw error;
    }
    this.renewSigning();
    const second = this.#openSigning();
    this.#callSignInit(second);
    return second;
  }

  #callSignInit({ session, key }: SigningSession): void {
    this.#module.call('C_SignInit', (api) => {
      api.C_SignInit(session, { mechanism: pkcs11.CKM_SHA256_RSA_PKCS }, key);
    });
  }

  #openSigning(): SigningSession {
    if (this.#signing !== null) return this.#signing;
    if (this.#keyId === null) throw new DriverFault('C_SignInit', ckr.USER_NOT_LOGGED_IN);
    const session = this.#module.openSession(this.#serial);
    const key = findPrivateKey(this.#module, session, this.#keyId);
    if (key === null) {
      this.#closeQuietly(session);
      throw new DriverFault('C_FindObjects', ckr.KEY_HANDLE_INVALID);
    }
    this.#signing = { session, key };
    return this.#signing;
  }

  #openKeeper(): Session {
    if (this.#keeper === null) throw new DriverFault('C_Login', ckr.USER_NOT_LOGGED_IN);
    return this.#keeper;
  }

  /** Not being logged in is what is wanted here; a lost session is met by the next call anyway. */
  #logOut(session: Session): void {
    try {
      this.#module.call('C_Logout', (api) => {
        api.C_Logout(session);
      });
    } catch (error) {
      if (!(error instanceof DriverFault)) throw error;
    }
  }

  /** The session is given up whatever the driver says; its state is told by the call that failed. */
  #closeQuietly(session: Session): void {
    try {
      this.#module.closeSession(session);
    } catch (error) {
      if (!(error instanceof DriverFault)) throw error;
    }
  }
}

function findPrivateKey(module: Pkcs11Module, session: Session, id: Buffer): ObjectHandle | null {
  const [key] = module.findObjects(session, [
    { type: pkcs11.CKA_CLASS, value: pkcs11.CKO_PRIVATE_KEY },
    { type: pkcs11.CKA_ID, value: id },
  ]);
  return key ?? null;
}

function readCertificates(module: Pkcs11Module, session: Session): readonly CertificateFound[] {
  const objects = module.findObjects(session, [
    { type: pkcs11.CKA_CLASS, value: pkcs11.CKO_CERTIFICATE },
  ]);
  const keys = readVisibleKeys(module, session);
  return objects.map((object) => {
    try {
      const id = module.readAttribute(session, object, pkcs11.CKA_ID)?.toString('hex') ?? '';
      const der = module.readAttribute(session, object, pkcs11.CKA_VALUE) ?? new Uint8Array();
      return { id, der: Uint8Array.from(der), key: judgeKey(keys, id) };
    } catch (error) {
      if (!(error instanceof DriverFault) || readFault(error.rv).loss !== 'none') throw error;
      return { id: '', der: new Uint8Array(), key: { state: 'absent' as const } };
    }
  });
}

/** Modulus by CKA_ID of the key objects the token shows: private ones, else public ones. */
function readVisibleKeys(
  module: Pkcs11Module,
  session: Session,
): ReadonlyMap<string, Uint8Array | null> {
  const read = (objectClass: number) =>
    module.findObjects(session, [{ type: pkcs11.CKA_CLASS, value: objectClass }]).map((object) => {
      const id = module.readAttribute(session, object, pkcs11.CKA_ID)?.toString('hex') ?? '';
      return [id, module.readAttribute(session, object, pkcs11.CKA_MODULUS)] as const;
    });
  const privateKeys = new Map(read(pkcs11.CKO_PRIVATE_KEY));
  return privateKeys.size > 0 ? privateKeys : new Map(read(pkcs11.CKO_PUBLIC_KEY));
}

/** A token that shows no key at all before the login leaves the question open until then. */
function judgeKey(keys: ReadonlyMap<string, Uint8Array | null>, id: string): KeyEvidence {
  if (id === '') return { state: 'absent' };
  if (keys.size === 0) return { state: 'hidden' };
  const modulus = keys.get(id);
  return modulus === undefined ? { state: 'absent' } : { state: 'present', modulus };
}
