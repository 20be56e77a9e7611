import { describe, expect, it } from 'vitest';
import { errorGroups, explainError } from '../../../renderer/help/errors/dictionary.ts';
import { catalogue, errorCodes } from '../../../shared/errors/catalogue.ts';
import { fileCodes } from '../../../shared/ipc/import.ts';
import { wireCodes } from '../../../shared/wire/codes.ts';
import type { WireCodeName } from '../../../shared/wire/codes.ts';

describe('the error dictionary', () => {
  it('has an entry for every code of the catalogue, in one group', () => {
    const listed = errorGroups.flatMap(({ codes }) => codes);
    expect(listed.toSorted()).toEqual([...errorCodes].toSorted());
    expect(new Set(listed).size).toBe(listed.length);
  });

  it.each(errorCodes)('explains %s: what, why and what to do', (code) => {
    const { text, cause, next } = explainError(code);
    expect(text).toBe(catalogue[code].text);
    expect(next).toBe(catalogue[code].next);
    // a cause is more than the message again
    expect(cause).toMatch(/\p{Script=Han}{4}.*[。]$/u);
    expect(cause).not.toBe(text);
    expect(cause).not.toMatch(/[！!]|请您|员工|(?<!从)服务器/);
  });

  const answers = Object.keys(wireCodes) as WireCodeName[];
  it.each(answers)('explains the answer %s of the centre', (name) => {
    const answer: { cls: string; error?: string } = wireCodes[name];
    // 000000 and "taken already" are no message
    if (answer.cls === 'A') expect(answer.error).toBeUndefined();
    else expect(errorGroups.flatMap(({ codes }) => codes)).toContain(answer.error);
  });

  it('explains every code about a file', () => {
    expect(errorGroups.flatMap(({ codes }) => codes)).toEqual(
      expect.arrayContaining([...fileCodes]),
    );
  });

  it('warns of entering again wherever the centre may have the order', () => {
    for (const code of errorCodes) {
      const { next, remark } = explainError(code);
      const entry: { mayHaveArrived: boolean } = catalogue[code];
      if (entry.mayHaveArrived) expect(next + remark, code).toContain('重新录入');
      else expect(remark, code).toBe('');
    }
  });
});
