import type { ErrorCode } from '../../shared/errors/catalogue.ts';

/** The PKCS#11 return values this program has an opinion about (PKCS#11 v2.40, pkcs11t.h). */
export const ckr = {
  SLOT_ID_INVALID: 0x03,
  GENERAL_ERROR: 0x05,
  ARGUMENTS_BAD: 0x07,
  ATTRIBUTE_SENSITIVE: 0x11,
  ATTRIBUTE_TYPE_INVALID: 0x12,
  DEVICE_ERROR: 0x30,
  DEVICE_REMOVED: 0x32,
  KEY_HANDLE_INVALID: 0x60,
  OBJECT_HANDLE_INVALID: 0x82,
  OPERATION_ACTIVE: 0x90,
  PIN_INCORRECT: 0xa0,
  PIN_INVALID: 0xa1,
  PIN_LEN_RANGE: 0xa2,
  PIN_EXPIRED: 0xa3,
  PIN_LOCKED: 0xa4,
  SESSION_CLOSED: 0xb0,
  SESSION_HANDLE_INVALID: 0xb3,
  TOKEN_NOT_PRESENT: 0xe0,
  TOKEN_NOT_RECOGNIZED: 0xe1,
  USER_ALREADY_LOGGED_IN: 0x100,
  USER_NOT_LOGGED_IN: 0x101,
  USER_PIN_NOT_INITIALIZED: 0x102,
  CRYPTOKI_NOT_INITIALIZED: 0x190,
} as const;

export interface FaultMeaning {
  readonly code: ErrorCode;
  /**
   * `removed`: the token is or was gone. `unclear`: the session is lost, and only a look at the
   * slots tells whether the token is. `none`: the session goes on.
   */
  readonly loss: 'removed' | 'unclear' | 'none';
  /** The driver says the PIN was never compared, so the try is given back to our own count. */
  readonly pinUntried: boolean;
}

function meaning(
  code: ErrorCode,
  loss: FaultMeaning['loss'] = 'none',
  pinUntried = false,
): FaultMeaning {
  return { code, loss, pinUntried };
}

const faults: ReadonlyMap<number, FaultMeaning> = new Map<number, FaultMeaning>([
  [ckr.DEVICE_REMOVED, meaning('KEY_REMOVED', 'removed')],
  [ckr.TOKEN_NOT_PRESENT, meaning('KEY_REMOVED', 'removed')],
  [ckr.SLOT_ID_INVALID, meaning('KEY_REMOVED', 'removed')],
  [ckr.SESSION_HANDLE_INVALID, meaning('KEY_REMOVED', 'removed')],
  [ckr.SESSION_CLOSED, meaning('KEY_REMOVED', 'removed')],
  [ckr.OBJECT_HANDLE_INVALID, meaning('KEY_REMOVED', 'removed')],
  [ckr.KEY_HANDLE_INVALID, meaning('KEY_REMOVED', 'removed')],
  [ckr.DEVICE_ERROR, meaning('KEY_DRIVER_FAILED', 'unclear')],
  [ckr.GENERAL_ERROR, meaning('KEY_DRIVER_FAILED', 'unclear')],
  [ckr.CRYPTOKI_NOT_INITIALIZED, meaning('KEY_DRIVER_FAILED', 'unclear')],
  [ckr.PIN_INCORRECT, meaning('PIN_WRONG')],
  [ckr.PIN_INVALID, meaning('PIN_FORMAT', 'none', true)],
  [ckr.PIN_LEN_RANGE, meaning('PIN_FORMAT', 'none', true)],
  [ckr.PIN_EXPIRED, meaning('PIN_UNSET', 'none', true)],
  [ckr.PIN_LOCKED, meaning('PIN_LOCKED')],
  [ckr.USER_PIN_NOT_INITIALIZED, meaning('PIN_UNSET', 'none', true)],
  // Never a proof of a right PIN: drivers answer it without looking at the PIN.
  [ckr.USER_ALREADY_LOGGED_IN, meaning('KEY_DRIVER_FAILED', 'none', true)],
  [ckr.ARGUMENTS_BAD, meaning('KEY_DRIVER_FAILED', 'none', true)],
  [ckr.USER_NOT_LOGGED_IN, meaning('KEY_NOT_LOGGED_IN')],
]);

const otherFault = meaning('KEY_DRIVER_FAILED');

/** What a return value means for the clerk and for the session; unknown ones are driver failures. */
export function readFault(rv: number): FaultMeaning {
  return faults.get(rv) ?? otherFault;
}

const names = new Map<number, string>(Object.entries(ckr).map(([name, rv]) => [rv, name]));

/** For details and logs: `C_Sign CKR_DEVICE_REMOVED (0x32)`. */
export function describeFault(call: string, rv: number): string {
  const name = names.get(rv);
  return `${call} ${name === undefined ? 'CKR' : `CKR_${name}`} (0x${rv.toString(16)})`;
}
