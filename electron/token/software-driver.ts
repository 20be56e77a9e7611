import {
  createDecipheriv,
  createPrivateKey,
  type KeyObject,
  scryptSync,
  sign,
  X509Certificate,
} from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  SOFTWARE_KEY_PIN_BYTES_MAX,
  SOFTWARE_KEY_PIN_BYTES_MIN,
  SOFTWARE_KEY_TRIES_MAX,
  softwareKeyFiles,
  softwareSealedKey,
  softwareToken,
  softwareTries,
  type SoftwareSealedKey,
  type SoftwareToken,
} from '../../shared/ipc/software-key.ts';
import type { DriverDescription } from '../../shared/ipc/token.ts';
import { ckr } from './ckr.ts';
import {
  type CertificateFound,
  DriverFault,
  type KeyDriver,
  type KeyEvidence,
  type TokenFound,
} from './key-driver.ts';

const SCRYPT_MEMORY_BYTES_MAX = 256 * 1024 * 1024;

/** The software key in a folder; answers with the return values a PKCS#11 token would give. */
export class SoftwareDriver implements KeyDriver {
  readonly #folder: string;
  #privateKey: KeyObject | null = null;

  constructor(folder: string) {
    this.#folder = folder;
  }

  describe(): DriverDescription {
    return {
      kind: 'software',
      modulePath: this.#folder,
      library: '缴存通软件钥匙',
      manufacturer: '缴存通',
      version: '1.0',
    };
  }

  readTokens(): readonly TokenFound[] {
    const token = this.#readToken();
    if (token === null) return [];
    const failed = this.#readFailed();
    return [
      {
        label: token.label,
        serial: token.serial,
        manufacturer: '缴存通',
        model: '软件钥匙',
        flags: {
          initialized: true,
          loginRequired: true,
          pinCountLow: failed > 0,
          pinFinalTry: failed === SOFTWARE_KEY_TRIES_MAX - 1,
          pinLocked: failed >= SOFTWARE_KEY_TRIES_MAX,
        },
        pinLength: { min: SOFTWARE_KEY_PIN_BYTES_MIN, max: SOFTWARE_KEY_PIN_BYTES_MAX },
      },
    ];
  }

  readReader(): string {
    return '';
  }

  readCertificates(serial: string): readonly CertificateFound[] {
    const token = this.#requireToken('C_FindObjects');
    if (token.serial !== serial) throw new DriverFault('C_OpenSession', ckr.TOKEN_NOT_PRESENT);
    const pem = this.#read(softwareKeyFiles.certificate);
    if (pem === null) return [];
    return [{ id: token.keyId, der: readDer(pem), key: { state: 'hidden' } }];
  }

  openSession(serial: string): void {
    this.closeSession();
    if (this.#requireToken('C_OpenSession').serial !== serial) {
      throw new DriverFault('C_OpenSession', ckr.TOKEN_NOT_PRESENT);
    }
  }

  /** The try is written as spent before the PIN is compared, as a device does. */
  enterPin(pin: string): void {
    this.#requireToken('C_Login');
    const failed = this.#readFailed();
    if (failed >= SOFTWARE_KEY_TRIES_MAX) throw new DriverFault('C_Login', ckr.PIN_LOCKED);
    const text = this.#read(softwareKeyFiles.key);
    if (text === null) throw new DriverFault('C_Login', ckr.USER_PIN_NOT_INITIALIZED);
    const sealed = softwareSealedKey.parse(JSON.parse(text));
    this.#writeFailed(failed + 1);
    const der = unseal(sealed, pin);
    if (der === null) {
      const isLocked = failed + 1 >= SOFTWARE_KEY_TRIES_MAX;
      throw new DriverFault('C_Login', isLocked ? ckr.PIN_LOCKED : ckr.PIN_INCORRECT);
    }
    this.#writeFailed(0);
    this.#privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  }

  bindKey(id: string): KeyEvidence {
    if (this.#requireToken('C_FindObjects').keyId !== id) return { state: 'absent' };
    const modulus = this.#requireKey().export({ format: 'jwk' }).n ?? '';
    return { state: 'present', modulus: Buffer.from(modulus, 'base64url') };
  }

  sign(data: Uint8Array): Uint8Array {
    this.#requireToken('C_Sign');
    return sign('sha256', data, this.#requireKey());
  }

  renewSigning(): void {
    // A signature here leaves no operation behind.
  }

  checkSession(): void {
    this.#requireToken('C_GetSessionInfo');
  }

  closeSession(): void {
    this.#privateKey = null;
  }

  #requireKey(): KeyObject {
    if (this.#privateKey === null) throw new DriverFault('C_SignInit', ckr.USER_NOT_LOGGED_IN);
    return this.#privateKey;
  }

  #requireToken(call: string): SoftwareToken {
    const token = this.#readToken();
    if (token === null) throw new DriverFault(call, ckr.DEVICE_REMOVED);
    return token;
  }

  #readToken(): SoftwareToken | null {
    const text = this.#read(softwareKeyFiles.token);
    return text === null ? null : softwareToken.parse(JSON.parse(text));
  }

  #readFailed(): number {
    const text = this.#read(softwareKeyFiles.tries);
    return text === null ? 0 : softwareTries.parse(JSON.parse(text)).failed;
  }

  #writeFailed(failed: number): void {
    const file = join(this.#folder, softwareKeyFiles.tries);
    writeFileSync(`${file}.new`, JSON.stringify({ failed }), { mode: 0o600, flush: true });
    renameSync(`${file}.new`, file);
  }

  /** Null when the file or the whole folder is away. */
  #read(name: string): string | null {
    try {
      return readFileSync(join(this.#folder, name), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }
}

function readDer(pem: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(new X509Certificate(pem).raw);
  } catch {
    return new Uint8Array();
  }
}

/** The PKCS#8 bytes, or null for a wrong PIN. */
function unseal(stored: SoftwareSealedKey, pin: string): Buffer | null {
  const { cost, blockSize, parallelization, salt } = stored.scrypt;
  const secret = scryptSync(pin, Buffer.from(salt, 'base64'), 32, {
    N: cost,
    r: blockSize,
    p: parallelization,
    maxmem: SCRYPT_MEMORY_BYTES_MAX,
  });
  const decipher = createDecipheriv('aes-256-gcm', secret, Buffer.from(stored.nonce, 'base64'), {
    authTagLength: 16,
  });
  decipher.setAuthTag(Buffer.from(stored.tag, 'base64'));
  const opened = decipher.update(Buffer.from(stored.sealed, 'base64'));
  try {
    return Buffer.concat([opened, decipher.final()]);
  } catch {
    return null;
  }
}
