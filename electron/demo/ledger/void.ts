import { voidBodySchema } from '../../../shared/wire/orders.ts';
import type { AdmittedSigned } from '../centre/admission.ts';
import { accept, type Centre, refuse, type Reply } from '../centre/centre.ts';
import { transact } from '../centre/database.ts';
import { checkSession } from '../centre/sessions.ts';
import { findSerial, repeatReceipt, type SerialRow } from './lookup.ts';
import { checkExpiry } from './submit.ts';

/**
 * WL2002, the fence: a serial the centre has never seen becomes a tombstone, so that its order can
 * never take effect however late it comes; a known one answers with its receipt. The look-up comes
 * before session and expiry here too: a repeated void hears the same again.
 */
export function voidSerial(centre: Centre, message: AdmittedSigned): Reply {
  const { request } = message;
  const isComplete = request.sn !== '' && request.oid !== '';
  if (!isComplete || !voidBodySchema.safeParse(request.body).success) return refuse('WLP203');
  return transact(centre.db, () => {
    const known = findSerial(centre, request.unit, request.sn);
    if (known) return describeKnown(centre, message, known);
    return checkSession(centre, message) ?? checkExpiry(message) ?? raiseTombstone(centre, message);
  });
}

function describeKnown(centre: Centre, { request }: AdmittedSigned, known: SerialRow): Reply {
  if (known.state === 'void') return { ...accept({ state: 'void' }), dup: true };
  const { receipt } = repeatReceipt(centre, request.unit, request.sn);
  return {
    ...accept({ state: known.state }),
    dup: true,
    ...(receipt ? { receipt } : {}),
  };
}

function raiseTombstone(centre: Centre, { request, bytes, nowMs }: AdmittedSigned): Reply {
  centre.db
    .prepare(
      "INSERT INTO serial (unit, sn, state, oid, digest, at, request) VALUES (?, ?, 'void', ?, '', ?, ?)",
    )
    .run(request.unit, request.sn, request.oid.toLowerCase(), new Date(nowMs).toISOString(), bytes);
  return accept({ state: 'void' });
}
