import type { WireCodeName } from '../../../shared/wire/codes.ts';
import type { Centre, Reply } from '../centre/centre.ts';
import { listRows } from '../centre/database.ts';

/** What a serial is bound to, for ever. */
export interface SerialRow {
  readonly state: 'applied' | 'rejected' | 'void';
  readonly digest: string;
  readonly oid: string;
}

export function findSerial(centre: Centre, unit: string, sn: string): SerialRow | undefined {
  return listRows<SerialRow>(
    centre.db,
    'SELECT state, digest, oid FROM serial WHERE unit = ? AND sn = ?',
    unit,
    sn,
  )[0];
}

/** Under which serial a business order was applied. */
export function findAppliedOrder(
  centre: Centre,
  unit: string,
  oid: string,
): { readonly sn: string } | undefined {
  return listRows<{ sn: string }>(
    centre.db,
    'SELECT sn FROM ledger WHERE unit = ? AND oid = ?',
    unit,
    oid.toLowerCase(),
  )[0];
}

interface ReceiptRow {
  readonly code: WireCodeName;
  readonly count: number;
  readonly fen: number;
  readonly serial_number: string;
  readonly cms: Buffer;
}

/** The answer as it was the first time, byte for byte in its receipt. */
export function repeatReceipt(centre: Centre, unit: string, sn: string): Reply {
  const row = listRows<ReceiptRow>(
    centre.db,
    'SELECT code, count, fen, serial_number, cms FROM receipt WHERE unit = ? AND sn = ?',
    unit,
    sn,
  )[0];
  if (!row) throw new Error(`serial ${sn} of ${unit} has no receipt`);
  const { code, count, fen, serial_number: serialNumber, cms } = row;
  return { code, body: { count, fen, serialNumber }, receipt: cms, dup: true };
}
