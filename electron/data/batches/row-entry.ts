import { v5 as nameWithin } from 'uuid';

/** What the centre knows a row by: the same at every sending, also from a copy of this computer's data. */
export function entryOfRow(batchId: string, seq: number): string {
  return nameWithin(String(seq), batchId);
}
