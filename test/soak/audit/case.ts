import type { EntryBook } from '../entries.ts';
import type { CentreBooks, ReceiptReader } from './centre-books.ts';
import type {
  ClientDraft,
  ClientItem,
  ClientOrder,
  ClientReceipt,
  ClientRow,
  ClientSubmission,
} from './client-books.ts';

/** What one computer's file says. */
export interface ClientState {
  readonly name: string;
  readonly orders: readonly ClientOrder[];
  readonly items: readonly ClientItem[];
  readonly submissions: readonly ClientSubmission[];
  readonly drafts: readonly ClientDraft[];
  readonly rows: readonly ClientRow[];
  readonly receipts: readonly ClientReceipt[];
  readonly rosterDigest: string;
  readonly auditBreak: number | undefined;
  readonly isSound: boolean;
}

/** Orders the harness has seen on any computer's disk, also where a copy was put back since. */
export type KnownOrders = ReadonlyMap<string, KnownOrder>;
export interface KnownOrder {
  readonly pc: string;
  readonly fen: number;
  /** The clerk's entries, by seq. */
  readonly entryIds: ReadonlyMap<number, string>;
}

export interface AuditCase {
  readonly centre: CentreBooks;
  readonly clients: readonly ClientState[];
  readonly entries: EntryBook;
  readonly known: KnownOrders;
  readonly receipts: Pick<ReceiptReader, 'read'>;
  /** The faults have stopped, every computer has asked for receipts and has synced. */
  readonly isFinal: boolean;
}

export const auditRules = [
  'receiptChain', // gap-free, hash-linked, each signed by the centre, one per decided serial
  'appliedTwice', // an order or an entry stands more than once in the ledger
  'amounts', // the ledger's count, sum or parts are not those the clerk was shown
  'stateDiffers', // what a computer says of an order is not what the ledger says
  'unknownOrder', // in the ledger, and no computer has ever had it
  'draftLost', // an entry answered as stored is nowhere, or not where it must be
  'misnamed', // in the ledger under another name than its entry has at every sending
  'rowDiffers', // a row of a batch and the draft it went out as say different things
  'refusalLost', // the centre has refused a row, and the row does not say so
  'halfRead', // a batch that was not read to its end has left something
  'resultDiffers', // 成功 or 失败 of a row is not what the centre made of it
  'notSettled', // on its way though nothing goes wrong any more
  'receiptsDiffer', // a computer's receipts are not the centre's
  'rosterDiffers', // after a sync
  'auditTrail', // the trail of the computer is broken
  'fileUnsound', // the database file itself
] as const;
export type AuditRule = (typeof auditRules)[number];

export interface Violation {
  readonly rule: AuditRule;
  readonly detail: string;
}

export type Raise = (rule: AuditRule, detail: string) => void;
