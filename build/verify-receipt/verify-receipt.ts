// `npm run -s verify-receipt -- FILE [--ca CA.pem] [--order ORDER.p7m]`: a receipt as it was saved
// (保存证据), verified again without the window by the code the program verifies it with. One JSON
// object on stdout; exit 0 verified, 1 not, 2 unreadable.
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { hashHex, proveReceiptOf, readReceiptClaim } from '../../electron/data/channel/proof.ts';
import { MESSAGE_BYTES_MAX } from '../../shared/wire/limits.ts';
import { chooseTrust } from './trust.ts';
import { faultText, readFaultText } from './words.ts';

const USAGE = '用法：npm run -s verify-receipt -- FILE [--ca CA.pem] [--order ORDER.p7m]';
const exitCodes = { verified: 0, notVerified: 1, unreadable: 2 } as const;

interface Answer {
  readonly exitCode: number;
  readonly told: Readonly<Record<string, unknown>>;
}

const { exitCode, told } = verify(process.argv.slice(2));
process.stdout.write(`${JSON.stringify(told, null, 2)}\n`);
process.exitCode = exitCode;

function verify(args: readonly string[]): Answer {
  const asked = readArguments(args);
  if (asked === undefined) return unreadable(USAGE);
  const bytes = readBytes(asked.file);
  if (typeof bytes === 'string') return unreadable(bytes);
  const order = asked.order === undefined ? undefined : readBytes(asked.order);
  if (typeof order === 'string') return unreadable(order);
  const claim = readReceiptClaim(bytes);
  if (!claim.ok) return unreadable(`${asked.file} 不是中心的回执，或者已经损坏`, claim.detail);
  const chosen = chooseTrust(asked.ca);
  if (!chosen.ok) return unreadable(chosen.reason);
  const hash = hashHex(bytes);
  const about = { hash, trust: chosen.source };
  const proven = proveReceiptOf(bytes, chosen.trust);
  if (!proven.ok) {
    return refuse(faultText(proven.detail), { detail: proven.detail, ...about });
  }
  const { receipt, signerSubject: signer } = proven.value;
  if (order && hashHex(order) !== receipt.digest) {
    return refuse('回执不是给这份业务报文的', { ...about, signer, digest: receipt.digest });
  }
  const fit = order ? { order: 'matches' } : {};
  return {
    exitCode: exitCodes.verified,
    told: { readable: true, verified: true, ...about, signer, ...fit, receipt },
  };
}

function refuse(reason: string, about: object): Answer {
  return {
    exitCode: exitCodes.notVerified,
    told: { readable: true, verified: false, reason, ...about },
  };
}

function unreadable(reason: string, detail?: string): Answer {
  return {
    exitCode: exitCodes.unreadable,
    told: { readable: false, verified: false, reason, ...(detail === undefined ? {} : { detail }) },
  };
}

interface Asked {
  readonly file: string;
  readonly ca: string | undefined;
  readonly order: string | undefined;
}

/** npm runs its scripts at the top of the repository: a path is meant from where npm was called. */
function placeOf(name: string): string {
  return path.resolve(process.env.INIT_CWD ?? process.cwd(), name);
}

function readArguments(args: readonly string[]): Asked | undefined {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { ca: { type: 'string' }, order: { type: 'string' } },
    });
    const [file, ...rest] = positionals;
    if (file === undefined || rest.length > 0) return undefined;
    const place = (name: string | undefined) => (name === undefined ? undefined : placeOf(name));
    return { file: placeOf(file), ca: place(values.ca), order: place(values.order) };
  } catch (error) {
    const isUsage = error instanceof Error && 'code' in error;
    if (isUsage && String(error.code).startsWith('ERR_PARSE_ARGS')) return undefined;
    throw error;
  }
}

/** The file's bytes, or why not. */
function readBytes(file: string): Uint8Array | string {
  try {
    if (fs.statSync(file).size > MESSAGE_BYTES_MAX) return `${file} 太大，不是中心的报文`;
    return fs.readFileSync(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    if (code === undefined) throw error;
    return `${file}：${readFaultText(code)}`;
  }
}
