import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import {
  type Configuration,
  configurationSchema,
  type practiceSetupSchema,
} from '../../shared/ipc/configuration.ts';
import { centreFolder } from './centre/database.ts';
import { DEMO_KEY_LABEL, makeDemoKey, type DemoKeyTarget } from './key/demo-key.ts';
import { findSoftHsmModule, writeSoftHsmConfig } from './key/softhsm.ts';
import {
  findPracticeUnit,
  PRACTICE_PASSWORD,
  PRACTICE_PIN,
  PRACTICE_USER,
  type PracticeUnit,
} from './people/units.ts';
import { CENTRE_NAME, ensurePki, GATEWAY_SERVER_NAME, type Pki } from './pki.ts';

export const DEFAULT_PORT = 18_443;
export const DEFAULT_UNIT = '9900000500';

export const keyChoices = ['auto', 'softhsm', 'software'] as const;
export type KeyChoice = (typeof keyChoices)[number];

export type PracticeSetup = z.output<typeof practiceSetupSchema>;

export interface SetupOrder {
  readonly folder: string;
  readonly key: KeyChoice;
  readonly unit: string;
}

interface KeySetup {
  readonly target: DemoKeyTarget;
  readonly environment?: Record<string, string>;
  readonly note: string;
}

/**
 * Makes what a practice needs and is not there yet: authorities, the clerk's key, the configuration
 * file. Calling it again changes nothing. Throws for an unknown unit, or for `softhsm` where SoftHSM2
 * is not installed; `auto` takes the software key then.
 */
export async function setUpPractice(order: SetupOrder): Promise<PracticeSetup> {
  const folder = resolve(order.folder);
  const unit = findPracticeUnit(order.unit);
  if (!unit) throw new Error(`no practice unit ${order.unit}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const pki = await ensurePki(folder);
  const key = chooseKey(folder, order.key);
  // SoftHSM reads its environment when the driver is loaded
  Object.assign(process.env, key.environment ?? {});
  await makeDemoKey(
    {
      bank: pki['bank-ca'],
      holder: { unitAccount: unit.account, unitName: unit.name, userName: PRACTICE_USER },
      pin: PRACTICE_PIN,
      soPin: `so${PRACTICE_PIN}`,
      label: DEMO_KEY_LABEL,
    },
    key.target,
  );
  const configuration = describePractice(pki, unit, key, readPort(folder));
  writeConfiguration(folder, configuration);
  return { configuration, centreFolder: centreFolder(folder) };
}

export function configurationFile(folder: string): string {
  return join(resolve(folder), 'configuration.json');
}

/** The configuration of a folder that was set up before, or null. */
export function readConfiguration(folder: string): Configuration | null {
  const file = configurationFile(folder);
  if (!existsSync(file)) return null;
  return configurationSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** Written beside and renamed, so that no reader meets half a file. */
export function writeConfiguration(folder: string, configuration: Configuration): void {
  const file = configurationFile(folder);
  const text = `${JSON.stringify(configurationSchema.parse(configuration), null, 2)}\n`;
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, text, { mode: 0o600 });
  renameSync(fresh, file);
}

/** A port chosen when the centre last ran from this folder stays in the file. */
function readPort(folder: string): number {
  return readConfiguration(folder)?.gateway.port ?? DEFAULT_PORT;
}

function chooseKey(folder: string, choice: KeyChoice): KeySetup {
  const modulePath = choice === 'software' ? null : findSoftHsmModule();
  if (modulePath !== null) {
    return {
      target: { kind: 'pkcs11', modulePath },
      environment: { SOFTHSM2_CONF: writeSoftHsmConfig(join(folder, 'softhsm')) },
      note: '演示钥匙（SoftHSM2 软件令牌，经 PKCS#11 接口）',
    };
  }
  if (choice === 'softhsm') throw new Error('SoftHSM2 is not installed (SOFTHSM2_MODULE names it)');
  return {
    target: { kind: 'software', folder: join(folder, 'key') },
    note: '演示钥匙（保存在文件夹中的软件钥匙，不是真的网银盾）',
  };
}

function describePractice(
  pki: Pki,
  unit: PracticeUnit,
  key: KeySetup,
  port: number,
): Configuration {
  return {
    version: 1,
    gateway: {
      host: '127.0.0.1',
      port,
      serverName: GATEWAY_SERVER_NAME,
      gatewayCaPem: [pki['gateway-ca'].certificatePem],
      centreCaPem: [pki['centre-ca'].certificatePem],
      centreName: CENTRE_NAME,
      bankCaPem: [pki['bank-ca'].certificatePem],
    },
    key: key.target,
    ...(key.environment ? { keyEnvironment: key.environment } : {}),
    accounts: [{ unitAccount: unit.account, user: PRACTICE_USER, unitName: unit.name }],
    practice: {
      banner: '演练',
      keyNote: key.note,
      pin: PRACTICE_PIN,
      transactionPassword: PRACTICE_PASSWORD,
    },
  };
}
