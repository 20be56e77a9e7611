import pkcs11 from 'pkcs11js';
import type { DriverDescription } from '../../shared/ipc/token.ts';
import { ckr } from './ckr.ts';
import { DriverFault, type TokenFound } from './key-driver.ts';

const OBJECTS_PER_CALL = 32;
/** A token that reports more objects of one kind is broken; reading stops there. */
const OBJECTS_MAX = 256;

export type Session = Buffer;
export type ObjectHandle = Buffer;

/** Thrown when the file cannot be loaded at all: absent, wrong architecture, not a PKCS#11 module. */
export class ModuleMissing extends Error {}

/**
 * A loaded PKCS#11 module through its synchronous calls. The callback forms are never used: their
 * `C_Sign` reads freed memory, and a hung driver takes the thread pool along.
 */
export class Pkcs11Module {
  readonly path: string;
  readonly #api = new pkcs11.PKCS11();

  constructor(path: string) {
    this.path = path;
    try {
      this.#api.load(path);
    } catch (error) {
      throw new ModuleMissing(error instanceof Error ? error.message : String(error));
    }
    this.call('C_Initialize', (api) => {
      api.C_Initialize();
    });
  }

  /** Runs one driver call; a return value other than CKR_OK becomes a `DriverFault`. */
  call<T>(name: string, run: (api: pkcs11.PKCS11) => T): T {
    try {
      return run(this.#api);
    } catch (error) {
      if (error instanceof pkcs11.Pkcs11Error) throw new DriverFault(name, error.code);
      throw error;
    }
  }

  describe(): DriverDescription {
    const info = this.call('C_GetInfo', (api) => api.C_GetInfo());
    const { major, minor } = info.libraryVersion;
    return {
      kind: 'pkcs11',
      modulePath: this.path,
      library: trimPadding(info.libraryDescription),
      manufacturer: trimPadding(info.manufacturerID),
      version: `${String(major)}.${String(minor)}`,
    };
  }

  /** Initialised tokens by slot. A slot that empties while it is read is left out. */
  readSlots(): readonly { slot: Buffer; token: TokenFound }[] {
    const slots = this.call('C_GetSlotList', (api) => api.C_GetSlotList(true));
    return slots.flatMap((slot) => {
      const token = this.#readToken(slot);
      return token?.flags.initialized === true ? [{ slot, token }] : [];
    });
  }

  /** The slot's own description; empty when the token has gone or the driver does not say. */
  readReader(serial: string): string {
    const found = this.readSlots().find(({ token }) => token.serial === serial);
    if (found === undefined) return '';
    try {
      const info = this.call('C_GetSlotInfo', (api) => api.C_GetSlotInfo(found.slot));
      return trimPadding(info.slotDescription);
    } catch (error) {
      if (error instanceof DriverFault) return '';
      throw error;
    }
  }

  openSession(serial: string): Session {
    const found = this.readSlots().find(({ token }) => token.serial === serial);
    if (found === undefined) throw new DriverFault('C_GetSlotList', ckr.TOKEN_NOT_PRESENT);
    return this.call('C_OpenSession', (api) =>
      api.C_OpenSession(found.slot, pkcs11.CKF_SERIAL_SESSION),
    );
  }

  closeSession(session: Session): void {
    this.call('C_CloseSession', (api) => {
      api.C_CloseSession(session);
    });
  }

  findObjects(session: Session, template: pkcs11.Template): readonly ObjectHandle[] {
    this.call('C_FindObjectsInit', (api) => {
      api.C_FindObjectsInit(session, template);
    });
    try {
      const found: ObjectHandle[] = [];
      while (found.length < OBJECTS_MAX) {
        const batch = this.call('C_FindObjects', (api) =>
          api.C_FindObjects(session, OBJECTS_PER_CALL),
        );
        if (batch.length === 0) break;
        found.push(...batch);
      }
      return found;
    } finally {
      this.call('C_FindObjectsFinal', (api) => {
        api.C_FindObjectsFinal(session);
      });
    }
  }

  /** The attribute's bytes, or null when the token keeps or lacks it. */
  readAttribute(session: Session, object: ObjectHandle, type: number): Buffer | null {
    try {
      const [attribute] = this.call('C_GetAttributeValue', (api) =>
        api.C_GetAttributeValue(session, object, [{ type }]),
      );
      return attribute?.value ?? null;
    } catch (error) {
      if (error instanceof DriverFault && withheld.has(error.rv)) return null;
      throw error;
    }
  }

  #readToken(slot: Buffer): TokenFound | null {
    try {
      return toToken(this.call('C_GetTokenInfo', (api) => api.C_GetTokenInfo(slot)));
    } catch (error) {
      if (error instanceof DriverFault && emptySlot.has(error.rv)) return null;
      throw error;
    }
  }
}

const withheld: ReadonlySet<number> = new Set([
  ckr.ATTRIBUTE_SENSITIVE,
  ckr.ATTRIBUTE_TYPE_INVALID,
]);
const emptySlot: ReadonlySet<number> = new Set([
  ckr.TOKEN_NOT_PRESENT,
  ckr.TOKEN_NOT_RECOGNIZED,
  ckr.DEVICE_REMOVED,
]);

function toToken(info: pkcs11.TokenInfo): TokenFound {
  const has = (flag: number): boolean => (info.flags & flag) !== 0;
  return {
    label: trimPadding(info.label),
    serial: trimPadding(info.serialNumber),
    manufacturer: trimPadding(info.manufacturerID),
    model: trimPadding(info.model),
    flags: {
      initialized: has(pkcs11.CKF_TOKEN_INITIALIZED),
      loginRequired: has(pkcs11.CKF_LOGIN_REQUIRED),
      pinCountLow: has(pkcs11.CKF_USER_PIN_COUNT_LOW),
      pinFinalTry: has(pkcs11.CKF_USER_PIN_FINAL_TRY),
      pinLocked: has(pkcs11.CKF_USER_PIN_LOCKED),
    },
    pinLength: { min: info.minPinLen, max: info.maxPinLen },
  };
}

/** PKCS#11 pads its texts with blanks; some drivers pad with NUL. */
function trimPadding(text: string): string {
  return text.replaceAll('\0', ' ').trim();
}
