import type { X509Certificate } from 'node:crypto';
import {
  requestSchema,
  signedTransactions,
  WIRE_VERSION,
  type WireRequest,
} from '../../../shared/wire/envelope.ts';
import { MESSAGE_BYTES_MAX } from '../../../shared/wire/limits.ts';
import { type CmsFaultReason, verifySigned } from '../../cms/verify.ts';
import type { WireCodeName } from '../../../shared/wire/codes.ts';
import { type Centre, refuse, type Reply } from './centre.ts';
import { hashOf } from './seal.ts';

/** A message that came through the first checks: size, CMS, chain, schema, audience, unit = certificate. */
export interface Admitted {
  readonly request: WireRequest;
  /** The bytes as sent; kept with the order for ever. */
  readonly bytes: Buffer;
  /** SHA-256 of the bytes: the order's digest. */
  readonly digest: string;
  readonly nowMs: number;
}

export interface AdmittedSigned extends Admitted {
  /** SHA-256 of the signer's certificate. */
  readonly certificate: string;
}

export type Admission<T extends Admitted> = { readonly message: T } | { readonly refusal: Reply };

const codeOfFault: Readonly<Record<CmsFaultReason, WireCodeName>> = {
  size: 'WLP207',
  encoding: 'WLP201',
  structure: 'WLP201',
  algorithm: 'WLP202',
  attributes: 'WLP202',
  digest: 'WLP202',
  key: 'WLP202',
  signature: 'WLP202',
  skew: 'WLP202',
  certificate: 'WLA102',
  issuer: 'WLA102',
  validity: 'WLA102',
  signer: 'WLA102',
};

/** size, CMS, chain -> schema, audience, unit equals certificate. Touches no data. */
export function admitSigned(centre: Centre, bytes: Buffer): Admission<AdmittedSigned> {
  const nowMs = centre.clock.nowMs();
  const cms = verifySigned(bytes, {
    anchors: centre.bankAnchors,
    atMs: nowMs,
    sizeMaxBytes: MESSAGE_BYTES_MAX,
  });
  if (!cms.ok) return { refusal: refuse(codeOfFault[cms.fault]) };
  const read = readRequest(centre, cms.content);
  if ('refusal' in read) return read;
  const { request } = read;
  if (!signedTransactions.has(request.tx)) return { refusal: refuse('WLP203') };
  if (!namesUnit(cms.certificate, request.unit)) return { refusal: refuse('WLA102') };
  const certificate = hashOf(cms.certificate.raw);
  return { message: { request, bytes, digest: hashOf(bytes), nowMs, certificate } };
}

/** The unsigned transactions: size, schema, audience; who it is from is the session's to say. */
export function admitPlain(centre: Centre, bytes: Buffer): Admission<Admitted> {
  const nowMs = centre.clock.nowMs();
  if (bytes.byteLength > MESSAGE_BYTES_MAX) return { refusal: refuse('WLP207') };
  const read = readRequest(centre, bytes);
  if ('refusal' in read) return read;
  const { request } = read;
  if (signedTransactions.has(request.tx)) return { refusal: refuse('WLP202') };
  return { message: { request, bytes, digest: hashOf(bytes), nowMs } };
}

function readRequest(
  centre: Centre,
  content: Buffer,
): { readonly request: WireRequest } | { readonly refusal: Reply } {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content));
  } catch {
    return { refusal: refuse('WLP201') };
  }
  if (isOtherVersion(value)) return { refusal: refuse('WLP206') };
  const parsed = requestSchema.safeParse(value);
  if (!parsed.success) return { refusal: refuse('WLP203') };
  if (parsed.data.aud !== centre.seal.name) return { refusal: refuse('WLP204') };
  return { request: parsed.data };
}

function isOtherVersion(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('v' in value)) return false;
  return typeof value.v === 'number' && value.v !== WIRE_VERSION;
}

/** The unit account stands in the subject's serialNumber attribute, nowhere else. */
function namesUnit(certificate: X509Certificate, unit: string): boolean {
  return certificate.subject.split('\n').includes(`serialNumber=${unit}`);
}
