import type { Database } from 'better-sqlite3';

/**
 * The story of each order, step by step, and of each start that found something under way. Orders
 * that were here before get the steps their own rows prove.
 */
export function addOrderEvents(database: Database): void {
  for (const part of [events, told, starts, audit]) database.exec(part);
}

const events = `
CREATE TABLE order_event (
  -- In the order in which it happened, whatever the clock said.
  number INTEGER NOT NULL PRIMARY KEY,
  oid TEXT NOT NULL REFERENCES orders (oid) DEFERRABLE INITIALLY DEFERRED,
  at TEXT NOT NULL,
  event TEXT NOT NULL CHECK (event IN ('confirmed', 'kept', 'opened', 'signed', 'sending',
    'answered', 'unanswered', 'receipt', 'voided', 'remade', 'returned', 'waitsOn', 'givenUp')),
  sn TEXT NOT NULL DEFAULT '',
  -- Which sending of these bytes, from 1; 0 for what is none.
  attempt INTEGER NOT NULL DEFAULT 0 CHECK (attempt >= 0),
  -- Of the centre's answer, or of the program's catalogue.
  code TEXT NOT NULL DEFAULT '',
  words TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX order_event_of_order ON order_event (oid, number);
CREATE TRIGGER order_event_is_kept BEFORE DELETE ON order_event
  BEGIN SELECT RAISE(ABORT, 'order_event: append only'); END;
CREATE TRIGGER order_event_is_fixed BEFORE UPDATE ON order_event
  BEGIN SELECT RAISE(ABORT, 'order_event: append only'); END;
`;

const told = `
INSERT INTO order_event (oid, at, event, sn, attempt, code, words)
SELECT oid, at, event, sn, attempt, code, words FROM (
  SELECT oid, created_at AS at, 1 AS step, CASE WHEN opens_at IS NULL THEN 'confirmed' ELSE 'kept' END
    AS event, CASE WHEN opens_at IS NULL THEN coalesce(sn, '') ELSE '' END AS sn, 0 AS attempt,
    '' AS code, '' AS words FROM orders
  UNION ALL
  SELECT oid, signed_at, 2, 'signed', sn, 0, '', '' FROM submission WHERE signed_at IS NOT NULL
  UNION ALL
  SELECT oid, sent_at, 3, 'sending', sn, 1, '', '' FROM submission WHERE sent_at IS NOT NULL
  UNION ALL
  SELECT oid, last_sent_at, 4, 'sending', sn, attempts, '', '' FROM submission WHERE attempts > 1
  UNION ALL
  SELECT oid, settled_at, 5, 'voided', sn, 0, '', reason FROM submission
    WHERE void_proof IS NOT NULL AND settled_at IS NOT NULL
  UNION ALL
  SELECT oid, settled_at, 6, 'receipt', coalesce(sn, ''), 0, reason_code, reason FROM orders
    WHERE receipt_rno IS NOT NULL AND settled_at IS NOT NULL
  UNION ALL
  SELECT oid, settled_at, 6, 'returned', coalesce(sn, ''), 0, reason_code, reason FROM orders o
    WHERE state = 'void' AND settled_at IS NOT NULL AND NOT EXISTS
      (SELECT 1 FROM submission s WHERE s.oid = o.oid AND s.void_proof IS NOT NULL)
) ORDER BY at, step;
`;

const starts = `
-- A start of the program that found orders under way: what the clerk is told of it, until read.
CREATE TABLE start (
  number INTEGER NOT NULL PRIMARY KEY,
  at TEXT NOT NULL,
  -- The last order_event before it: what came after it is what the program did.
  after_event INTEGER NOT NULL
) STRICT;
CREATE TABLE start_order (
  start INTEGER NOT NULL REFERENCES start (number),
  oid TEXT NOT NULL REFERENCES orders (oid) DEFERRABLE INITIALLY DEFERRED,
  -- As it was found; waiting: left to the opening.
  found TEXT NOT NULL CHECK (found IN ('unsigned', 'signed', 'sent', 'waiting')),
  PRIMARY KEY (start, oid)
) STRICT, WITHOUT ROWID;
`;

const audit = `
CREATE INDEX audit_at ON audit (at);
`;
