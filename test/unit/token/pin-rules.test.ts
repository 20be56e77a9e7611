import { describe, expect, it } from 'vitest';
import { advisePin, fitsPinLength } from '../../../electron/token/pin-rules.ts';
import type { PinAdvice, TokenFlags } from '../../../shared/ipc/token.ts';

const silent: TokenFlags = {
  initialized: true,
  loginRequired: true,
  pinCountLow: false,
  pinFinalTry: false,
  pinLocked: false,
};
const low = { ...silent, pinCountLow: true };
const final = { ...low, pinFinalTry: true };
const locked = { ...low, pinLocked: true };

describe('what is done before a PIN is asked for', () => {
  it.each<[string, TokenFlags, number, number, PinAdvice]>([
    ['a fresh key', silent, 0, 6, 'ask'],
    ['the token remembers a wrong PIN', low, 0, 6, 'warnLow'],
    ['only we remember one', silent, 1, 6, 'warnLow'],
    ['we remember four of six', silent, 4, 6, 'warnLow'],
    ['we remember five of six, the flags are silent', silent, 5, 6, 'confirmLastTry'],
    ['the token says last try, we remember none', final, 0, 6, 'confirmLastTry'],
    ['we counted to the limit: the branch may have unlocked it', silent, 6, 6, 'confirmLastTry'],
    ['we counted past the limit', low, 9, 6, 'confirmLastTry'],
    ['the token says locked', locked, 0, 6, 'refuse'],
    ['locked goes before last try', { ...final, pinLocked: true }, 5, 6, 'refuse'],
    ['a key of three tries', silent, 2, 3, 'confirmLastTry'],
    ['a key of one try always wants the confirmation', silent, 0, 1, 'confirmLastTry'],
  ])('%s', (_name, flags, failed, limit, advice) => {
    expect(advisePin(flags, failed, limit)).toBe(advice);
  });

  it.each([
    ['', 0, 0, false],
    ['12345', 6, 16, false],
    ['123456', 6, 16, true],
    ['1234567890123456', 6, 16, true],
    ['12345678901234567', 6, 16, false],
    ['口令', 6, 6, true],
    ['123456', 0, 0, true],
    ['123456', 8, 4, false],
    ['1234', 8, 4, true],
  ])('PIN %j against %i to %i bytes: %s', (pin, min, max, fits) => {
    expect(fitsPinLength(pin, { min, max })).toBe(fits);
  });
});
