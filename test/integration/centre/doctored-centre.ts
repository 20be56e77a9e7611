import { randomUUID } from 'node:crypto';
import Database from 'better-sqlite3';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type Receipt, submitTransactions } from '../../../shared/wire/orders.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { CentreProcess } from './centre-process.ts';
import { makeSigner, RawClient } from './raw-client.ts';
import { readChain } from './receipt-chain.ts';
import type { orderOf } from './sample-entries.ts';

export const UNIFORM_12 = '9900000500';
export const UNIFORM_8 = '9900000030';
export const PER_EMPLOYEE = '9900005000';
export const ACTIVE = "fund_type = '10' AND status = '01'";
/** An account nobody has. */
export const STRANGER = '990090000001';

/** A centre and clients with right keys that may send any lie; tells whether anything was written. */
export class DoctoredCentre {
  readonly centre = new CentreProcess();
  readonly #clients = new Map<string, RawClient>();

  async start(units: readonly string[], ...options: string[]): Promise<void> {
    await this.centre.start(...options);
    for (const unit of units) {
      const client = new RawClient(this.centre, unit, await makeSigner(this.centre, unit));
      await client.signIn();
      this.#clients.set(unit, client);
    }
  }

  async remove(): Promise<void> {
    for (const client of this.#clients.values()) client.close();
    await this.centre.remove();
  }

  clientOf(unit: string): RawClient {
    const client = this.#clients.get(unit);
    if (!client) throw new Error(`not signed in for ${unit}`);
    return client;
  }

  /** Everything an order could have changed, but for serials and receipts. */
  readBooks(): unknown {
    const db = new Database(join(this.centre.folder, 'centre', 'centre.db'), { readonly: true });
    const books = ['ledger', 'item'].map((table) =>
      db.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
    );
    const rosters = db.prepare('SELECT account, roster_version FROM unit ORDER BY 1').raw().all();
    db.close();
    return [books, rosters];
  }

  async send(unit: string, kind: EntryKind, order: unknown): Promise<Receipt> {
    const client = this.clientOf(unit);
    const ids = { sn: client.nextSerial(), oid: randomUUID() };
    const answer = await client.sendSigned(client.signed(submitTransactions[kind], order, ids));
    const { receipt } = client.readReceipt(answer.receipt);
    expect([receipt.code, receipt.kind]).toEqual([answer.code, kind]);
    return receipt;
  }

  /**
   * The order is refused for exactly these issues (`seq field code`), in Chinese words; nothing but
   * its receipt is written and the chain of receipts is whole.
   */
  async expectRefused(
    unit: string,
    order: ReturnType<typeof orderOf>,
    issues: readonly string[],
  ): Promise<Receipt> {
    const before = this.readBooks();
    const receipt = await this.send(unit, order.kind, order);
    const { state, code, count, fen, serialNumber } = receipt;
    expect([state, code, count, fen, serialNumber]).toEqual(['rejected', 'WLB401', 0, 0, '']);
    expect(listIssues(receipt)).toEqual(issues);
    expect(receipt.items?.every(({ msg }) => /[一-鿿]/.test(msg))).toBe(true);
    expect(this.readBooks()).toEqual(before);
    expect((await readChain(this.clientOf(unit))).at(-1)?.sn).toBe(receipt.sn);
    return receipt;
  }
}

export function listIssues({ items = [] }: Receipt): string[] {
  return items.map(({ seq, field, code }) => `${seq} ${field} ${code}`);
}
