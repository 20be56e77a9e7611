import { X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readTrust } from '../../electron/data/channel/proof.ts';
import type { CentreTrust } from '../../electron/data/channel/proof.ts';
import { readConfiguration } from '../../electron/main/configuration.ts';
import { readFaultText } from './words.ts';

export type Trust =
  | { readonly ok: true; readonly source: string; readonly trust: CentreTrust }
  | { readonly ok: false; readonly reason: string };

const PEM = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/**
 * Whose signature counts as the centre's: the authorities in `caFile`, or those of the configuration
 * the program on this computer works with. With a file of authorities alone any signer of theirs is
 * taken, and named in the answer.
 */
export function chooseTrust(caFile: string | undefined): Trust {
  return caFile === undefined ? ofThisComputer() : ofFile(caFile);
}

function ofFile(file: string): Trust {
  try {
    const pems = fs.readFileSync(file, 'utf8').match(PEM) ?? [];
    if (pems.length === 0) return { ok: false, reason: `${file} 里没有证书（PEM）` };
    const anchors = pems.map((pem) => new X509Certificate(pem));
    return { ok: true, source: file, trust: { anchors, centreName: null } };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    const why = code?.startsWith('E') ? readFaultText(code) : '不是证书（PEM）';
    return { ok: false, reason: `签名机构的证书不能读取：${file}：${why}` };
  }
}

function ofThisComputer(): Trust {
  const file = configurationFiles().find((place) => fs.existsSync(place));
  if (file === undefined) {
    return { ok: false, reason: '本机没有程序的配置，请用 --ca 指定中心签名机构的证书（PEM）' };
  }
  const read = readConfiguration([file]);
  if (!read.ok) return { ok: false, reason: `配置不能读取：${read.detail}` };
  return { ok: true, source: file, trust: readTrust(read.value.gateway) };
}

/** In the user's folder: of the program, then of its practice. */
function configurationFiles(): string[] {
  const home = os.homedir();
  const { APPDATA, XDG_CONFIG_HOME } = process.env;
  const folder =
    process.platform === 'win32'
      ? (APPDATA ?? path.join(home, 'AppData', 'Roaming'))
      : (XDG_CONFIG_HOME ?? path.join(home, '.config'));
  return [
    path.join(folder, '缴存通', 'configuration.json'),
    path.join(folder, 'jiaocuntong-practice', 'practice', 'configuration.json'),
  ];
}
