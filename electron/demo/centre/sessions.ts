import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Transaction } from '../../../shared/wire/envelope.ts';
import {
  helloBodySchema,
  openBodySchema,
  type HelloAnswer,
  type OpenAnswer,
} from '../../../shared/wire/session.ts';
import { transactionSchema, WIRE_VERSION } from '../../../shared/wire/envelope.ts';
import { seedTermsOf } from './practice-terms.ts';
import { ensureUnit } from '../people/seed.ts';
import { readDay } from '../review/calendar.ts';
import type { Admitted, AdmittedSigned } from './admission.ts';
import { accept, type Centre, refuse, type Reply } from './centre.ts';
import { listRows, transact } from './database.ts';
import { currentParameters, findUnit, type UnitRow } from './parameters.ts';
import { hashOf } from './seal.ts';

const PASSWORD_TRIES_MAX = 5;
const PASSWORD_LOCK_MS = 30 * 60_000;
const MINIMUM_CLIENT = '0.1.0';
/** `used_ms` is written at most once in this share of the idle time. */
const USED_WRITE_SHARE = 20;

interface ClerkRow {
  readonly password_key: Buffer;
  readonly rights: string;
  readonly failed: number;
  readonly locked_until_ms: number;
}

interface SessionRow {
  readonly unit: string;
  readonly user: string;
  readonly certificate: string;
  readonly opened_ms: number;
  readonly used_ms: number;
}

/** WL0001: a challenge for the clerk named, and the centre's time. */
export function sayHello(centre: Centre, { request }: Admitted): Reply {
  const body = helloBodySchema.safeParse(request.body);
  if (!body.success) return refuse('WLP203');
  if (!body.data.versions.includes(WIRE_VERSION)) return refuse('WLP206');
  centre.keepOpen();
  const nowMs = centre.clock.nowMs();
  const { challenge, expiresMs } = centre.challenges.issue(request.unit, request.user, nowMs);
  return accept({
    challenge,
    challengeExpires: new Date(expiresMs).toISOString(),
    serverTime: new Date(nowMs).toISOString(),
    minimumClient: MINIMUM_CLIENT,
  } satisfies HelloAnswer);
}

/** WL0002: certificate (already judged), challenge, expiry, clerk, password; then a session. */
export function openSession(centre: Centre, message: AdmittedSigned): Reply {
  const { request, nowMs } = message;
  const body = openBodySchema.safeParse(request.body);
  if (!body.success) return refuse('WLP203');
  if (!centre.challenges.take(body.data.challenge, request.unit, request.user, nowMs)) {
    return refuse('WLA106');
  }
  if (Date.parse(request.exp) <= nowMs) return refuse('WLP205');
  if (!ensureUnit(centre.db, request.unit, seedTermsOf(centre))) return refuse('WLA103');
  return transact(centre.db, () => {
    const clerk = listRows<ClerkRow>(
      centre.db,
      'SELECT password_key, rights, failed, locked_until_ms FROM clerk WHERE unit = ? AND user = ?',
      request.unit,
      request.user,
    )[0];
    const unit = findUnit(centre, request.unit);
    if (!unit || !clerk) return refuse('WLA104');
    const refusal = checkPassword(centre, message, clerk, body.data);
    return refusal ?? admitClerk(centre, message, unit, clerk, body.data.installation);
  });
}

/** The count of wrong passwords is kept with the refusal; five lock for half an hour. */
function checkPassword(
  centre: Centre,
  { request, nowMs }: AdmittedSigned,
  clerk: ClerkRow,
  { challenge, proof }: { challenge: string; proof: string },
): Reply | undefined {
  if (clerk.locked_until_ms > nowMs) return refuse('WLA105');
  const due = createHmac('sha256', clerk.password_key)
    .update(Buffer.from(challenge, 'hex'))
    .digest();
  const isRight = timingSafeEqual(due, Buffer.from(proof, 'hex'));
  const failed = isRight ? 0 : clerk.failed + 1;
  const locks = failed >= PASSWORD_TRIES_MAX;
  centre.db
    .prepare('UPDATE clerk SET failed = ?, locked_until_ms = ? WHERE unit = ? AND user = ?')
    .run(locks ? 0 : failed, locks ? nowMs + PASSWORD_LOCK_MS : 0, request.unit, request.user);
  if (isRight) return undefined;
  return refuse(locks ? 'WLA105' : 'WLA104');
}

function admitClerk(
  centre: Centre,
  { request, nowMs, certificate }: AdmittedSigned,
  unit: UnitRow,
  clerk: ClerkRow,
  installation: string,
): Reply {
  const sid = randomBytes(32).toString('hex');
  const { sessionLifeMs } = centre.limits;
  centre.db.prepare('DELETE FROM session WHERE opened_ms < ?').run(nowMs - sessionLifeMs);
  centre.db
    .prepare(
      'INSERT INTO session (sid_hash, unit, user, certificate, opened_ms, used_ms) VALUES (?, ?, ?, ?, ?, ?)',
    )
    .run(hashOf(sid), unit.account, request.user, certificate, nowMs, nowMs);
  const prefix = serialPrefix(centre, unit.account, installation);
  return accept({
    sid,
    expiresAt: new Date(nowMs + sessionLifeMs).toISOString(),
    unitName: unit.name,
    rights: readRights(clerk.rights),
    businessMonth: readDay(nowMs, centre.filing).businessMonth,
    serialPrefix: prefix,
    serialLast: lastSerial(centre, unit.account, prefix),
    receiptLast: lastReceipt(centre, unit.account),
    rosterVersion: unit.roster_version,
    parameterVersion: currentParameters(centre, unit, nowMs).version,
  } satisfies OpenAnswer);
}

function readRights(text: string): Transaction[] {
  return transactionSchema.array().parse(JSON.parse(text));
}

/** Six digits that no other installation of any unit has: the ranges of two PCs never meet. */
function serialPrefix(centre: Centre, unit: string, installation: string): string {
  centre.db
    .prepare('INSERT INTO installation (unit, id) VALUES (?, ?) ON CONFLICT DO NOTHING')
    .run(unit, installation);
  const found = listRows<{ prefix: number }>(
    centre.db,
    'SELECT prefix FROM installation WHERE unit = ? AND id = ?',
    unit,
    installation,
  )[0];
  if (!found || found.prefix > 999_999) throw new Error('no serial range left');
  return String(found.prefix);
}

function lastSerial(centre: Centre, unit: string, prefix: string): number {
  const found = listRows<{ sn: string | null }>(
    centre.db,
    'SELECT max(sn) AS sn FROM serial WHERE unit = ? AND sn BETWEEN ? AND ?',
    unit,
    `${prefix}0000000000`,
    `${prefix}9999999999`,
  )[0];
  return Number(found?.sn?.slice(6) ?? '0');
}

function lastReceipt(centre: Centre, unit: string): { rno: number; hash: string } {
  const found = listRows<{ rno: number; hash: string }>(
    centre.db,
    'SELECT rno, hash FROM receipt WHERE unit = ? ORDER BY rno DESC LIMIT 1',
    unit,
  )[0];
  return found ?? { rno: 0, hash: '' };
}

/** WL0003. Ending a session that is already gone is no failure. */
export function closeSession(centre: Centre, { request }: Admitted): Reply {
  centre.db
    .prepare('DELETE FROM session WHERE sid_hash = ? AND unit = ?')
    .run(hashOf(request.sid), request.unit);
  centre.downloads.dropSession(request.sid);
  return accept(null);
}

/**
 * The refusal when the message has no living session of its unit, clerk and (where it is signed)
 * certificate, or the clerk has not the right; otherwise the session counts as used now.
 */
export function checkSession(
  centre: Centre,
  message: Admitted | AdmittedSigned,
): Reply | undefined {
  const { request, nowMs } = message;
  const sidHash = hashOf(request.sid);
  const session = listRows<SessionRow>(
    centre.db,
    'SELECT unit, user, certificate, opened_ms, used_ms FROM session WHERE sid_hash = ?',
    sidHash,
  )[0];
  if (session?.unit !== request.unit || session.user !== request.user) {
    return refuse('WLA101');
  }
  const { sessionIdleMs, sessionLifeMs } = centre.limits;
  const isAlive =
    nowMs < session.used_ms + sessionIdleMs && nowMs < session.opened_ms + sessionLifeMs;
  const isSameKey = !('certificate' in message) || message.certificate === session.certificate;
  if (!isAlive || !isSameKey) return refuse('WLA101');
  if (nowMs - session.used_ms > sessionIdleMs / USED_WRITE_SHARE) {
    centre.db.prepare('UPDATE session SET used_ms = ? WHERE sid_hash = ?').run(nowMs, sidHash);
  }
  return hasRight(centre, request) ? undefined : refuse('WLA103');
}

function hasRight(centre: Centre, request: Admitted['request']): boolean {
  const clerk = listRows<{ rights: string }>(
    centre.db,
    'SELECT rights FROM clerk WHERE unit = ? AND user = ?',
    request.unit,
    request.user,
  )[0];
  return clerk !== undefined && readRights(clerk.rights).includes(request.tx);
}
