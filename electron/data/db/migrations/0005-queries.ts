import type { Database } from 'better-sqlite3';
import { membersOf, octetsOf, parseDer } from '../../../cms/der.ts';

/**
 * What the queries tell of orders filed on another computer of the unit: what each receipt says, and
 * what became of each of their items. Receipts that are here are read once; results are asked for from
 * the first one on, because those of other computers' orders were passed over until now.
 */
export function addQueries(database: Database): void {
  database.exec(tables);
  readReceipts(database);
  database.exec('UPDATE result_cursor SET cursor = 0');
}

const tables = `
-- What a receipt says, readable without opening its bytes.
CREATE TABLE receipt_head (
  rno INTEGER NOT NULL PRIMARY KEY REFERENCES receipt (rno),
  oid TEXT NOT NULL,
  kind TEXT NOT NULL
    CHECK (kind IN ('registration', 'reduction', 'missedBackPay', 'shortfallBackPay')),
  business_month INTEGER NOT NULL,
  code TEXT NOT NULL,
  serial_number TEXT NOT NULL,
  count INTEGER NOT NULL,
  fen INTEGER NOT NULL
) STRICT;
CREATE INDEX receipt_head_of_month ON receipt_head (kind, business_month);
CREATE INDEX receipt_head_of_order ON receipt_head (oid);

-- Items of orders that are not here: of what was ordered nothing is known.
CREATE TABLE other_item (
  oid TEXT NOT NULL,
  seq INTEGER NOT NULL CHECK (seq >= 1),
  state TEXT NOT NULL CHECK (state IN ('pending', 'processing', 'succeeded', 'failed')),
  reason TEXT NOT NULL,
  personal_account TEXT NOT NULL,
  landed_month INTEGER NOT NULL,
  changed_at TEXT NOT NULL,
  PRIMARY KEY (oid, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX other_item_under_way ON other_item (oid) WHERE state IN ('pending', 'processing');
`;

interface Said {
  readonly oid: string;
  readonly kind: string;
  readonly businessMonth: number;
  readonly code: string;
  readonly serialNumber: string;
  readonly count: number;
  readonly fen: number;
}

function readReceipts(database: Database): void {
  const insert = database.prepare<[Said & { rno: number }]>(
    `INSERT INTO receipt_head (rno, oid, kind, business_month, code, serial_number, count, fen)
     VALUES (@rno, @oid, @kind, @businessMonth, @code, @serialNumber, @count, @fen)`,
  );
  const rows = database.prepare<[], { rno: number; bytes: Buffer }>(
    'SELECT rno, bytes FROM receipt ORDER BY rno',
  );
  for (const { rno, bytes } of rows.all()) {
    const said = readContent(bytes);
    if (said) insert.run({ ...said, rno });
  }
}

/** Proven when it was stored; undefined for bytes that are none, which no list needs to name. */
function readContent(bytes: Buffer): Said | undefined {
  try {
    const outer = membersOf(parseDer(bytes), 'sequence');
    const signedData = membersOf(membersOf(outer?.[1], { contextTag: 0 })?.[0], 'sequence');
    const encapsulated = membersOf(signedData?.[2], 'sequence');
    const content = octetsOf(membersOf(encapsulated?.[1], { contextTag: 0 })?.[0]);
    if (!content) return undefined;
    const { oid, kind, businessMonth, code, serialNumber, count, fen } = JSON.parse(
      content.toString('utf8'),
    ) as Said;
    return { oid, kind, businessMonth, code, serialNumber, count, fen };
  } catch {
    return undefined;
  }
}
