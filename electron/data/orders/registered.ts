import type { UnitDatabase } from '../ports.ts';

const UNDER_REVIEW = `SELECT 1 FROM order_item i JOIN orders o ON o.oid = i.oid
  WHERE i.id_number IN (@id18, @id15) AND i.fund_type = @fundType
    AND o.kind = 'registration' AND o.state = 'applied'
    AND (i.state IN ('pending', 'processing')
      OR (i.state = 'succeeded'
        AND i.changed_at > (SELECT coalesce(last_sync_at, '') FROM unit)))
  LIMIT 1`;

/**
 * Whether the person's 职工登记 of that fund is with the centre: under review, or successful since
 * the last sync, so that the roster does not show it yet.
 */
export function findRegistered(
  database: UnitDatabase,
): (id18: string, fundType: string) => boolean {
  const statement = database.handle.prepare<
    [{ id18: string; id15: string; fundType: string }],
    number
  >(UNDER_REVIEW);
  return (id18, fundType) => statement.get({ id18, id15: fifteenOf(id18), fundType }) !== undefined;
}

/** The 15-digit form, where the birth year has one; the number itself otherwise. */
function fifteenOf(id18: string): string {
  return id18.slice(6, 8) === '19' ? id18.slice(0, 6) + id18.slice(8, 17) : id18;
}
