import { describe, expect, it } from 'vitest';
import {
  contentOf,
  fieldsOf,
  isUnfinished,
  messageOf,
  nextField,
  tidied,
  typedOf,
} from '../../../renderer/screens/registration/entry.ts';
import { checkIdNumber } from '../../../shared/rules/identity.ts';
import { raise } from '../../../shared/rules/issue.ts';
import { toFen } from '../../../shared/rules/money.ts';
import type { UnitTerms } from '../../../shared/rules/policy.ts';
import { rule } from '../../../shared/rules/wording.ts';

const uniform: UnitTerms = {
  ratioPolicy: 'uniform',
  ratio: 12,
  fundTypes: ['10', '11'],
  policies: [],
  nameLimit: 5,
  ratioMin: 5,
  ratioMax: 12,
  subsidyRatioMin: 1,
  subsidyRatioMax: 25,
};
const perEmployee: UnitTerms = { ...uniform, ratioPolicy: 'perEmployee' };

describe('the fields Enter goes through', () => {
  it('asks for a ratio of per-employee units and of fund 11 only', () => {
    expect(fieldsOf(uniform, '10')).toEqual(['name', 'idNumber', 'base']);
    expect(fieldsOf(perEmployee, '10')).toContain('ratio');
    expect(fieldsOf(uniform, '11')).toContain('ratio');
  });

  it('ends in the last field', () => {
    const fields = fieldsOf(perEmployee, '10');
    expect(nextField(fields, 'name')).toBe('idNumber');
    expect(nextField(fields, 'base')).toBe('ratio');
    expect(nextField(fields, 'ratio')).toBeUndefined();
  });

  it('leaves a ratio that is not asked for out of the record', () => {
    const entry = { fundType: '10', name: '赵一', idNumber: '', base: '', ratio: '8' };
    expect(typedOf(entry, uniform)).not.toHaveProperty('ratio');
    expect(typedOf(entry, perEmployee)).toMatchObject({ ratio: '8', idType: '01' });
  });
});

describe('tidied', () => {
  it('groups a complete number and a readable wage', () => {
    expect(tidied('idNumber', '99010019900101001x')).toBe('990100 19900101 001X');
    expect(tidied('base', ' 12345.5 ')).toBe('12,345.50');
  });

  it('leaves alone what is incomplete, unreadable or full-width', () => {
    expect(tidied('idNumber', '990100')).toBe('990100');
    expect(tidied('base', '８０００')).toBe('８０００');
    expect(tidied('base', '80o0')).toBe('80o0');
    expect(tidied('name', ' 赵一')).toBe(' 赵一');
  });
});

describe('contentOf', () => {
  it('is the same before and after tidying, and another for another wage', () => {
    const entry = {
      fundType: '10',
      name: '赵一',
      idNumber: '990100199001010012',
      base: '8000',
      ratio: '',
    };
    const tidy = { ...entry, idNumber: '990100 19900101 0012', base: '8,000.00' };
    expect(contentOf(tidy)).toBe(contentOf(entry));
    expect(contentOf({ ...entry, base: '8001' })).not.toBe(contentOf(entry));
  });
});

describe('messageOf', () => {
  const found = {
    field: 'base',
    value: '2000',
    rule: rule.baseBounds(toFen(266_000), toFen(4_215_100)),
  };

  it('says both limits when the wage is clamped, without the source', () => {
    const message = messageOf([raise('notice', 'BASE_BELOW', found)]);
    expect(message?.tone).toBe('notice');
    expect(message?.more).toContain('2,660.00');
    expect(message?.more).toContain('42,151.00');
    expect(message?.more).not.toContain('手册');
  });

  it('says the gravest first and the full-width notice last', () => {
    const wide = raise('notice', 'TYPED_FULL_WIDTH', { ...found, rule: rule.fullWidth });
    const below = raise('notice', 'BASE_BELOW', found);
    const wrong = raise('error', 'BASE_FORMAT', found);
    expect(messageOf([wide, below])?.text).toContain('最低缴存基数');
    expect(messageOf([wide, below, wrong])?.tone).toBe('error');
    expect(messageOf([])).toBeUndefined();
  });
});

describe('isUnfinished', () => {
  it('does not call a half-typed number wrong, but one that is too long', () => {
    const issuesOf = (id: string) => checkIdNumber(id, '2026-11-17');
    expect(isUnfinished(issuesOf('990100'), '990100')).toBe(true);
    const long = '9901001990010100123';
    expect(isUnfinished(issuesOf(long), long)).toBe(false);
    expect(isUnfinished([], '990100199001010012')).toBe(false);
  });
});
