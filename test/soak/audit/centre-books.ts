import { createHash, X509Certificate } from 'node:crypto';
import type Database from 'better-sqlite3';
import { verifySigned } from '../../../electron/cms/verify.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { type ItemState, type Receipt, receiptSchema } from '../../../shared/wire/orders.ts';
import { rosterLine, type RosterRow } from '../../../shared/wire/roster.ts';
import { UNIT } from '../unit.ts';

export interface LedgerLine {
  readonly oid: string;
  readonly sn: string;
  readonly kind: EntryKind;
  readonly count: number;
  readonly fen: number;
}

export interface LedgerItem {
  readonly oid: string;
  readonly seq: number;
  readonly kind: EntryKind;
  readonly unitFen: number;
  readonly personalFen: number;
  /** The wage that finds the entry; null for a reduction. */
  readonly tag: number | null;
  /** What the order called the entry; null where it named none. */
  readonly entry: string | null;
  readonly state: ItemState;
}

export interface SerialRow {
  readonly sn: string;
  readonly state: 'applied' | 'rejected' | 'void';
  readonly oid: string;
  readonly digest: string;
}

export interface CentreReceipt {
  readonly rno: number;
  readonly sn: string;
  readonly prev: string;
  readonly hash: string;
  readonly cms: Buffer;
}

/** The books of the centre, as its database has them. */
export interface CentreBooks {
  readonly ledger: ReadonlyMap<string, LedgerLine>;
  readonly items: readonly LedgerItem[];
  readonly serials: ReadonlyMap<string, SerialRow>;
  readonly receipts: readonly CentreReceipt[];
  readonly rosterVersion: number;
  readonly rosterDigest: string;
}

export function readCentreBooks(db: Database.Database): CentreBooks {
  // one state of the books, whatever the centre does meanwhile
  return db.transaction(() => {
    const all = <Row>(sql: string): Row[] => db.prepare<[string], Row>(sql).all(UNIT);
    const ledger = all<LedgerLine>('SELECT oid, sn, kind, count, fen FROM ledger WHERE unit = ?');
    const serials = all<SerialRow>('SELECT sn, state, oid, digest FROM serial WHERE unit = ?');
    const version = all<{ version: number }>(
      'SELECT roster_version AS version FROM unit WHERE account = ?',
    )[0]?.version;
    return {
      ledger: new Map(ledger.map((line) => [line.oid, line])),
      serials: new Map(serials.map((row) => [row.sn, row])),
      items: all<Omit<LedgerItem, 'tag' | 'entry'> & { content: string }>(
        `SELECT oid, seq, kind, unit_fen AS unitFen, personal_fen AS personalFen, state, content
         FROM item WHERE unit = ? ORDER BY oid, seq`,
      ).map(({ content, ...item }) => ({ ...item, ...namesOf(item.kind, content) })),
      receipts: all<CentreReceipt>(
        'SELECT rno, sn, prev, hash, cms FROM receipt WHERE unit = ? ORDER BY rno',
      ),
      rosterVersion: version ?? 0,
      rosterDigest: digestOf(all<EmployeeRow>(EMPLOYEES)),
    };
  })();
}

/** Of an employee, here and on a computer. */
export const employeeColumns = `personal_account, fund_type, name, id_type, id_number, status, base,
  unit_ratio, personal_ratio, unit_fen, personal_fen, opened_month, paid`;
const EMPLOYEES = `SELECT ${employeeColumns}
  FROM employee WHERE unit = ? AND removed = 0 ORDER BY personal_account, fund_type`;

export interface EmployeeRow {
  readonly personal_account: string;
  readonly fund_type: RosterRow['fundType'];
  readonly name: string;
  readonly id_type: RosterRow['idType'];
  readonly id_number: string;
  readonly status: RosterRow['status'];
  readonly base: number;
  readonly unit_ratio: number;
  readonly personal_ratio: number;
  readonly unit_fen: number;
  readonly personal_fen: number;
  readonly opened_month: number;
  readonly paid: string;
}

/** Of the rows themselves, in the order of a download. */
export function digestOf(rows: readonly EmployeeRow[]): string {
  const hash = createHash('sha256');
  for (const row of rows) {
    const line = rosterLine({
      personalAccount: row.personal_account,
      fundType: row.fund_type,
      name: row.name,
      idType: row.id_type,
      idNumber: row.id_number,
      status: row.status,
      base: row.base,
      unitRatio: row.unit_ratio,
      personalRatio: row.personal_ratio,
      unitFen: row.unit_fen,
      personalFen: row.personal_fen,
      openedMonth: row.opened_month,
      paid: JSON.parse(row.paid) as RosterRow['paid'],
    });
    hash.update(`${line}\n`);
  }
  return hash.digest('hex');
}

function namesOf(kind: EntryKind, content: string): Pick<LedgerItem, 'tag' | 'entry'> {
  const item = JSON.parse(content) as Record<string, unknown>;
  const names = {
    registration: 'base',
    missedBackPay: 'wage',
    shortfallBackPay: 'dueWage',
  } as const;
  return {
    tag: kind === 'reduction' ? null : Number(item[names[kind]]),
    entry: typeof item.entry === 'string' ? item.entry : null,
  };
}

/** Reads receipts as signed messages; bytes that were verified once need not be verified again. */
export class ReceiptReader {
  readonly #anchors: readonly X509Certificate[];
  readonly #verified = new Map<string, Receipt>();

  constructor(centreCaPem: readonly string[]) {
    this.#anchors = centreCaPem.map((pem) => new X509Certificate(pem));
  }

  get verified(): number {
    return this.#verified.size;
  }

  /** The receipt, or why it is none. */
  read(bytes: Buffer): { readonly hash: string; readonly receipt: Receipt | string } {
    const hash = createHash('sha256').update(bytes).digest('hex');
    const known = this.#verified.get(hash);
    if (known) return { hash, receipt: known };
    const verified = verifySigned(bytes, { anchors: this.#anchors, atMs: Date.now() });
    if (!verified.ok) return { hash, receipt: `${verified.fault}: ${verified.detail}` };
    const parsed = receiptSchema.safeParse(JSON.parse(verified.content.toString('utf8')));
    if (!parsed.success) return { hash, receipt: parsed.error.message };
    this.#verified.set(hash, parsed.data);
    return { hash, receipt: parsed.data };
  }
}
