import type { Database } from 'better-sqlite3';

/** 单位网上对账: the centre's signed figures, each with what it was found to be against ours. */
export function addMonthFigures(database: Database): void {
  database.exec(`
CREATE TABLE month_figure (
  -- In the order in which they were taken; of a month the last one counts.
  number INTEGER NOT NULL PRIMARY KEY,
  business_month INTEGER NOT NULL,
  -- The month the centre was in.
  current_month INTEGER NOT NULL,
  -- The centre's time, and the roster version the figure was made from.
  at TEXT NOT NULL,
  roster_version INTEGER NOT NULL,
  -- The CMS as received, and its SHA-256.
  bytes BLOB NOT NULL,
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  verdict TEXT NOT NULL CHECK (verdict IN ('equal', 'explained', 'differs')),
  -- Our figures beside the centre's, JSON of monthComparisonSchema.
  comparison TEXT NOT NULL,
  user TEXT NOT NULL,
  received_at TEXT NOT NULL
) STRICT;
CREATE INDEX month_figure_of_month ON month_figure (business_month, number);

-- The people behind a comparison.
CREATE TABLE month_line (
  figure INTEGER NOT NULL REFERENCES month_figure (number),
  number INTEGER NOT NULL CHECK (number >= 1),
  standing TEXT NOT NULL
    CHECK (standing IN ('onlyCentre', 'onlyHere', 'differs', 'elsewhere', 'counter')),
  about TEXT NOT NULL CHECK (about IN ('registration', 'reduction', 'missedBackPay',
    'shortfallBackPay', 'counter', 'member', 'lastMember')),
  personal_account TEXT NOT NULL,
  fund_type TEXT NOT NULL CHECK (fund_type IN ('10', '11')),
  name TEXT NOT NULL,
  oid TEXT NOT NULL,
  -- JSON of monthSideSchema, NULL where there is none.
  ours TEXT,
  centre TEXT,
  PRIMARY KEY (figure, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER month_figure_is_kept BEFORE DELETE ON month_figure
  BEGIN SELECT RAISE(ABORT, 'month_figure: append only'); END;
CREATE TRIGGER month_figure_is_fixed BEFORE UPDATE ON month_figure
  BEGIN SELECT RAISE(ABORT, 'month_figure: append only'); END;
CREATE TRIGGER month_line_is_kept BEFORE DELETE ON month_line
  BEGIN SELECT RAISE(ABORT, 'month_line: append only'); END;
CREATE TRIGGER month_line_is_fixed BEFORE UPDATE ON month_line
  BEGIN SELECT RAISE(ABORT, 'month_line: append only'); END;
`);
}
