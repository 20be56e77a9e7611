import { wrongClientNames } from './hook/source-edits.ts';
import type { SoakOptions } from './options.ts';
import type { WorldResult } from './terms.ts';

/** A run of this size meets every kind that is asked for. */
const LARGE_ORDERS = 20_000;
const LARGE_KINDS_MIN = 25;
const LARGE_KILLS_MIN = 1_000;
const VIOLATIONS_SHOWN_MAX = 10;
const SMALL_ORDERS = 500;
/** Single entries and batches: of the orders at least so many are made of a batch. */
const BATCH_SHARE_MIN = 0.1;
/** Of a smaller run, per order. */
const KILLS_PER_ORDER_MIN = LARGE_KILLS_MIN / LARGE_ORDERS;

export interface Summary {
  readonly line: {
    readonly seed: number;
    readonly orders: number;
    readonly faultKinds: number;
    readonly kills: number;
    readonly violations: number;
    readonly unclear: number;
    readonly controlsCaught: number;
  };
  readonly isGood: boolean;
}

export function summarise(
  { seed, orders }: SoakOptions,
  worlds: readonly WorldResult[],
  controlsCaught: number,
): Summary {
  const sum = (read: (world: WorldResult) => number) =>
    worlds.reduce((total, world) => total + read(world), 0);
  const line = {
    seed,
    orders: sum((world) => world.orders),
    faultKinds: Object.keys(countFaults(worlds)).length,
    kills: sum((world) => world.kills),
    violations: sum((world) => world.violations.length),
    unclear: sum((world) => world.unclear),
    controlsCaught,
  };
  const isGood =
    worlds.every(({ error }) => error === undefined) &&
    line.orders >= orders &&
    line.violations === 0 &&
    line.unclear === 0 &&
    controlsCaught === wrongClientNames.length &&
    hasEnough(orders, line) &&
    (orders < SMALL_ORDERS || sum((world) => world.batchOrders) >= orders * BATCH_SHARE_MIN);
  return { line, isGood };
}

/** What a run of this size must have met to have shown anything. */
function hasEnough(orders: number, { faultKinds, kills }: Summary['line']): boolean {
  if (orders >= SMALL_ORDERS && faultKinds < LARGE_KINDS_MIN) return false;
  return orders < SMALL_ORDERS || kills >= Math.floor(orders * KILLS_PER_ORDER_MIN);
}

function countFaults(worlds: readonly WorldResult[]): Record<string, number> {
  return merge(worlds.map(({ faults }) => faults));
}

function merge(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const merged: Record<string, number> = {};
  for (const each of counts) {
    for (const [name, count] of Object.entries(each)) merged[name] = (merged[name] ?? 0) + count;
  }
  return merged;
}

export function printReport(worlds: readonly WorldResult[], say: (line: string) => void): void {
  say('');
  say('fault                          struck');
  for (const line of table(countFaults(worlds))) say(line);
  say('');
  say('what the clerk was told         times');
  for (const line of table(merge(worlds.map(({ told }) => told)))) say(line);
  say('');
  for (const {
    orders,
    batchOrders,
    entries,
    audits,
    kills,
    diskKind,
    error,
    violations,
  } of worlds) {
    say(
      `${orders} orders, batchOrders ${batchOrders}, ${entries} entries, ${kills} kills, ${audits} audits, full: ${diskKind}`,
    );
    for (const { rule, detail } of violations.slice(0, VIOLATIONS_SHOWN_MAX)) {
      say(`VIOLATION ${rule}: ${detail}`);
    }
    if (error !== undefined) say(`BROKEN OFF ${error}`);
  }
}

function table(counts: Readonly<Record<string, number>>): string[] {
  return Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name.padEnd(30)} ${String(count).padStart(6)}`);
}
