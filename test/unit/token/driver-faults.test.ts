import { describe, expect, it } from 'vitest';
import { describeFault, readFault } from '../../../electron/token/ckr.ts';
import { tokenContract } from '../../../shared/ipc/token.ts';

describe('return values of a driver', () => {
  it.each([
    ['DEVICE_REMOVED', 0x32],
    ['TOKEN_NOT_PRESENT', 0xe0],
    ['SESSION_HANDLE_INVALID', 0xb3],
    ['SESSION_CLOSED', 0xb0],
    ['OBJECT_HANDLE_INVALID', 0x82],
  ])('%s is a removal', (_name, rv) => {
    expect(readFault(rv)).toMatchObject({ code: 'KEY_REMOVED', loss: 'removed' });
  });

  it.each([
    ['DEVICE_ERROR', 0x30],
    ['GENERAL_ERROR', 0x05],
  ])('%s loses the session; the slots tell the rest', (_name, rv) => {
    expect(readFault(rv)).toMatchObject({ code: 'KEY_DRIVER_FAILED', loss: 'unclear' });
  });

  it.each([
    ['PIN_INCORRECT', 0xa0, 'PIN_WRONG', false],
    ['PIN_LOCKED', 0xa4, 'PIN_LOCKED', false],
    ['PIN_LEN_RANGE', 0xa2, 'PIN_FORMAT', true],
    ['USER_PIN_NOT_INITIALIZED', 0x102, 'PIN_UNSET', true],
    ['USER_ALREADY_LOGGED_IN', 0x100, 'KEY_DRIVER_FAILED', true],
    ['a value nobody knows', 0x8000_0001, 'KEY_DRIVER_FAILED', false],
  ] as const)('%s of C_Login', (_name, rv, code, pinUntried) => {
    const fault = readFault(rv);
    expect(fault).toEqual({ code, loss: 'none', pinUntried });
    expect(tokenContract.login.codes).toContain(code);
  });

  it('is named for the help desk', () => {
    expect(describeFault('C_Sign', 0x32)).toBe('C_Sign CKR_DEVICE_REMOVED (0x32)');
    expect(describeFault('C_Sign', 0x54)).toBe('C_Sign CKR (0x54)');
  });
});
