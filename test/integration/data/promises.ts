import { findAuditBreak } from '../../../electron/data/audit/chain.ts';
import type { OpenUnitDatabase } from '../../../electron/data/db/unit-database.ts';

/** A mark is one of the three. */
interface Mark {
  readonly request?: string;
  readonly oid?: string;
  readonly asked?: string;
  readonly id?: string;
  readonly answer?: string;
  readonly result?: { readonly ok: boolean; readonly value?: unknown };
}

interface Value {
  readonly stored?: boolean;
  readonly draft?: { readonly id: string; readonly totalFen: number };
  readonly oid?: string;
  readonly state?: string;
}

/** What the program has said so far, from the marks of test/fixtures/writelog/marks.ts. */
export class Promises {
  /** Drafts answered as stored, by id, with the amount that was shown. */
  readonly stored = new Map<string, number>();
  /** Drafts whose edit has been asked for and not answered: old or new, both are right. */
  readonly edited = new Set<string>();
  /** Orders that have left for the centre. */
  readonly left = new Set<string>();
  /** Orders answered as decided. */
  readonly applied = new Set<string>();

  take(content: unknown): void {
    const { request, oid, asked, id, answer, result } = content as Mark;
    if (request !== undefined && /^WL100[1-4]$/.test(request)) this.left.add(oid ?? '');
    if (asked !== undefined) this.edited.add(id ?? '');
    if (!result?.ok) return;
    const { stored, draft, ...order } = (result.value ?? {}) as Value;
    if (stored && draft) {
      this.edited.delete(draft.id);
      this.stored.set(draft.id, draft.totalFen);
    }
    if (answer === 'orders.confirm' && order.state === 'applied') this.applied.add(order.oid ?? '');
  }
}

/** The first promise a file does not keep. */
export function findLoss(database: OpenUnitDatabase, promises: Promises): string | undefined {
  const { handle } = database;
  const draft = handle.prepare<[string], { total_fen: number }>(
    'SELECT total_fen FROM draft WHERE id = ?',
  );
  for (const [id, fen] of promises.stored) {
    const found = draft.get(id);
    if (!found) return `draft ${id} is gone`;
    if (found.total_fen !== fen && !promises.edited.has(id))
      return `draft ${id} is ${found.total_fen} fen, answered ${fen}`;
  }
  const order = handle.prepare<[string], { state: string; signed: Buffer | null }>(
    `SELECT o.state, s.signed FROM orders o JOIN submission s ON s.sn = o.sn WHERE o.oid = ?`,
  );
  for (const oid of promises.left) {
    const found = order.get(oid);
    if (!found?.signed) return `order ${oid} has left and is not here`;
    if (!['sent', 'applied', 'rejected'].includes(found.state)) {
      return `order ${oid} has left and is ${found.state}`;
    }
  }
  for (const oid of promises.applied) {
    if (order.get(oid)?.state !== 'applied') return `order ${oid} was answered as applied`;
  }
  const broken = findAuditBreak(database);
  return broken === undefined ? undefined : `audit row ${broken}`;
}
