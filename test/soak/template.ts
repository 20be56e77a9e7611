import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDemoKey } from '../../electron/demo/key/demo-key.ts';
import { findSoftHsmModule, writeSoftHsmConfig } from '../../electron/demo/key/softhsm.ts';
import { PRACTICE_PIN, PRACTICE_USER, practiceUnits } from '../../electron/demo/people/units.ts';
import { ensurePki } from '../../electron/demo/pki.ts';
import { setUpPractice } from '../../electron/demo/setup.ts';
import type { Template } from './terms.ts';
import { UNIT } from './unit.ts';
import { buildFaultModule } from '../fixtures/p11fault/fault-module.ts';

const SECOND_LABEL = '第二把钥匙';

/** In memory where that can be had: a sync to a disk proves nothing here and takes most of the time. */
export function makeRunFolder(): string {
  const parent = canWrite('/dev/shm') ? '/dev/shm' : tmpdir();
  return mkdtempSync(join(parent, 'jiaocuntong-soak-'));
}

function canWrite(folder: string): boolean {
  try {
    rmSync(mkdtempSync(join(folder, 'try-')), { recursive: true });
    return true;
  } catch {
    return false;
  }
}

/** Throws, with what is missing, where SoftHSM or a C compiler is not there. */
export async function makeTemplate(folder: string): Promise<Template> {
  const built = buildFaultModule();
  if ('missing' in built) throw new Error(`the key's fault module: ${built.missing}`);
  const softHsm = findSoftHsmModule();
  if (softHsm === null) throw new Error('SoftHSM2 is not installed');
  mkdirSync(folder, { recursive: true });
  const { configuration } = await setUpPractice({ folder, key: 'softhsm', unit: UNIT });
  const pki = await ensurePki(folder);
  const unit = practiceUnits.find(({ account }) => account === UNIT);
  process.env.SOFTHSM2_CONF = writeSoftHsmConfig(join(folder, 'softhsm-second'));
  await makeDemoKey(
    {
      bank: pki['bank-ca'],
      holder: { unitAccount: UNIT, unitName: unit?.name ?? '', userName: PRACTICE_USER },
      pin: PRACTICE_PIN,
      soPin: `so${PRACTICE_PIN}`,
      label: SECOND_LABEL,
    },
    { kind: 'pkcs11', modulePath: softHsm },
  );
  return { folder, configuration, faultModule: built.path, softHsm };
}
