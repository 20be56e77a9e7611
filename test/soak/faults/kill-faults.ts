import type { KillPlace } from '../hook/control-page.ts';
import type { Fault, Scene } from './fault.ts';

/** Steps of one confirmation, from its first statement to the results (counted, then rounded up). */
const DATA_STEPS_MAX = 200;
const CENTRE_STEPS_MAX = 60;
const COMMITS_MAX = 9;
const NETWORK_STEPS_MAX = 22;
const IMPORT_STEPS_MAX = 120;
const ANYTIME_MS = 120;
const ANSWER_HELD_MS = 900;
/** A strike is told before the request is handled. */
const COMMITTED_MS = 60;

type Side = 'data' | 'centre';

export const killFaults: readonly Fault[] = [
  {
    name: 'dataKilledAtStatement',
    weight: 18,
    strike: (scene) => atStep(scene, 'data', 'database'),
  },
  { name: 'dataKilledAtCommit', weight: 12, strike: (scene) => atStep(scene, 'data', 'commit') },
  { name: 'dataKilledAtNetwork', weight: 12, strike: (scene) => atStep(scene, 'data', 'network') },
  { name: 'dataKilledAnytime', weight: 8, strike: killAnytime },
  {
    name: 'centreKilledAtStatement',
    weight: 16,
    strike: (scene) => atStep(scene, 'centre', 'database'),
  },
  {
    name: 'centreKilledAtCommit',
    weight: 10,
    strike: (scene) => atStep(scene, 'centre', 'commit'),
  },
  {
    name: 'centreKilledAtNetwork',
    weight: 10,
    strike: (scene) => atStep(scene, 'centre', 'network'),
  },
  { name: 'dataKilledBeforeAnswer', weight: 6, strike: killBeforeAnswer },
  { name: 'bothKilled', weight: 5, strike: killBoth },
  { name: 'dataKilledWhileTyping', weight: 6, strike: killWhileTyping },
  { name: 'dataKilledWhileReadingIn', weight: 5, strike: killWhileReadingIn },
  { name: 'dataKilledWhileSyncing', weight: 4, strike: killWhileSyncing },
  { name: 'keyHostKilled', weight: 4, strike: killToken },
];

function stepsFor(side: Side, where: KillPlace): number {
  if (where === 'commit') return COMMITS_MAX;
  if (where === 'network') return NETWORK_STEPS_MAX;
  return side === 'data' ? DATA_STEPS_MAX : CENTRE_STEPS_MAX;
}

async function atStep(scene: Scene, side: Side, where: KillPlace): Promise<number> {
  const victim = scene[side === 'data' ? 'pc' : 'centre'];
  const before = victim.stepKills;
  victim.control.killAfter(scene.random.whole(1, stepsFor(side, where)), where);
  await scene.confirm();
  victim.control.spare();
  return victim.stepKills - before;
}

/** From outside, at a moment that no statement marks. */
async function killAnytime(scene: Scene): Promise<number> {
  const { pc, random } = scene;
  const before = pc.dataKills;
  const timer = setTimeout(
    () => {
      pc.killData();
    },
    random.whole(1, ANYTIME_MS),
  );
  await scene.confirm();
  clearTimeout(timer);
  // the end of a process is told after that of its calls
  await pc.up();
  return pc.dataKills - before;
}

/** The centre has committed, and its answer finds nobody. */
async function killBeforeAnswer(scene: Scene): Promise<number> {
  const { pc, centre, tx } = scene;
  const before = pc.dataKills;
  const ids = centre.strike({ do: 'delayAfter', tx, ms: ANSWER_HELD_MS });
  const confirming = scene.confirm();
  if (await centre.struckWithin(ids, ANSWER_HELD_MS)) {
    await new Promise((resolve) => setTimeout(resolve, COMMITTED_MS));
    pc.killData();
  }
  await confirming;
  await pc.up();
  return pc.dataKills - before;
}

async function killBoth(scene: Scene): Promise<number> {
  const { pc, centre, random } = scene;
  const before = [pc.stepKills, centre.stepKills] as const;
  pc.control.killAfter(random.whole(1, DATA_STEPS_MAX), 'any');
  centre.control.killAfter(random.whole(1, CENTRE_STEPS_MAX), 'any');
  await scene.confirm();
  // the one that lives on is met by the next sign-in
  await pc.up();
  pc.control.spare();
  centre.control.spare();
  return Math.min(pc.stepKills - before[0], centre.stepKills - before[1]);
}

async function killWhileTyping(scene: Scene): Promise<number> {
  const { pc, random } = scene;
  const before = pc.stepKills;
  pc.control.killAfter(random.whole(1, 20), 'database');
  await scene.enter();
  pc.control.spare();
  await pc.up();
  await scene.confirm();
  return pc.stepKills - before;
}

/** In the middle of an import: between two of its steps, or after its rows and before its end. */
async function killWhileReadingIn(scene: Scene): Promise<number> {
  const { pc, random } = scene;
  const before = pc.dataKills;
  if (random.chance(0.5)) {
    await scene.bringIn(() => {
      pc.killData();
    });
  } else {
    pc.control.killAfter(random.whole(1, IMPORT_STEPS_MAX), 'database');
    await scene.bringIn();
    pc.control.spare();
  }
  await pc.up();
  await scene.confirm();
  return pc.dataKills - before;
}

async function killWhileSyncing(scene: Scene): Promise<number> {
  const { pc, random } = scene;
  const before = pc.stepKills;
  pc.control.killAfter(random.whole(1, 300), 'any');
  await scene.sync();
  pc.control.spare();
  return pc.stepKills - before;
}

async function killToken(scene: Scene): Promise<number> {
  const { pc, random } = scene;
  const before = pc.tokenKills;
  pc.signWatch = random.chance(0.5)
    ? {
        before: () => {
          pc.killToken();
        },
      }
    : {
        after: () => {
          pc.killToken();
        },
      };
  await scene.confirm();
  pc.signWatch = {};
  return pc.tokenKills - before;
}
