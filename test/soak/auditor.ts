import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { entryOfRow } from '../../electron/data/batches/row-entry.ts';
import { audit } from './audit/audit.ts';
import type { ClientState, KnownOrder, Violation } from './audit/case.ts';
import { readCentreBooks, ReceiptReader } from './audit/centre-books.ts';
import { ClientBooks } from './audit/client-books.ts';
import type { SoakCentre } from './centre.ts';
import type { EntryBook } from './entries.ts';
import type { Pc } from './pc.ts';

/** Newest orders of a computer: more than one turn makes. */
const LOOKED_AT = 8;

/** Reads every book of a world and holds them against each other. */
export class Auditor {
  readonly #centre: SoakCentre;
  readonly #pcs: readonly Pc[];
  readonly #entries: EntryBook;
  readonly #receipts: ReceiptReader;
  readonly #known = new Map<string, KnownOrder>();
  readonly #decided = new Set<string>();
  /** Found between the audits. */
  readonly #seen: Violation[] = [];
  readonly #ofBatches = new Set<string>();
  /** The row each draft of a batch's orders was made of. */
  readonly #rowOfDraft = new Map<string, string>();
  audits = 0;

  constructor(
    centre: SoakCentre,
    pcs: readonly Pc[],
    entries: EntryBook,
    caPem: readonly string[],
  ) {
    this.#centre = centre;
    this.#pcs = pcs;
    this.#entries = entries;
    this.#receipts = new ReceiptReader(caPem);
  }

  /** Orders that were decided, also those whose computer has been set back since. */
  get decided(): number {
    return this.#decided.size;
  }

  get decidedOfBatches(): number {
    return this.#ofBatches.size;
  }

  /** After every sending: a row bears the draft of its last order alone. */
  noteRows(pc: Pc): void {
    const books = new ClientBooks(pc.databaseFile);
    this.#bind(books);
    books.close();
  }

  /** As soon as it is refused: a clerk soon edits or removes what came back. */
  #checkRefusal(pc: Pc, books: ClientBooks, oid: string): void {
    for (const { batch, seq } of books.silentRows(oid)) {
      if (this.#entries.entries.get(entryOfRow(batch, seq))?.removal !== 'none') continue;
      const detail = `${pc.name}, batch ${batch}, row ${seq}: refused in ${oid}, and open without a word`;
      this.#seen.push({ rule: 'refusalLost', detail });
    }
  }

  #bind(books: ClientBooks): void {
    for (const { draftId, batch, seq } of books.lastBindings(LOOKED_AT)) {
      this.#rowOfDraft.set(draftId, entryOfRow(batch, seq));
    }
  }

  /** Looks at the newest orders of a computer; the value is those under way. */
  lookAt(pc: Pc): number {
    const books = new ClientBooks(pc.databaseFile);
    const last = books.lastOrders(LOOKED_AT);
    for (const { oid, state } of last) {
      if (state === 'rejected' && !this.#decided.has(oid)) this.#checkRefusal(pc, books, oid);
    }
    books.close();
    for (const { oid, state, origin } of last) {
      if (state !== 'applied' && state !== 'rejected') continue;
      this.#decided.add(oid);
      if (origin === 'batch') this.#ofBatches.add(oid);
    }
    return last.filter(({ state }) => state === 'signed' || state === 'sent').length;
  }

  /** Remembers a computer's orders, before a copy takes its file's place. */
  harvest(pc: Pc): ClientState {
    const books = new ClientBooks(pc.databaseFile);
    const orders = books.orders();
    const items = books.items();
    this.#bind(books);
    const entryIds = new Map<string, Map<number, string>>();
    for (const { oid, seq, draftId } of items) {
      const ids = entryIds.get(oid) ?? new Map<number, string>();
      entryIds.set(oid, ids.set(seq, this.#rowOfDraft.get(draftId) ?? draftId));
    }
    for (const { oid, fen } of orders) {
      this.#known.set(oid, { pc: pc.name, fen, entryIds: entryIds.get(oid) ?? new Map() });
    }
    const state: ClientState = {
      ...{ name: pc.name, orders, items },
      submissions: books.submissions(),
      drafts: books.drafts(),
      rows: books.rows(),
      receipts: books.receipts(),
      rosterDigest: books.rosterDigest(),
      auditBreak: books.auditBreak(),
      isSound: books.isSound(),
    };
    books.close();
    return state;
  }

  /** The computers first: what they say is decided must be so when the centre is read after them. */
  audit(isFinal: boolean): Violation[] {
    this.audits += 1;
    const clients = this.#pcs.map((pc) => this.harvest(pc));
    const centre = this.#centre.read(readCentreBooks);
    const found = audit({
      ...{ centre, clients, isFinal },
      entries: this.#entries,
      known: this.#known,
      receipts: this.#receipts,
    });
    return [...this.#seen, ...found];
  }

  /** Books and logs of everybody, for whoever looks into it. */
  keep(folder: string, stepLog: string): void {
    mkdirSync(folder, { recursive: true });
    cpSync(stepLog, join(folder, 'steps.jsonl'));
    copyDatabase(this.#centre.databaseFile, folder);
    for (const pc of this.#pcs) {
      const own = join(folder, pc.name);
      mkdirSync(own, { recursive: true });
      copyDatabase(pc.databaseFile, own);
      cpSync(pc.logFile, join(own, basename(pc.logFile)));
    }
  }
}

function copyDatabase(file: string, folder: string): void {
  for (const part of [file, `${file}-wal`]) {
    if (existsSync(part)) cpSync(part, join(folder, basename(part)));
  }
}
