import { randomUUID } from 'node:crypto';
import { type Result, succeed } from '../../../shared/errors/result.ts';
import { type OpenAnswer, openAnswerSchema } from '../../../shared/wire/session.ts';
import { type Link, readBody } from '../channel/link.ts';
import { encodeRequest } from '../channel/request.ts';
import type { UnitDatabase } from '../ports.ts';
import { type KeySigner, signByKey } from './key-signature.ts';
import { provePassword } from './password.ts';

const INSTALLATION_KEY = 'session.installation';

/** The name under which this installed program draws its serials; made once per unit. */
export function ensureInstallation(database: UnitDatabase): Result<string> {
  const known = database.meta.get(INSTALLATION_KEY);
  if (known !== undefined) return succeed(known);
  const made = randomUUID();
  return database.write(() => {
    database.meta.set(INSTALLATION_KEY, made);
    return succeed(made);
  });
}

export interface OpenTerms {
  readonly link: Link;
  readonly signer: KeySigner;
  readonly passwordKey: Uint8Array;
  readonly installation: string;
}

/**
 * Hello, then WL0002: the key answers the centre's challenge and the password is proven with it.
 * Fails with the codes of the channel and the key, PASSWORD_WRONG, PASSWORD_LOCKED,
 * SIGN_IN_INTERRUPTED, CERTIFICATE_REFUSED, RIGHTS_MISSING.
 */
export async function exchangeOpen(terms: OpenTerms): Promise<Result<OpenAnswer>> {
  const { link, signer, passwordKey, installation } = terms;
  const hello = await link.hello();
  if (!hello.ok) return hello;
  const { challenge } = hello.value.answer;
  const body = { challenge, proof: provePassword(passwordKey, challenge), installation };
  const content = encodeRequest(link.parties, { tx: 'WL0002', body }, link.clock.nowMs());
  const signed = await signByKey(signer, content);
  if (!signed.ok) return signed;
  const answered = await link.send(signed.value, 'short');
  return answered.ok ? readBody(answered.value.answer, openAnswerSchema) : answered;
}
