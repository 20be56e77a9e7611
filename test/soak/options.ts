import { parseArgs } from 'node:util';

export interface SoakOptions {
  readonly orders: number;
  readonly seed: number;
  readonly worlds: number;
}

export const USAGE = 'usage: npm run soak -- [--orders N] [--seed S] [--worlds W]';
const ORDERS_DEFAULT = 1_000;
const WORLDS_DEFAULT = 2;

/** A mistake on the command line. */
export class UsageError extends Error {}

/** Orders and worlds from 1, any whole number as seed; without one it is drawn and told. */
export function readOptions(args: readonly string[]): SoakOptions {
  let values: { orders?: string; seed?: string; worlds?: string };
  try {
    ({ values } = parseArgs({
      args: joinNegatives(args),
      options: {
        orders: { type: 'string' },
        seed: { type: 'string' },
        worlds: { type: 'string' },
      },
    }));
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const orders = readNumber('orders', values.orders, 1) ?? ORDERS_DEFAULT;
  const seed = readNumber('seed', values.seed, Number.MIN_SAFE_INTEGER);
  const worlds = readNumber('worlds', values.worlds, 1) ?? WORLDS_DEFAULT;
  return {
    orders,
    seed: seed ?? Math.floor(Math.random() * 1_000_000_000),
    worlds: Math.min(worlds, orders),
  };
}

/** `--seed -5` as `--seed=-5`: a number below zero is no option. */
function joinNegatives(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    if (/^-\d+$/.test(arg) && joined.length > 0) joined.push(`${joined.pop() ?? ''}=${arg}`);
    else joined.push(arg);
  }
  return joined;
}

function readNumber(name: string, text: string | undefined, min: number): number | undefined {
  if (text === undefined) return undefined;
  const number = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(number) || number < min) throw new UsageError(`--${name} ${text}`);
  return number;
}
