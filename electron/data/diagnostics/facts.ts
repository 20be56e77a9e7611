import { statSync } from 'node:fs';
import { orderStates } from '../../../shared/orders/states.ts';
import type { OrderState } from '../../../shared/orders/states.ts';
import type { DataFacts } from '../../../shared/ipc/diagnostics.ts';
import { versionOf } from '../db/soundness.ts';
import { readUnit } from '../db/unit-row.ts';
import type { UnitDatabase } from '../ports.ts';
import type { Unit } from '../unit.ts';

const ANSWERS_SHOWN = 20;

/** What a help desk asks about the open unit; the whole of 操作记录 is walked for it. */
export async function readFacts(unit: Unit): Promise<DataFacts> {
  const { database, trail, backups, parameters } = unit;
  const audit = await trail.check({});
  if (!audit.ok) throw new Error(audit.code);
  const { lastSyncAt, rosterVersion, rosterCount } = readUnit(database);
  const { queueCounts, counterCount, clockOffsetMs, stopped, unitAccount } = unit.status();
  const listed = backups.list();
  if (!listed.ok) throw new Error(listed.code);
  const [newest] = listed.value.backups;
  return {
    ...readFile(database),
    ...readOrders(database),
    auditRows: audit.value.rows,
    auditBrokenAt: audit.value.brokenAt,
    lastBackup: newest ? { at: newest.at, reason: newest.reason } : null,
    backupFailed: backups.failed,
    queue: queueCounts,
    counter: counterCount,
    lastSyncAt,
    rosterVersion,
    rosterCount,
    parametersVersion: parameters.current()?.version ?? 0,
    clockOffsetMs,
    diskFull: database.isFull,
    stopped: stopped ?? '',
    unitAccount,
  };
}

function readFile({ handle }: UnitDatabase) {
  const pragma = (name: string) => handle.pragma(name, { simple: true }) as number;
  const sqlite = handle.prepare<[], string>('SELECT sqlite_version()').pluck().get() ?? '';
  return {
    sqlite,
    schema: versionOf(handle),
    fileBytes: sizeOf(handle.name),
    logBytes: sizeOf(`${handle.name}-wal`),
    pageBytes: pragma('page_size'),
    pages: pragma('page_count'),
    freePages: pragma('freelist_count'),
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function readOrders({ handle }: UnitDatabase) {
  const counted = handle
    .prepare<[], { state: OrderState; orders: number }>(
      'SELECT state, count(*) AS orders FROM orders GROUP BY state',
    )
    .all();
  const none = Object.fromEntries(orderStates.map((state) => [state, 0]));
  const orders = {
    ...none,
    ...Object.fromEntries(counted.map(({ state, orders: number }) => [state, number])),
  } as Record<OrderState, number>;
  const waiting = handle.prepare<[], number>(
    "SELECT count(*) FROM orders WHERE state = 'draft' AND opens_at IS NOT NULL",
  );
  const receipt = handle.prepare<[], number>('SELECT coalesce(max(rno), 0) FROM receipt');
  const answers = handle.prepare<[number], { at: string; code: string }>(
    "SELECT at, code FROM order_event WHERE code <> '' ORDER BY number DESC LIMIT ?",
  );
  return {
    orders,
    waitingOrders: waiting.pluck().get() ?? 0,
    lastReceipt: receipt.pluck().get() ?? 0,
    answers: answers.all(ANSWERS_SHOWN),
  };
}
