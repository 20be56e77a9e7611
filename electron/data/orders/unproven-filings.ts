import { type Result, succeed } from '../../../shared/errors/result.ts';
import type { CentreTrust } from '../channel/proof.ts';
import type { ParameterBook, Queue, UnitContext } from '../ports.ts';
import type { UnprovenDrafts } from '../queue/unproven.ts';
import { readReceiptBytes } from './verdict.ts';

interface UnprovenParts extends Pick<UnitContext, 'database' | 'changed'> {
  readonly queue: Queue & { readonly unproven: UnprovenDrafts };
  readonly parameters: Pick<ParameterBook, 'current'>;
  readonly trust: CentreTrust;
}

/**
 * Frees the entries of a backup that wait to be looked at, where the receipts since show that no
 * 少缴补缴 was accepted but those this file knows. All of the centre's receipts have to be here.
 */
export function freeUnproven(parts: UnprovenParts): Result<void> {
  const { database, queue, parameters, changed } = parts;
  const unproven = queue.unproven.read();
  if (!unproven || hasForeignFiling(parts, unproven.afterRno)) return succeed(undefined);
  const freed = database.write(() => {
    queue.unproven.clear();
    queue.recheck(parameters.current());
    return succeed(undefined);
  });
  changed('queue', 'status');
  return freed;
}

/** A receipt that cannot be read counts as one. */
function hasForeignFiling({ database, trust }: UnprovenParts, afterRno: number): boolean {
  const rows = database.handle
    .prepare<[number], Buffer>(
      `SELECT bytes FROM receipt r WHERE rno > ? AND state = 'applied'
         AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.oid = r.oid)`,
    )
    .pluck()
    .all(afterRno);
  return rows.some((bytes) => {
    const proven = readReceiptBytes(bytes, trust);
    return !proven.ok || proven.value.receipt.kind === 'shortfallBackPay';
  });
}
