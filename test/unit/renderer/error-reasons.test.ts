import { describe, expect, it } from 'vitest';
import { codeOfReason } from '../../../renderer/help/errors/reason.ts';
import { catalogue, errorCodes } from '../../../shared/errors/catalogue.ts';
import { wireCodes } from '../../../shared/wire/codes.ts';
import type { WireCodeName } from '../../../shared/wire/codes.ts';

describe('the entry of a stored reason', () => {
  it.each(errorCodes)('%s is found by its sentence, with or without its stop', (code) => {
    const { text } = catalogue[code];
    const found = codeOfReason(text);
    // two codes may say the same: then the entry says the same
    expect(found && catalogue[found].text).toBe(text);
    expect(codeOfReason(text.replace(/\p{Po}$/u, ''))).toBe(found);
  });

  it.each(Object.keys(wireCodes) as WireCodeName[])(
    'the answer %s of the centre has one',
    (code) => {
      const { cls, msg } = wireCodes[code];
      const found = codeOfReason(msg);
      if (cls === 'A') expect(found).toBeUndefined();
      else expect(found).toBeDefined();
    },
  );

  it('is that of the first known part of several', () => {
    expect(codeOfReason(`中心自己的话；${catalogue.ACCOUNT_STOPPED.text}`)).toBe('ACCOUNT_STOPPED');
  });

  it('does not exist for the words of the centre alone, nor for none', () => {
    expect(codeOfReason('姓名与证件号码核对不符，请核实后到中心柜面办理。')).toBeUndefined();
    expect(codeOfReason('')).toBeUndefined();
  });
});
