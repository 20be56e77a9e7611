import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type KeyAndCertificate, makeAuthority, makeLeaf } from './certificates.ts';

/** Common name of the centre's signing certificate: the `aud` of every request. */
export const CENTRE_NAME = '演示住房公积金中心';
/** Name in the gateway's certificate. */
export const GATEWAY_SERVER_NAME = 'gateway.demo.example';

const PRIVATE_MODE = 0o600;
const FOLDER_MODE = 0o700;

/** Who there is; each is `<name>.pem` and `<name>.key.pem` in the folder. */
const partNames = ['gateway-ca', 'gateway', 'centre-ca', 'centre', 'bank-ca'] as const;
type PartName = (typeof partNames)[number];

export type Pki = Readonly<Record<PartName, KeyAndCertificate>>;

/** Where a practice set-up keeps the centre's authorities and keys. */
function pkiFolder(folder: string): string {
  return join(folder, 'centre', 'pki');
}

/**
 * The authorities and keys of a practice set-up; made at the first call, read ever after. They
 * appear all at once (a folder is renamed into place), so a set-up that was cut short leaves
 * nothing half-made.
 */
export async function ensurePki(folder: string): Promise<Pki> {
  const place = pkiFolder(folder);
  if (existsSync(place)) return readPki(place);
  const made = await makePki();
  const stage = `${place}.${process.pid}`;
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true, mode: FOLDER_MODE });
  for (const name of partNames) {
    writeFileSync(join(stage, `${name}.pem`), made[name].certificatePem);
    writeFileSync(join(stage, `${name}.key.pem`), made[name].privateKeyPem, { mode: PRIVATE_MODE });
  }
  try {
    renameSync(stage, place);
  } catch (error) {
    // another process was first: its keys count
    rmSync(stage, { recursive: true, force: true });
    if (!existsSync(place)) throw error;
  }
  return readPki(place);
}

async function makePki(): Promise<Pki> {
  const [gatewayCa, centreCa, bankCa] = await Promise.all([
    makeAuthority({ C: 'CN', O: '演示银行', CN: '演示外联平台网关根证书' }),
    makeAuthority({ C: 'CN', O: CENTRE_NAME, CN: '演示住房公积金中心根证书' }),
    makeAuthority({ C: 'CN', O: '演示银行', CN: '演示网银盾根证书' }),
  ]);
  const [gateway, centre] = await Promise.all([
    makeLeaf(gatewayCa, {
      subject: { C: 'CN', O: '演示银行', CN: GATEWAY_SERVER_NAME },
      purpose: 'tlsServer',
      dnsNames: [GATEWAY_SERVER_NAME, 'localhost'],
      ipAddresses: ['127.0.0.1', '::1'],
    }),
    makeLeaf(centreCa, {
      subject: { C: 'CN', O: '演示', CN: CENTRE_NAME },
      purpose: 'signing',
    }),
  ]);
  return {
    'gateway-ca': gatewayCa,
    gateway,
    'centre-ca': centreCa,
    centre,
    'bank-ca': bankCa,
  };
}

function readPki(place: string): Pki {
  const read = (name: PartName): KeyAndCertificate => ({
    certificatePem: readFileSync(join(place, `${name}.pem`), 'utf8'),
    privateKeyPem: readFileSync(join(place, `${name}.key.pem`), 'utf8'),
  });
  return {
    'gateway-ca': read('gateway-ca'),
    gateway: read('gateway'),
    'centre-ca': read('centre-ca'),
    centre: read('centre'),
    'bank-ca': read('bank-ca'),
  };
}
