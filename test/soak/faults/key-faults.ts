import { setTimeout as wait } from 'node:timers/promises';
import type { Fault, Scene } from './fault.ts';
import { hasTold } from './fault.ts';

/** CKR values as a driver would return them (PKCS#11 v2.40). */
const refusals = ['0x6', '0x5', '0x31', '0x82', '0x90', '0x54'] as const;
const losses = ['0x30', '0x32', '0xb0', '0xb3'] as const;
const PULLED_WITHIN_MS = 3_000;
const WRONG_PINS_MAX = 8;

const keyFailures = [
  'KEY_ABSENT',
  'KEY_REMOVED',
  'KEY_LATE',
  'KEY_NOT_LOGGED_IN',
  'KEY_SIGNATURE_BAD',
  'KEY_DRIVER_FAILED',
] as const;

export const keyFaults: readonly Fault[] = [
  { name: 'keyPulledBeforeSigning', weight: 5, strike: pullBefore },
  { name: 'keyPulledAfterSigning', weight: 6, strike: pullAfter },
  { name: 'keySlow', weight: 4, strike: (scene) => whileSlow(scene) },
  { name: 'keyHangs', weight: 2, strike: (scene) => withOrders(scene, 'C_Sign hang 1') },
  { name: 'keyDriverCrashes', weight: 4, strike: (scene) => withOrders(scene, 'C_Sign crash 1') },
  {
    name: 'keyRefuses',
    weight: 4,
    strike: (scene) => withOrders(scene, `C_Sign rv ${scene.random.pick(refusals)}`),
  },
  {
    name: 'keySessionLost',
    weight: 4,
    strike: (scene) => withOrders(scene, `C_Sign rv ${scene.random.pick(losses)}`),
  },
  {
    name: 'keyAnswerLost',
    weight: 4,
    strike: (scene) => withOrders(scene, `C_Sign rvafter ${scene.random.pick(losses)}`),
  },
  { name: 'keySignsWrongly', weight: 4, strike: (scene) => withOrders(scene, 'C_Sign flip 1') },
  { name: 'keyLocked', weight: 2, strike: lockOut },
];

/** The fault module misbehaves for one confirmation; it struck when the clerk was told of the key. */
async function withOrders(scene: Scene, ...orders: string[]): Promise<number> {
  const { pc } = scene;
  pc.setKeyFaults(...orders);
  await scene.confirm();
  pc.setKeyFaults();
  return hasTold(scene, ...keyFailures) ? 1 : 0;
}

/** Slow, but not too late: nothing fails. */
async function whileSlow(scene: Scene): Promise<number> {
  const { pc, random } = scene;
  const delayMs = random.whole(200, 700);
  const startMs = performance.now();
  pc.setKeyFaults(`C_Sign delay ${delayMs}`);
  await scene.confirm();
  pc.setKeyFaults();
  return performance.now() - startMs >= delayMs ? 1 : 0;
}

async function pullBefore(scene: Scene): Promise<number> {
  const { pc } = scene;
  pc.signWatch = {
    before: () => {
      pc.setKeyFaults('removed 1');
    },
  };
  await scene.confirm();
  putBack(scene);
  return hasTold(scene, ...keyFailures) ? 1 : 0;
}

/** Signed, and gone before the signature is used: the stored bytes go out without it. */
async function pullAfter(scene: Scene): Promise<number> {
  const { pc } = scene;
  let pulled = 0;
  pc.signWatch = {
    after: async () => {
      pc.setKeyFaults('removed 1');
      const endMs = performance.now() + PULLED_WITHIN_MS;
      while (pc.key.status.state === 'unlocked' && performance.now() < endMs) await wait(10);
      if (pc.key.status.state !== 'unlocked') pulled = 1;
    },
  };
  await scene.confirm();
  putBack(scene);
  return pulled;
}

function putBack({ pc }: Scene): void {
  pc.signWatch = {};
  pc.setKeyFaults();
}

/** Wrong PINs until the key locks; the branch unlocks it. Drafts wait meanwhile. */
async function lockOut(scene: Scene): Promise<number> {
  const { pc } = scene;
  const model = 'pin tries 6';
  pc.setKeyFaults(model);
  await pc.key.lock();
  let locked = 0;
  for (let i = 0; i < WRONG_PINS_MAX && locked === 0; i += 1) {
    const refused = await pc.unlock('654321');
    if (!refused.ok && refused.code === 'PIN_LOCKED') locked = 1;
  }
  await scene.confirm();
  const right = await pc.unlock();
  if (right.ok) throw new Error(`${pc.name}: a locked key was unlocked by its PIN`);
  pc.unlockAtBranch();
  pc.setKeyFaults();
  return locked;
}
