import fs from 'node:fs';
import path from 'node:path';
import { buildFaultModule } from '../../fixtures/p11fault/fault-module.ts';
import type { PracticeCentre } from './practice.ts';

const PIN_TRIES = 6;

const module = buildFaultModule();
/** Why there is none on this computer; empty where there is. */
export const keyMissing = 'missing' in module ? module.missing : '';

/**
 * A driver that can be pulled cannot be had: SoftHSM behind a module that misbehaves on demand stands
 * for it, and counts wrong PINs as a real key does.
 */
export class PullableKey {
  readonly #control: string;

  /** The centre's programs find this key from their next start on. */
  constructor(centre: PracticeCentre) {
    this.#control = path.join(centre.folder, 'p11fault.control');
    this.plugIn();
    const { key, keyEnvironment } = centre.configuration;
    if (key.kind !== 'pkcs11' || 'missing' in module) throw new Error('SoftHSM is needed here');
    centre.configure({
      key: { kind: 'pkcs11', modulePath: module.path },
      keyEnvironment: {
        ...keyEnvironment,
        P11FAULT_TARGET: key.modulePath,
        P11FAULT_CONTROL: this.#control,
      },
    });
  }

  pull(): void {
    this.#behave('removed 1');
  }

  plugIn(): void {
    this.#behave('');
  }

  get triesLeft(): number {
    return Number(fs.readFileSync(`${this.#control}.pin`, 'utf8'));
  }

  /** All the tries a fresh key has. */
  get triesAtFirst(): number {
    return PIN_TRIES;
  }

  #behave(fault: string): void {
    fs.writeFileSync(this.#control, `${fault}\npin tries ${PIN_TRIES}\n`);
  }
}
