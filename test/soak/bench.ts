import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDemoKey } from '../../electron/demo/key/demo-key.ts';
import { findSoftHsmModule, writeSoftHsmConfig } from '../../electron/demo/key/softhsm.ts';
import { PRACTICE_PIN, PRACTICE_USER, practiceUnits } from '../../electron/demo/people/units.ts';
import { ensurePki } from '../../electron/demo/pki.ts';
import { setUpPractice } from '../../electron/demo/setup.ts';
import type { Configuration } from '../../shared/ipc/configuration.ts';
import { buildFaultModule } from '../fixtures/p11fault/fault-module.ts';

/** The smallest practice unit: a short roster makes short syncs. */
export const UNIT = '9900000030';
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

/** What every world is copied from: authorities, two keys of the unit, the configuration. */
export interface Template {
  readonly folder: string;
  readonly configuration: Configuration;
  readonly faultModule: string;
  readonly softHsm: string;
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

export function copyTemplate(template: Template, folder: string): void {
  cpSync(template.folder, folder, { recursive: true });
  for (const key of ['softhsm', 'softhsm-second']) writeSoftHsmConfig(join(folder, key));
}

/**
 * A disk that can be made full. Where a small filesystem may be mounted it is one of its own, else
 * SQLite is given a limit of pages (hook/steps.ts), which it meets with the same error.
 */
export class Disk {
  readonly folder: string;
  readonly kind: 'filesystem' | 'page limit';

  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
    this.kind = this.#mount('size=64g', []) ? 'filesystem' : 'page limit';
  }

  /** As much room is left as `bytes`; false where it is for the page limit to say so. */
  leave(bytes: number): boolean {
    if (this.kind !== 'filesystem') return false;
    const { blocks, bfree, bsize } = statfsSync(this.folder);
    const size = (blocks - bfree) * bsize + Math.ceil(bytes / bsize) * bsize;
    return this.#mount(`remount,size=${size}`, []);
  }

  free(): void {
    if (this.kind === 'filesystem') this.#mount('remount,size=64g', []);
  }

  remove(): void {
    if (this.kind !== 'filesystem') return;
    execFileSync('umount', ['-l', this.folder], { stdio: 'ignore' });
  }

  #mount(options: string, more: readonly string[]): boolean {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', options, ...more, 'tmpfs', this.folder], {
        stdio: 'ignore',
      });
      return true;
    } catch {
      return false;
    }
  }
}
