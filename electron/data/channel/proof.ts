import { createHash, X509Certificate } from 'node:crypto';
import type { z } from 'zod';
import { membersOf, octetsOf, parseDer } from '../../cms/der.ts';
import { verifySigned } from '../../cms/verify.ts';
import { fail, type Result, succeed } from '../../../shared/errors/result.ts';
import type { Gateway } from '../../../shared/ipc/data.ts';
import { wireCodes } from '../../../shared/wire/codes.ts';
import { answerSchema, type WireAnswer } from '../../../shared/wire/envelope.ts';
import { MESSAGE_BYTES_MAX } from '../../../shared/wire/limits.ts';
import { type MonthFigure, monthFigureSchema } from '../../../shared/wire/month-close.ts';
import { type Receipt, receiptSchema } from '../../../shared/wire/orders.ts';

/** Whose signatures count as the centre's. */
export interface CentreTrust {
  readonly anchors: readonly X509Certificate[];
  /** null: whoever the anchors have signed for; the caller looks at the signer. */
  readonly centreName: string | null;
}

export interface ProvenAnswer {
  readonly answer: WireAnswer;
  /** The answer as received, to be kept where it is proof. */
  readonly bytes: Uint8Array;
  /** Subject of the certificate that signed it. */
  readonly signerSubject: string;
}

/** A centre's signing time may differ this much from the time its answer states. */
const SIGNING_SKEW_MAX_MS = 5 * 60_000;

export function readTrust(gateway: Gateway): CentreTrust {
  return {
    anchors: gateway.centreCaPem.map((pem) => new X509Certificate(pem)),
    centreName: gateway.centreName,
  };
}

export function hashHex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Believes an answer, or says ANSWER_UNPROVEN. `requestHash` ties it to our request, whose nonce
 * makes it fresh. `atMs` is the centre's time the certificate must be valid at; left out for the
 * hello that brings this time: then it is the time the answer itself states, which can only lie
 * within the life of the certificate.
 */
export function proveAnswer(
  bytes: Uint8Array,
  requestHash: string,
  trust: CentreTrust,
  atMs?: number,
): Result<ProvenAnswer> {
  const proven = proveContent(bytes, answerSchema, trust, (claimed) => ({
    atMs: atMs ?? Date.parse(claimed.ts),
    skewMaxMs: atMs === undefined ? SIGNING_SKEW_MAX_MS : undefined,
  }));
  if (!proven.ok) return proven;
  const { content: answer, signerSubject } = proven.value;
  if (answer.re !== requestHash) return unproven('it answers another request');
  if (answer.cls !== wireCodes[answer.code].cls) return unproven('code and class disagree');
  return succeed({ answer, bytes, signerSubject });
}

/**
 * Believes a receipt, or says ANSWER_UNPROVEN. Receipts are kept for years: the certificate must
 * have been valid when the receipt says it was issued. Whose it is and where it belongs is for the
 * caller to check.
 */
export function proveReceipt(bytes: Uint8Array, trust: CentreTrust): Result<Receipt> {
  const proven = proveReceiptOf(bytes, trust);
  return proven.ok ? succeed(proven.value.receipt) : proven;
}

/** The same, with the subject of the certificate that signed it. */
export function proveReceiptOf(
  bytes: Uint8Array,
  trust: CentreTrust,
): Result<{ receipt: Receipt; signerSubject: string }> {
  const proven = proveContent(bytes, receiptSchema, trust, (claimed) => ({
    atMs: Date.parse(claimed.at),
    skewMaxMs: SIGNING_SKEW_MAX_MS,
  }));
  if (!proven.ok) return proven;
  const { content: receipt, signerSubject } = proven.value;
  return succeed({ receipt, signerSubject });
}

/** What a receipt claims, read without believing it; fails where the bytes are no receipt at all. */
export function readReceiptClaim(bytes: Uint8Array): Result<Receipt> {
  return readClaim(bytes, receiptSchema);
}

/** The same of the figure of a month. */
export function proveMonthFigure(bytes: Uint8Array, trust: CentreTrust): Result<MonthFigure> {
  const proven = proveContent(bytes, monthFigureSchema, trust, (claimed) => ({
    atMs: Date.parse(claimed.at),
    skewMaxMs: SIGNING_SKEW_MAX_MS,
  }));
  return proven.ok ? succeed(proven.value.content) : proven;
}

interface Moment {
  readonly atMs: number;
  readonly skewMaxMs: number | undefined;
}

function proveContent<Schema extends z.ZodType>(
  bytes: Uint8Array,
  schema: Schema,
  trust: CentreTrust,
  momentOf: (claimed: z.output<Schema>) => Moment,
): Result<{ content: z.output<Schema>; signerSubject: string }> {
  const claimed = readClaim(bytes, schema);
  if (!claimed.ok) return claimed;
  const { atMs, skewMaxMs } = momentOf(claimed.value);
  const verified = verifySigned(bytes, {
    anchors: trust.anchors,
    atMs,
    acceptSigner: (certificate) =>
      trust.centreName === null || isCentre(certificate, trust.centreName),
    sizeMaxBytes: MESSAGE_BYTES_MAX,
    ...(skewMaxMs === undefined ? {} : { skewMaxMs }),
  });
  if (!verified.ok) return unproven(`${verified.fault}: ${verified.detail}`);
  // Read again from the bytes that were verified: what was claimed before decides nothing.
  const content = parseContent(verified.content, schema);
  if (!content.ok) return content;
  const signerSubject = verified.certificate.subject.replaceAll('\n', ', ');
  return succeed({ content: content.value, signerSubject });
}

/** Content of a message nobody has verified yet: only to learn which time it speaks of. */
function readClaim<Schema extends z.ZodType>(
  bytes: Uint8Array,
  schema: Schema,
): Result<z.output<Schema>> {
  if (bytes.byteLength > MESSAGE_BYTES_MAX) return unproven('too large');
  let content: Uint8Array | null;
  try {
    const outer = membersOf(parseDer(bytes), 'sequence');
    const signedData = membersOf(membersOf(outer?.[1], { contextTag: 0 })?.[0], 'sequence');
    const encapsulated = membersOf(signedData?.[2], 'sequence');
    content = octetsOf(membersOf(encapsulated?.[1], { contextTag: 0 })?.[0]);
  } catch (error) {
    return unproven(error instanceof Error ? error.message : String(error));
  }
  return content ? parseContent(content, schema) : unproven('not a signed message');
}

function parseContent<Schema extends z.ZodType>(
  content: Uint8Array,
  schema: Schema,
): Result<z.output<Schema>> {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content));
  } catch (error) {
    return unproven(error instanceof Error ? error.message : String(error));
  }
  const parsed = schema.safeParse(json);
  return parsed.success ? succeed(parsed.data) : unproven(parsed.error.message);
}

/** Exactly one common name, and it is the centre's. */
function isCentre(certificate: X509Certificate, centreName: string): boolean {
  const names = certificate.subject.split('\n').filter((line) => line.startsWith('CN='));
  return names.length === 1 && names[0] === `CN=${centreName}`;
}

export function unproven(detail: string): Result<never> {
  return fail('ANSWER_UNPROVEN', detail);
}
