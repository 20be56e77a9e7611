import { describe, expect, it } from 'vitest';
import type { BackupHolds, Restored } from '../../../shared/ipc/backups.ts';
import {
  bringsLines,
  bringsNotes,
  holdsText,
  newerLines,
} from '../../../renderer/screens/backup/holds-text.ts';
import { chooseNotice } from '../../../renderer/screens/frame/notice.ts';
import { backup as words } from '../../../renderer/text/backup.ts';
import { catalogue } from '../../../shared/errors/catalogue.ts';
import { statusWith, unitWith } from './samples.ts';

const none = { registration: 0, reduction: 0, missedBackPay: 0, shortfallBackPay: 0 };
const empty: BackupHolds = {
  ...{
    drafts: none,
    counter: 0,
    batches: 0,
    batchRows: 0,
    orders: 0,
    openOrders: 0,
    receiptsUpTo: 0,
  },
  ...{ rosterVersion: 0, rosterCount: 0, lastSyncAt: null },
};
const nothing: Restored = {
  ...{ drafts: none, counter: 0, doubled: 0, batches: 0, batchRows: 0 },
  ...{ orders: 0, openOrders: 0, receipts: 0 },
};

describe('what a backup holds', () => {
  it('is said in one line, without what there is none of', () => {
    const drafts = { ...none, registration: 3, shortfallBackPay: 2 };
    const holds = { ...empty, drafts, orders: 12, openOrders: 1, receiptsUpTo: 1_034 };
    expect(holdsText(holds)).toBe('待确认 5 条，业务 12 批（1 批待答复），回执至 1,034 号');
    expect(holdsText(empty)).toBe(words.nothing);
    expect(holdsText({ ...empty, batches: 3, batchRows: 1_412 })).toBe(
      '3 个批量文件（1,412 行未发送）',
    );
  });
});

describe('a backup of records that no longer hold together', () => {
  it('says where, in the words of the screens', () => {
    expect(words.flawedHint('audit 12')).toContain('从操作记录第 12 条起');
    expect(words.flawedHint('receipt 3')).toContain('从回执 3 号起');
  });
});

describe('what a restore brings', () => {
  it('is said by kind, each counted as the clerk counts it', () => {
    const drafts = { ...none, registration: 2, missedBackPay: 1 };
    expect(bringsLines({ ...nothing, drafts, counter: 1, orders: 2, receipts: 34 })).toEqual([
      '待确认 职工登记 2 人，漏缴补缴 1 笔',
      '待柜面 1 条',
      '业务 2 批',
      '回执 34 份',
    ]);
    expect(bringsLines({ ...nothing, batches: 2 })).toEqual(['2 个批量文件']);
    expect(bringsLines(nothing)).toEqual([]);
  });

  it('says of orders without an answer that they are not to be entered again', () => {
    expect(bringsNotes({ ...nothing, orders: 1, openOrders: 1 })).toEqual([words.openNote(1)]);
    expect(bringsNotes({ ...nothing, doubled: 2 })).toEqual([words.doubledNote(2)]);
    expect(bringsNotes({ ...nothing, batches: 1, batchRows: 5 })).toEqual([words.againNote]);
    expect(bringsNotes(nothing)).toEqual([]);
  });

  it('names what is here and not in the backup', () => {
    const lastSyncAt = '2026-11-17T00:10:00.000Z';
    const newer = { drafts: 3, batches: 1, orders: 0, receipts: 1, lastSyncAt };
    expect(newerLines(newer)).toEqual([
      '待确认 3 条',
      '1 个批量文件',
      '回执 1 份',
      '2026-11-17 08:10 同步的职工信息',
    ]);
  });
});

it('a backup that failed is said in the bar, until it is read', () => {
  const facts = { status: statusWith({}), unlockedOnce: false, waiting: [] };
  const notice = chooseNotice({ ...facts, unit: unitWith({ backupFailed: 'BACKUP_NO_SPACE' }) });
  expect(notice).toMatchObject({ tone: 'warn', action: 'seeBackup' });
  expect(notice?.text).toContain(catalogue.BACKUP_NO_SPACE.text);
  expect(chooseNotice({ ...facts, unit: unitWith({}) })).toBeNull();
});
