import { createHash, randomUUID } from 'node:crypto';
import {
  removalLine,
  rosterLine,
  type RosterKey,
  type RosterManifest,
  type RosterRow,
} from '../../../shared/wire/roster.ts';
import { ROSTER_PAGE_ROWS } from '../../../shared/wire/limits.ts';
import { type CentreDatabase, listRows } from './database.ts';
import { hashOf } from './seal.ts';

const SNAPSHOTS_MAX = 8;
const DOWNLOADS_MAX = 1_000;

interface Page {
  readonly content: string;
  readonly hash: string;
  readonly rows: number;
}

/** One roster version as it is sent: pages made once, the same for every download of it. */
interface Snapshot {
  readonly key: string;
  readonly mode: 'full' | 'delta';
  readonly version: number;
  readonly pages: readonly Page[];
  readonly count: number;
  readonly digest: string;
  readonly asOf: string;
}

interface Download {
  readonly sid: string;
  readonly snapshot: Snapshot;
}

export interface RosterAsked {
  readonly unit: string;
  readonly sid: string;
  /** Version the client holds, 0 for none. */
  readonly have: number;
  readonly version: number;
  readonly asOf: string;
}

/**
 * Roster downloads, each bound to its session and to one snapshot, so that pages fit together
 * while the roster goes on changing. In memory: a restart ends them and the client asks anew.
 */
export class Downloads {
  readonly #db: CentreDatabase;
  readonly #snapshots = new Map<string, Snapshot>();
  readonly #downloads = new Map<string, Download>();
  /** Digest and count of whole rosters, by unit and version. */
  readonly #wholes = new Map<string, { digest: string; count: number }>();

  constructor(db: CentreDatabase) {
    this.#db = db;
  }

  begin(asked: RosterAsked): RosterManifest {
    const snapshot = this.#snapshotFor(asked);
    const downloadId = randomUUID();
    this.#downloads.set(downloadId, { sid: asked.sid, snapshot });
    dropOldest(this.#downloads, DOWNLOADS_MAX);
    const { version, mode, count, digest, asOf } = snapshot;
    const pages = snapshot.pages.map(({ hash, rows }) => ({ hash, rows }));
    return { downloadId, version, mode, pages, count, digest, asOf };
  }

  /** Undefined when the download is not this session's, ended, or has no such page. */
  readPage(downloadId: string, sid: string, page: number): string | undefined {
    return this.#find(downloadId, sid)?.pages[page]?.content;
  }

  /** Whether the digest the client came to is the snapshot's; undefined as for `readPage`. */
  matches(downloadId: string, sid: string, digest: string): boolean | undefined {
    const due = this.#find(downloadId, sid)?.digest;
    return due === undefined ? undefined : due === digest;
  }

  dropSession(sid: string): void {
    for (const [id, download] of this.#downloads) {
      if (download.sid === sid) this.#downloads.delete(id);
    }
  }

  #find(downloadId: string, sid: string): Snapshot | undefined {
    const download = this.#downloads.get(downloadId);
    return download?.sid === sid ? download.snapshot : undefined;
  }

  /** A delta when the client holds an older version and it is shorter than the whole. */
  #snapshotFor(asked: RosterAsked): Snapshot {
    const since = asked.have <= asked.version ? asked.have : 0;
    const key = `${asked.unit} ${asked.version} ${since}`;
    const known = this.#snapshots.get(key);
    if (known) return known;
    const snapshot = since === 0 ? this.#makeFull(asked, key) : this.#makeDelta(asked, key);
    this.#snapshots.set(key, snapshot);
    dropOldest(this.#snapshots, SNAPSHOTS_MAX);
    return snapshot;
  }

  #makeFull(asked: RosterAsked, key: string): Snapshot {
    const paging = new Paging();
    for (const row of this.#listWhole(asked.unit)) paging.add(rosterLine(row));
    const pages = paging.finish();
    const whole = createHash('sha256');
    for (const { content } of pages) whole.update(content);
    const count = pages.reduce((sum, page) => sum + page.rows, 0);
    const digest = whole.digest('hex');
    this.#rememberWhole(asked, { digest, count });
    const { version, asOf } = asked;
    return { key, mode: 'full', version, pages, count, digest, asOf };
  }

  #makeDelta(asked: RosterAsked, key: string): Snapshot {
    const whole = this.#whole(asked);
    const changed = listRows<EmployeeRow>(
      this.#db,
      `${SELECT_EMPLOYEE} AND version > ? ORDER BY personal_account, fund_type`,
      asked.unit,
      asked.have,
    );
    if (changed.length * 2 > whole.count) return this.#makeFull(asked, key);
    const paging = new Paging();
    for (const row of changed) {
      paging.add(row.removed === 1 ? removalLine(rosterKey(row)) : rosterLine(rosterRow(row)));
    }
    const { version, asOf } = asked;
    return { key, mode: 'delta', version, pages: paging.finish(), ...whole, asOf };
  }

  #whole(asked: RosterAsked): { digest: string; count: number } {
    const known = this.#wholes.get(`${asked.unit} ${asked.version}`);
    if (known) return known;
    const hash = createHash('sha256');
    let count = 0;
    for (const row of this.#listWhole(asked.unit)) {
      hash.update(`${rosterLine(row)}\n`);
      count += 1;
    }
    const whole = { digest: hash.digest('hex'), count };
    this.#rememberWhole(asked, whole);
    return whole;
  }

  #rememberWhole(asked: RosterAsked, whole: { digest: string; count: number }): void {
    this.#wholes.set(`${asked.unit} ${asked.version}`, whole);
    dropOldest(this.#wholes, SNAPSHOTS_MAX);
  }

  *#listWhole(unit: string): Generator<RosterRow> {
    const rows = this.#db
      .prepare<unknown[], EmployeeRow>(
        `${SELECT_EMPLOYEE} AND removed = 0 ORDER BY personal_account, fund_type`,
      )
      .iterate(unit);
    for (const row of rows) yield rosterRow(row);
  }
}

class Paging {
  readonly #pages: Page[] = [];
  #lines: string[] = [];

  add(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length === ROSTER_PAGE_ROWS) this.#turn();
  }

  finish(): readonly Page[] {
    if (this.#lines.length > 0) this.#turn();
    return this.#pages;
  }

  #turn(): void {
    const content = `${this.#lines.join('\n')}\n`;
    this.#pages.push({ content, hash: hashOf(content), rows: this.#lines.length });
    this.#lines = [];
  }
}

const SELECT_EMPLOYEE = `SELECT personal_account, fund_type, name, id_type, id_number, status, base,
  unit_ratio, personal_ratio, unit_fen, personal_fen, opened_month, paid, removed
  FROM employee WHERE unit = ?`;

interface EmployeeRow {
  readonly personal_account: string;
  readonly fund_type: RosterRow['fundType'];
  readonly name: string;
  readonly id_type: RosterRow['idType'];
  readonly id_number: string;
  readonly status: RosterRow['status'];
  readonly base: number;
  readonly unit_ratio: number;
  readonly personal_ratio: number;
  readonly unit_fen: number;
  readonly personal_fen: number;
  readonly opened_month: number;
  /** JSON of the ranges. */
  readonly paid: string;
  readonly removed: number;
}

function rosterKey(row: EmployeeRow): RosterKey {
  return { personalAccount: row.personal_account, fundType: row.fund_type };
}

function rosterRow(row: EmployeeRow): RosterRow {
  return {
    ...rosterKey(row),
    name: row.name,
    idType: row.id_type,
    idNumber: row.id_number,
    status: row.status,
    base: row.base,
    unitRatio: row.unit_ratio,
    personalRatio: row.personal_ratio,
    unitFen: row.unit_fen,
    personalFen: row.personal_fen,
    openedMonth: row.opened_month,
    paid: JSON.parse(row.paid) as RosterRow['paid'],
  };
}

/** Maps keep the order of insertion. */
function dropOldest(map: Map<string, unknown>, keep: number): void {
  for (const key of map.keys()) {
    if (map.size <= keep) return;
    map.delete(key);
  }
}
