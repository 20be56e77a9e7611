import { createPrivateKey, type KeyObject, sign, X509Certificate } from 'node:crypto';
import {
  type KeyAndCertificate,
  makeAuthority,
  makeLeaf,
} from '../../../electron/demo/certificates.ts';

/** Keys and certificates of a gateway, a centre and a bank that exist for one test run. */
export const CENTRE_NAME = '示例市住房公积金管理中心';
export const SERVER_NAME = 'gateway.example.invalid';
export const UNIT = '9900000001';
export const USER = '示例经办';

export interface Identity {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  readonly certificateDer: Uint8Array;
  readonly privateKey: KeyObject;
}

export interface Identities {
  readonly gatewayCa: Identity;
  readonly gateway: Identity;
  /** Issued by the right authority, ended years ago. */
  readonly gatewayExpired: Identity;
  /** Issued by the right authority for another name. */
  readonly gatewayOtherName: Identity;
  readonly centreCa: Identity;
  readonly centre: Identity;
  /** Issued by the centre's authority, but not the centre. */
  readonly colleague: Identity;
  readonly bankCa: Identity;
  readonly unitKey: Identity;
  /** Everything right but the authority. */
  readonly strangerCa: Identity;
  readonly strangerGateway: Identity;
  readonly strangerCentre: Identity;
}

export async function makeIdentities(): Promise<Identities> {
  const [gatewayCa, centreCa, bankCa, strangerCa] = await Promise.all([
    makeAuthority({ CN: '示例网关根证书' }),
    makeAuthority({ CN: '示例中心根证书' }),
    makeAuthority({ CN: '示例银行根证书' }),
    makeAuthority({ CN: '示例网关根证书' }),
  ]);
  const tls = (names: string[]) => ({
    subject: { O: '示例银行', CN: names[0] ?? '' },
    purpose: 'tlsServer' as const,
    dnsNames: names,
  });
  const signer = (CN: string) => ({ subject: { O: '示例', CN }, purpose: 'signing' as const });
  const past = { notBefore: new Date('2019-01-01'), notAfter: new Date('2020-01-01') };
  const [gateway, expired, otherName, strangerGateway] = await Promise.all([
    makeLeaf(gatewayCa, tls([SERVER_NAME])),
    makeLeaf(gatewayCa, { ...tls([SERVER_NAME]), ...past }),
    makeLeaf(gatewayCa, tls(['other.example.invalid'])),
    makeLeaf(strangerCa, tls([SERVER_NAME])),
  ]);
  const [centre, colleague, strangerCentre, unitKey] = await Promise.all([
    makeLeaf(centreCa, signer(CENTRE_NAME)),
    makeLeaf(centreCa, signer('示例市住房公积金管理中心分中心')),
    makeLeaf(strangerCa, signer(CENTRE_NAME)),
    makeLeaf(bankCa, { subject: { O: UNIT, CN: USER }, purpose: 'signing' }),
  ]);
  return {
    gatewayCa: identityOf(gatewayCa),
    gateway: identityOf(gateway),
    gatewayExpired: identityOf(expired),
    gatewayOtherName: identityOf(otherName),
    centreCa: identityOf(centreCa),
    centre: identityOf(centre),
    colleague: identityOf(colleague),
    bankCa: identityOf(bankCa),
    unitKey: identityOf(unitKey),
    strangerCa: identityOf(strangerCa),
    strangerGateway: identityOf(strangerGateway),
    strangerCentre: identityOf(strangerCentre),
  };
}

function identityOf(made: KeyAndCertificate): Identity {
  return {
    ...made,
    certificateDer: new Uint8Array(new X509Certificate(made.certificatePem).raw),
    privateKey: createPrivateKey(made.privateKeyPem),
  };
}

/** What a key does: SHA256_RSA_PKCS over the bytes. */
export function signAsKey(identity: Identity, toBeSigned: Uint8Array): Uint8Array {
  return new Uint8Array(sign('sha256', toBeSigned, identity.privateKey));
}
