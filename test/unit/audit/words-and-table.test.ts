import { describe, expect, it } from 'vitest';
import { auditEvents } from '../../../electron/data/ports.ts';
import { auditTableHead, auditTableLine } from '../../../shared/audit/table.ts';
import { auditEventWords, auditText, auditTitle } from '../../../shared/audit/words.ts';

const row = {
  seq: 7,
  at: '2026-11-17T16:30:05.000Z',
  user: '0001',
  event: 'orderSigned',
  detail: { oid: 'o', sn: '9900000000000001', certificate: 'c'.repeat(64), token: '2f19' },
  prev: 'a'.repeat(64),
  hash: 'b'.repeat(64),
};

describe('words of 操作记录', () => {
  it.each([...auditEvents])('has a title in Chinese for %s', (event) => {
    expect(auditEventWords[event]).toMatch(/\p{Script=Han}/u);
    expect(auditTitle(event)).toBe(auditEventWords[event]);
  });

  it('names no two events alike', () => {
    const titles = Object.values(auditEventWords);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('tells which key signed what', () => {
    expect(auditText(row.detail)).toBe(
      '流水 9900000000000001，业务编号 o，证书 cccccccccccccccc，网银盾 2f19',
    );
    expect(auditText({ kind: 'reduction', fen: 123_456, unknown: 3 })).toBe(
      '职工减少，金额 1,234.56 元，unknown 3',
    );
  });

  it.each([
    [
      { version: 7, source: 'demo', businessMonth: 202611 },
      '版本 7，业务年月 202611，来源 演练中心',
    ],
    [{ source: 'centre' }, '来源 中心'],
    [{ elsewhere: true }, '存到其他位置'],
    [{ elsewhere: false }, '存到本机的备份文件夹'],
    [
      { name: 'b.jctbak', at: '2026-11-17T16:30:05.000Z', auditSeq: 42, orders: 2, receipts: 3 },
      '备份文件 b.jctbak，备份时间 2026-11-18 00:30，备份时操作记录到第42条，补回业务 2批，补回回执 3张',
    ],
  ])('tells %j in Chinese', (detail, text) => {
    expect(auditText(detail)).toBe(text);
  });
});

describe('the exported table', () => {
  it('begins with the mark of UTF-8 and has the centre’s time beside the stored one', () => {
    expect(auditTableHead().codePointAt(0)).toBe(0xfeff);
    expect(auditTableLine(row)).toContain('7,2026-11-18 00:30:05,0001,网银盾签名,');
    expect(auditTableLine(row)).toContain(`2026-11-17T16:30:05.000Z,orderSigned,`);
    expect(auditTableLine(row).endsWith(`${row.prev},${row.hash}\r\n`)).toBe(true);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx'])('keeps %s from being computed', (user) => {
    const cell = auditTableLine({ ...row, user }).split(',')[2];
    expect(cell?.replace(/^"/, '').startsWith("'")).toBe(true);
  });

  it('holds the stored detail to the letter', () => {
    const line = auditTableLine(row);
    const quoted = /"(\{.*\})",/.exec(line)?.[1]?.replaceAll('""', '"') ?? '';
    expect(quoted).toBe(JSON.stringify(row.detail));
  });
});
