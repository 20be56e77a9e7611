import type { ItemIssue, OrderBody } from '../../../shared/wire/orders.ts';
import type { CentreDatabase } from '../centre/database.ts';

/**
 * An entry that stands in the ledger already, or twice in this order. The unit's program may come from
 * an old copy and not know; what an entry says cannot tell, since two 少缴补缴 may be alike.
 */
export function findRepeatedEntries(
  db: CentreDatabase,
  unit: string,
  { items }: OrderBody,
): ItemIssue[] {
  const find = db
    .prepare<[string, string], string>(
      `SELECT l.serial_number FROM item i JOIN ledger l ON l.unit = i.unit AND l.oid = i.oid
       WHERE i.unit = ? AND json_extract(i.content, '$.entry') = ?`,
    )
    .pluck();
  const seen = new Map<string, number>();
  const issues: ItemIssue[] = [];
  for (const { seq, entry } of items) {
    if (entry === undefined) continue;
    const raise = (msg: string) => {
      issues.push({ seq, field: 'entry', code: 'ENTRY_APPLIED', msg });
    };
    const serialNumber = find.get(unit, entry);
    const before = seen.get(entry);
    if (serialNumber !== undefined) raise(`这条记录已受理，业务流水号${serialNumber}`);
    else if (before !== undefined) raise(`与第${before}条是同一条记录`);
    seen.set(entry, seq);
  }
  return issues;
}
