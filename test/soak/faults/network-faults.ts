import type { FaultAction } from '../../../electron/demo/faults.ts';
import type { FaultOrder } from '../centre.ts';
import type { Fault, Scene } from './fault.ts';

/** Longer than any answer is waited for (hook/source-edits.ts). */
const PAST_DEADLINE_MS = 1_700;
/** Longer than the repeats and the void that follow a lost answer. */
const PAST_VOID_MS = 2_600;
const DELAY_STRIKES_WITHIN_MS = 4_000;
/** Of ten orders so many are struck in their own transaction, the others wherever it comes. */
const OWN_TX_SHARE = 0.7;

/** The answer, or the request, does not come as it was sent. */
const onTheLine: readonly (readonly [FaultAction, number])[] = [
  ['dropBefore', 10],
  ['dropAfter', 14],
  ['delayBefore', 3],
  ['delayAfter', 3],
  ['twice', 8],
  ['html', 6],
  ['http500', 6],
  ['flip', 6],
  ['truncate', 6],
  ['otherKey', 6],
  ['replay', 6],
  ['swap', 6],
  ['maintenance', 5],
  ['busy', 5],
  ['exitBefore', 8],
  ['exitAfter', 10],
];

const onRosterPages = ['pageAltered', 'pageShort', 'pageForeign'] as const;

export const networkFaults: readonly Fault[] = [
  ...onTheLine.map(([action, weight]): Fault => ({
    name: action,
    weight,
    strike: (scene) => strikeOrder(scene, action),
  })),
  ...onRosterPages.map((action): Fault => ({
    name: action,
    weight: 2,
    strike: async ({ centre, sync }) => {
      const ids = centre.strike({ do: action, tx: 'WL3002' });
      await sync();
      return centre.struck(ids).length;
    },
  })),
  { name: 'delayPastVoid', weight: 2, strike: strikePastVoid },
];

async function strikeOrder(scene: Scene, action: FaultAction): Promise<number> {
  const { centre, random, tx } = scene;
  const isLate = action === 'delayBefore' || action === 'delayAfter';
  const isOwn = isLate || random.chance(OWN_TX_SHARE);
  const fault: FaultOrder = {
    do: action,
    ...(isOwn ? { tx } : {}),
    ...(isLate ? { ms: PAST_DEADLINE_MS } : { times: random.whole(1, 2) }),
  };
  const ids = centre.strike(fault);
  await scene.confirm();
  return centre.struck(ids).length;
}

/**
 * The original is held up; the session ends meanwhile, so that the repeat is refused, its serial
 * closed and the order made anew. Only then the original arrives, and meets the tombstone.
 */
async function strikePastVoid({ centre, tx, confirm, clerk }: Scene): Promise<number> {
  const ids = centre.strike({ do: 'delayBefore', tx, ms: PAST_VOID_MS });
  const confirming = confirm();
  if (await centre.struckWithin(ids, DELAY_STRIKES_WITHIN_MS)) centre.endSessions();
  await confirming;
  await clerk.settled(PAST_VOID_MS);
  await new Promise((resolve) => setTimeout(resolve, PAST_DEADLINE_MS));
  return centre.struck(ids).filter(({ code }) => code === 'WLS302').length;
}
