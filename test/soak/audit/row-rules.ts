import { entryOfRow } from '../../../electron/data/batches/row-entry.ts';
import type { AuditCase, ClientState, Raise } from './case.ts';
import type { ClientDraft, ClientRow } from './client-books.ts';

/** Where the draft of a row's last order stands, by where the row stands. */
const draftStates: Readonly<Record<ClientRow['state'], readonly (ClientDraft['state'] | null)[]>> =
  {
    // it was never sent, or its order came to nothing
    open: [null, 'removed'],
    removed: [null, 'removed'],
    ordered: ['ordered'],
    settled: ['settled'],
  };

/** The rows of one computer's batches, each by itself; where they must be, entry-rules.ts says. */
export function checkRows({ entries }: AuditCase, client: ClientState, raise: Raise): void {
  for (const row of client.rows) {
    const where = `${client.name}, batch ${row.batch}, row ${row.seq}, ${row.state}`;
    if (!draftStates[row.state].includes(row.draftState)) {
      raise('rowDiffers', `${where}: its draft is ${row.draftState ?? 'none'}`);
    }
    const entry = entries.entries.get(entryOfRow(row.batch, row.seq));
    if (!entry) raise('halfRead', `${where}: nobody brought it in`);
    else if (entry.isAbandoned) raise('halfRead', where);
    // a removal takes what was said with it
    else if (row.refusal === 'silent' && entry.removal === 'none') {
      raise('refusalLost', `${where}: draft ${row.draftId ?? ''}`);
    }
  }
}
