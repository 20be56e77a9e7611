import { setTimeout as wait } from 'node:timers/promises';
import type { Fault, Scene } from './fault.ts';
import { hasTold } from './fault.ts';

const YEAR_MS = 365 * 24 * 3_600_000;
/** The life of a message under the harness, and a little (hook/source-edits.ts). */
const PAST_LIFE_MS = 4_300;
const FULL_LEAVES_BYTES_MAX = 48 * 1024;
const CLOSE_WITHIN_MS = 90;

export const worldFaults: readonly Fault[] = [
  { name: 'clockOff', weight: 6, strike: setClock },
  { name: 'sessionExpired', weight: 8, strike: (scene) => endSessions(scene) },
  { name: 'messageExpired', weight: 2, strike: expireMessage },
  { name: 'clientRestored', weight: 4, strike: restoreClient },
  { name: 'centreRestored', weight: 2, strike: restoreCentre },
  { name: 'diskFull', weight: 6, strike: fillDisk },
  { name: 'databaseReadOnly', weight: 5, strike: forbidWrites },
  { name: 'parametersChanged', weight: 4, strike: changeParameters },
  { name: 'parametersChangedUnderWay', weight: 3, strike: changeParametersUnderWay },
  { name: 'programClosedUnderWay', weight: 5, strike: closeProgram },
];

/** Years off, before the order or in the middle of it, and left so until the next time. */
async function setClock(scene: Scene): Promise<number> {
  const { pc, random } = scene;
  const clockMs = random.chance(0.25) ? 0 : Math.round((random.fraction() - 0.5) * 12 * YEAR_MS);
  if (random.chance(0.5)) pc.control.set({ clockMs });
  else
    pc.signWatch = {
      before: () => {
        pc.control.set({ clockMs });
      },
    };
  await scene.confirm();
  pc.signWatch = {};
  return clockMs === 0 ? 0 : 1;
}

async function endSessions(scene: Scene): Promise<number> {
  const { pc, centre } = scene;
  let ended = 0;
  const end = () => {
    if (ended > 0) return;
    centre.endSessions();
    ended += 1;
  };
  pc.signWatch = scene.random.chance(0.5) ? { before: end } : { after: end };
  await scene.confirm();
  pc.signWatch = {};
  return ended;
}

/** A clerk who takes long to press the button on the key: signed, and too old to be taken. */
async function expireMessage(scene: Scene): Promise<number> {
  const { pc } = scene;
  let waited = 0;
  pc.signWatch = {
    after: async () => {
      if (waited > 0) return;
      waited += 1;
      await wait(PAST_LIFE_MS);
    },
  };
  await scene.confirm();
  pc.signWatch = {};
  return waited;
}

async function restoreClient(scene: Scene): Promise<number> {
  await scene.confirm();
  return (await scene.past.restoreClient()) ? 1 : 0;
}

/**
 * An old copy of the books is put in place of the new ones: the program stops and says so. Then the
 * new ones come back and it goes on. What it tried to send meanwhile goes out again.
 */
async function restoreCentre(scene: Scene): Promise<number> {
  const { centre, pc, past } = scene;
  if (!past.centreHasMoved()) return 0;
  await scene.clerk.settled(10_000);
  // a computer that has not heard of what is gone cannot miss it
  const refreshed = await pc.client['orders.refresh']({});
  if (!refreshed.ok) return 0;
  await centre.hold('SIGTERM');
  centre.copyBooks('newest');
  centre.putBooks('backup');
  await centre.start();
  await scene.confirm();
  const signedIn = await pc.signIn();
  const stopped = !signedIn.ok && signedIn.code.startsWith('LEDGER_');
  if (stopped) {
    const again = await scene.confirm();
    if (again.ok) throw new Error(`${pc.name}: an order went out while sending was stopped`);
  }
  await centre.hold('SIGKILL');
  centre.putBooks('newest');
  await centre.start();
  await pc.up();
  return stopped || hasTold(scene, 'LEDGER_REGRESSED', 'LEDGER_FORKED') ? 1 : 0;
}

async function fillDisk(scene: Scene): Promise<number> {
  const { pc, random } = scene;
  const bytes = random.whole(0, FULL_LEAVES_BYTES_MAX);
  pc.emptyLog();
  if (!pc.disk.leave(bytes)) pc.control.set({ full: true });
  await scene.enter();
  await scene.confirm();
  if (random.chance(0.3)) await scene.sync();
  pc.disk.free();
  pc.control.set({ full: false });
  return hasTold(scene, 'DB_FULL') ? 1 : 0;
}

async function forbidWrites(scene: Scene): Promise<number> {
  const { pc, random } = scene;
  const forbid = () => {
    pc.control.set({ readOnly: true });
  };
  if (random.chance(0.3)) forbid();
  else pc.signWatch = random.chance(0.5) ? { before: forbid } : { after: forbid };
  await scene.confirm();
  pc.signWatch = {};
  pc.control.set({ readOnly: false });
  return hasTold(scene, 'DB_NOT_WRITABLE') ? 1 : 0;
}

/** Between the typing and the confirmation. */
async function changeParameters(scene: Scene): Promise<number> {
  scene.past.changeRatio();
  await scene.centre.kill();
  await scene.confirm();
  return hasTold(scene, 'PARAMETERS_CHANGED', 'DRAFT_NOT_HOLDING') ? 1 : 0;
}

/** After the program has asked for them, before the order arrives. */
async function changeParametersUnderWay(scene: Scene): Promise<number> {
  const { centre, pc, clerk } = scene;
  let changed = 0;
  pc.signWatch = {
    after: async () => {
      if (changed > 0) return;
      changed += 1;
      scene.past.changeRatio();
      await centre.kill();
    },
  };
  await scene.confirm();
  pc.signWatch = {};
  await clerk.settled(5_000);
  return changed;
}

/** The clerk closes the program while the order is on its way. */
async function closeProgram(scene: Scene): Promise<number> {
  const { pc, random } = scene;
  const confirming = scene.confirm();
  await wait(random.whole(1, CLOSE_WITHIN_MS));
  await pc.closeProgram();
  const confirmed = await confirming;
  return confirmed.ok ? 0 : 1;
}
