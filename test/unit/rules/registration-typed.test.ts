import { describe, expect, it } from 'vitest';
import { checkRegistration } from '../../../shared/rules/registration.ts';
import type { RegistrationTyped } from '../../../shared/rules/registration.ts';
import { context, plain } from './hangzhou.ts';

function check(typed: Partial<RegistrationTyped>) {
  const { issues, entry } = checkRegistration({ ...plain, ...typed }, context);
  const found = issues.map((issue) => `${issue.severity} ${issue.field} ${issue.code}`);
  return { issues, entry, found };
}

describe('证件类型 as typed', () => {
  it('takes 证件类型 in full-width digits, with the notice', () => {
    const { entry, found } = check({ idType: '０１' });
    expect(found).toEqual(['notice idType TYPED_FULL_WIDTH']);
    expect(entry?.idType).toBe('01');
    expect(check({ idType: ' 01 ' }).found).toEqual([]);
    expect(check({ idType: '０３', idNumber: '' }).found).toEqual([
      'counter idType ID_TYPE_COUNTER',
      'notice idType TYPED_FULL_WIDTH',
      'error idNumber ID_EMPTY',
    ]);
  });
});

describe('月均工资 as typed', () => {
  it('六.5: spaces between the digits are left out with a notice', () => {
    const { entry, found, issues } = check({ base: '80 00' });
    expect(found).toEqual(['notice base TYPED_SPACES']);
    expect(issues[0]?.value).toBe('80 00');
    expect(issues[0]?.rule).toContain('空格');
    expect(entry?.base).toBe(800_000);
    expect(check({ base: ' 8000 ' }).found).toEqual([]);
    expect(check({ base: '８０　００' }).found).toEqual([
      'notice base TYPED_FULL_WIDTH',
      'notice base TYPED_SPACES',
    ]);
    expect(check({ base: '80 00 x' }).found).toEqual([
      'notice base TYPED_SPACES',
      'error base BASE_FORMAT',
    ]);
  });
});
