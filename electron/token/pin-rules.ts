import type { PinAdvice, TokenFlags } from '../../shared/ipc/token.ts';

/**
 * What to do before a PIN is asked for, from what the token says and what we remember.
 *
 * The worse of the two counts, because drivers are known to leave the flags unset (OpenSC#871).
 * Only the token's own word refuses: a count of ours at or above the limit still allows a
 * confirmed try, since the branch may have unlocked the key, and a key that is locked answers
 * CKR_PIN_LOCKED without harm.
 */
export function advisePin(flags: TokenFlags, failedTries: number, triesAssumed: number): PinAdvice {
  if (flags.pinLocked) return 'refuse';
  if (flags.pinFinalTry || failedTries >= triesAssumed - 1) return 'confirmLastTry';
  if (flags.pinCountLow || failedTries > 0) return 'warnLow';
  return 'ask';
}

/** Whether the PIN's length can be right; a wrong length must not cost a try. */
export function fitsPinLength(
  pin: string,
  length: { readonly min: number; readonly max: number },
): boolean {
  const bytes = Buffer.byteLength(pin, 'utf8');
  // Some drivers report 0 or "unavailable" for a limit; then only emptiness is refused.
  const max = length.max > 0 ? length.max : Number.POSITIVE_INFINITY;
  return bytes > 0 && bytes >= Math.min(length.min, max) && bytes <= max;
}
