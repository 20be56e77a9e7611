import { SERIAL_JUMP } from '../../../shared/wire/limits.ts';
import type { Meta } from '../ports.ts';

/** 16 digits: six given by the centre for this installation, ten counted here. */
const COUNTER_DIGITS = 10;
const COUNTER_MAX = 10 ** COUNTER_DIGITS - 1;
const PREFIX_KEY = 'orders.serialPrefix';
const LAST_KEY = 'orders.serialLast';

/**
 * Inside a `write`, after each open. A counter behind the centre's means that this file was
 * restored from a copy: the numbers drawn since are skipped, with room for those still on their way.
 */
export function adoptSerials(meta: Meta, prefix: string, centreLast: number): void {
  const isSame = meta.get(PREFIX_KEY) === prefix;
  const last = isSame ? readLast(meta) : 0;
  meta.set(PREFIX_KEY, prefix);
  meta.set(LAST_KEY, String(last < centreLast ? centreLast + SERIAL_JUMP : last));
}

/**
 * Inside a `write`: an order with this serial has come from a backup. The centre may never have
 * seen it, so that its own count does not tell.
 */
export function passSerial(meta: Meta, sn: string): void {
  const prefix = meta.get(PREFIX_KEY);
  if (prefix === undefined || !sn.startsWith(prefix)) return;
  const number = Number(sn.slice(prefix.length));
  if (number > readLast(meta)) meta.set(LAST_KEY, String(number));
}

/** Inside a `write`: a serial of ours turned out to be taken. */
export function jumpSerials(meta: Meta): void {
  meta.set(LAST_KEY, String(readLast(meta) + SERIAL_JUMP));
}

/** Inside the `write` that stores the bytes it is bound to. Throws before the first open. */
export function drawSerial(meta: Meta): string {
  const prefix = meta.get(PREFIX_KEY);
  if (prefix === undefined) throw new Error('no serials before the first session');
  const next = readLast(meta) + 1;
  if (next > COUNTER_MAX) throw new RangeError('serials used up');
  meta.set(LAST_KEY, String(next));
  return prefix + String(next).padStart(COUNTER_DIGITS, '0');
}

function readLast(meta: Meta): number {
  const last = Number(meta.get(LAST_KEY) ?? 0);
  if (!Number.isSafeInteger(last)) throw new Error('the serial counter is not a number');
  return last;
}
