import { expect, test } from 'vitest';
import { signWithSoftwareKey } from '../../electron/cms/sign.ts';
import { verifySigned } from '../../electron/cms/verify.ts';
import { createAuthority, createUnitLeaf, VALID_AT } from '../fixtures/pki.ts';
import { makeOrderContent } from '../fixtures/signed-order.ts';

const MUTATIONS = 20_000;
const seed = Number(process.env.CMS_SEED ?? Date.now() % 1_000_000_000);

/** mulberry32: a small generator, so that a seed gives the same positions again. */
function makeRandom(state: number): () => number {
  let current = state;
  return () => {
    current = (current + 0x6d2b79f5) | 0;
    let mixed = Math.imul(current ^ (current >>> 15), 1 | current);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** `count` different numbers below `limit`. */
function chooseDistinct(count: number, limit: number, random: () => number): number[] {
  const all = Array.from({ length: limit }, (_, index) => index);
  for (let index = 0; index < count; index += 1) {
    const other = index + Math.floor(random() * (limit - index));
    [all[index], all[other]] = [all[other] ?? 0, all[index] ?? 0];
  }
  return all.slice(0, count);
}

test('of 20,000 one-bit mutations of a signed order none is accepted', async () => {
  const authority = await createAuthority();
  const unit = await createUnitLeaf(authority);
  const content = makeOrderContent();
  const good = signWithSoftwareKey(content, unit.certificateDer, unit.privateKey, VALID_AT);
  const trust = { anchors: [authority.certificate], atMs: VALID_AT.getTime() };
  const positions = chooseDistinct(MUTATIONS, good.byteLength * 8, makeRandom(seed));
  expect(new Set(positions).size).toBe(MUTATIONS);
  expect(verifySigned(good, trust).ok, 'the message itself must be accepted').toBe(true);

  const accepted: number[] = [];
  const faults = new Map<string, number>();
  let stoppedByRebuild = 0;
  const startMs = performance.now();
  for (const position of positions) {
    const at = position >> 3;
    const original = good[at] ?? 0;
    good[at] = original ^ (1 << (position & 7));
    const result = verifySigned(good, trust);
    good[at] = original;
    if (result.ok) {
      accepted.push(position);
      continue;
    }
    faults.set(result.fault, (faults.get(result.fault) ?? 0) + 1);
    if (result.detail === 'not the canonical encoding') stoppedByRebuild += 1;
  }
  const tookMs = performance.now() - startMs;

  console.log(
    `seed ${seed}: ${MUTATIONS} mutations of ${good.byteLength} bytes, ` +
      `${accepted.length} accepted, ${Math.round(tookMs)} ms ` +
      `(${(tookMs / MUTATIONS).toFixed(3)} ms each), ${stoppedByRebuild} stopped by the rebuild ` +
      `only; ${JSON.stringify(Object.fromEntries(faults))}`,
  );
  expect(verifySigned(good, trust).ok, 'the loop must leave the message as it was').toBe(true);
  expect(accepted, `seed ${seed}: accepted bit positions`).toEqual([]);
});
