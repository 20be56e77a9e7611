import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterEntry,
  emptyDesk,
  withDraft,
  withFieldLeft,
  withNothing,
  withText,
} from '../../../renderer/screens/entry/entry-desk.ts';
import {
  contentOf,
  emptyForm,
  fieldsOf,
  firstField,
  formOf,
  matchingReasons,
  nextField,
  reasonCode,
  reasonText,
  tidied,
  typedOf,
} from '../../../renderer/screens/entry/form.ts';
import { isUnfinished } from '../../../renderer/screens/entry/messages.ts';
import { searchText } from '../../../renderer/screens/entry/account-search.ts';
import { entryTypedSchema } from '../../../shared/rules/entry.ts';
import { checkIdNumber } from '../../../shared/rules/identity.ts';
import { raise } from '../../../shared/rules/issue.ts';
import type { UnitTerms } from '../../../shared/rules/policy.ts';
import { rule } from '../../../shared/rules/wording.ts';
import { entryKindSchema } from '../../../shared/wire/primitives.ts';

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
const reasons = [
  { code: '02', label: '退休' },
  { code: '04', label: '辞职' },
];

describe('the fields Enter goes through', () => {
  it('asks for a ratio of 登记 in per-employee units and of fund 11 only', () => {
    expect(fieldsOf('registration', uniform, '10')).toEqual(['name', 'idNumber', 'base']);
    expect(fieldsOf('registration', perEmployee, '10')).toContain('ratio');
    expect(fieldsOf('registration', uniform, '11')).toContain('ratio');
  });

  it('are those of the manual for the other three kinds', () => {
    expect(fieldsOf('reduction', uniform, '10')).toEqual(['personalAccount', 'reason']);
    expect(fieldsOf('missedBackPay', uniform, '10')).toEqual([
      'personalAccount',
      'from',
      'to',
      'base',
      'ratio',
    ]);
    // 九(一): 起始, 截止, 已缴, 应缴月均工资, 应缴, 已缴缴存比例
    expect(fieldsOf('shortfallBackPay', uniform, '10')).toEqual([
      'personalAccount',
      'from',
      'to',
      'paidBase',
      'dueBase',
      'dueRatio',
      'paidRatio',
    ]);
  });

  it('begin with the one that has the focus and end in the last', () => {
    for (const kind of entryKindSchema.options) {
      const fields = fieldsOf(kind, perEmployee, '10');
      expect(fields[0]).toBe(firstField(kind));
      const last = fields.at(-1);
      expect(last && nextField(fields, last)).toBeUndefined();
    }
    expect(nextField(fieldsOf('reduction', uniform, '10'), 'personalAccount')).toBe('reason');
  });
});

describe('the record of a form', () => {
  it('leaves a ratio that is not asked for out', () => {
    const form = { ...emptyForm('10'), name: '赵一', ratio: '8' };
    expect(typedOf('registration', form, uniform, reasons)).not.toHaveProperty('ratio');
    expect(typedOf('registration', form, perEmployee, reasons)).toMatchObject({ ratio: '8' });
  });

  it('holds the code of a reason, however it was given', () => {
    for (const text of ['02', '退休', '02 退休', '０２'])
      expect(reasonCode(text, reasons)).toBe('02');
    expect(reasonCode('不详', reasons)).toBe('不详');
    const form = { ...emptyForm('10'), personalAccount: '990000000001', reason: '04 辞职' };
    expect(typedOf('reduction', form, uniform, reasons)).toMatchObject({ reason: '04' });
  });

  it('comes back into the form as it would have been left', () => {
    const typed = {
      kind: 'shortfallBackPay',
      fundType: '10',
      personalAccount: '990000000001',
      from: '202601',
      to: '202602',
      paidBase: '5000',
      dueBase: '8000',
      paidRatio: '12',
      dueRatio: '12',
    } as const;
    const form = formOf(typed, reasons);
    expect(form).toMatchObject({ paidBase: '5,000.00', dueBase: '8,000.00', from: '202601' });
    expect(
      formOf({ kind: 'reduction', fundType: '10', personalAccount: '1', reason: '02' }, reasons),
    ).toMatchObject({ reason: '02 退休' });
  });

  it('is one the contract takes, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 80 }),
        fc.constantFrom(...entryKindSchema.options),
        (text, kind) => {
          const form = {
            ...emptyForm('10'),
            personalAccount: text,
            reason: text,
            from: text,
            base: text,
          };
          const typed = typedOf(kind, form, perEmployee, reasons);
          expect(entryTypedSchema.safeParse(typed).success).toBe(true);
        },
      ),
    );
  });

  it('has the same content before and after tidying, and another for another wage or kind', () => {
    const form = { ...emptyForm('10'), name: '赵一', idNumber: '990100199001010012', base: '8000' };
    const tidy = { ...form, idNumber: '990100 19900101 0012', base: '8,000.00' };
    const content = contentOf('registration', form, reasons);
    expect(contentOf('registration', tidy, reasons)).toBe(content);
    expect(contentOf('registration', { ...form, base: '8001' }, reasons)).not.toBe(content);
    expect(contentOf('missedBackPay', form, reasons)).not.toBe(content);
  });
});

describe('the reasons offered', () => {
  it('are all at first, then those whose code or words match', () => {
    expect(matchingReasons('', reasons)).toHaveLength(2);
    expect(matchingReasons('辞', reasons).map(({ code }) => code)).toEqual(['04']);
    expect(matchingReasons('0', reasons)).toHaveLength(2);
    expect(matchingReasons('9', reasons)).toEqual([]);
    for (const short of ['4', '４', '04', '04 辞', '职'])
      expect(matchingReasons(short, reasons).map(({ code }) => code)).toEqual(['04']);
  });

  it('stand with code and name, the short code still as typed until one is picked', () => {
    expect(reasonText('04', reasons)).toBe('04 辞职');
    const form = { ...emptyForm('10'), personalAccount: '990000000001', reason: '4' };
    expect(typedOf('reduction', form, uniform, reasons)).toMatchObject({ reason: '4' });
  });
});

describe('the text a person is searched by', () => {
  it('is a name, initials or part of a number, never a complete account or one letter', () => {
    expect(searchText('赵')).toBe('赵');
    expect(searchText(' zy ')).toBe('zy');
    expect(searchText('1990')).toBe('1990');
    expect(searchText('z')).toBe('');
    expect(searchText('990000000001')).toBe('');
    expect(searchText('９９００００００ ０００１')).toBe('');
  });
});

describe('tidied', () => {
  const tidy = (field: Parameters<typeof tidied>[0], text: string) => tidied(field, text, reasons);

  it('groups a complete number and a readable wage', () => {
    expect(tidy('idNumber', '99010019900101001x')).toBe('990100 19900101 001X');
    expect(tidy('base', ' 12345.5 ')).toBe('12,345.50');
    expect(tidy('personalAccount', '9900 0000 0001')).toBe('990000000001');
    expect(tidy('reason', '02')).toBe('02 退休');
  });

  it('makes full-width forms half-width', () => {
    expect(tidy('base', '８０００')).toBe('8,000.00');
    expect(tidy('from', '２０２６０１')).toBe('202601');
    expect(tidy('name', 'Ａｎｎ')).toBe('Ann');
  });

  it('leaves alone what is incomplete or unreadable', () => {
    expect(tidy('idNumber', '990100')).toBe('990100');
    expect(tidy('base', '80o0')).toBe('80o0');
    expect(tidy('name', ' 赵一')).toBe(' 赵一');
    expect(tidy('personalAccount', 'zhao')).toBe('zhao');
  });
});

describe('what stands in the form', () => {
  const typed = withText(
    withText(emptyDesk('10'), 'personalAccount', '990000000001'),
    'from',
    '２０２６０１',
  );

  it('says that a field was full-width until it is typed in again', () => {
    const left = withFieldLeft(typed, 'from', reasons);
    expect(left.form.from).toBe('202601');
    expect(left.narrowed).toEqual(['from']);
    expect(withFieldLeft(left, 'from', reasons)).toBe(left);
    expect(withText(left, 'from', '202602').narrowed).toEqual([]);
  });

  it('is not brought back by leaving a field after the form was emptied', () => {
    const emptied = afterEntry(typed);
    expect(withFieldLeft(emptied, 'from', reasons)).toBe(emptied);
  });

  it('comes back after a draft was edited, also after a second one', () => {
    const edited = withDraft(typed, { id: 'a', name: '赵一' }, emptyForm('10'));
    const second = withDraft(edited, { id: 'b', name: '钱多多' }, emptyForm('10'));
    expect(second.editing?.id).toBe('b');
    expect(afterEntry(second)).toMatchObject({ form: typed.form, editing: null, aside: null });
  });

  it('keeps the fund when it is emptied, and goes on editing', () => {
    const desk = withDraft(emptyDesk('11'), { id: 'a', name: '赵一' }, emptyForm('11'));
    expect(withNothing(desk)).toMatchObject({ editing: { id: 'a' }, form: { fundType: '11' } });
    expect(afterEntry(typed).form).toEqual(emptyForm('10'));
  });
});

describe('isUnfinished', () => {
  it('does not call a half-typed number wrong, but one that is too long', () => {
    const issuesOf = (id: string) => checkIdNumber(id, '2026-11-17');
    expect(isUnfinished('idNumber', issuesOf('990100'), '990100')).toBe(true);
    const long = '9901001990010100123';
    expect(isUnfinished('idNumber', issuesOf(long), long)).toBe(false);
    expect(isUnfinished('idNumber', [], '990100199001010012')).toBe(false);
  });

  it('waits for the second digit of a ratio and the sixth of a month', () => {
    const about = { field: 'ratio', value: '1', rule: rule.backPayRatio(8, 12) };
    const ratio = [raise('error', 'RATIO_NOT_ALLOWED', about)];
    expect(isUnfinished('ratio', ratio, '1')).toBe(true);
    expect(isUnfinished('ratio', ratio, '13')).toBe(false);
    const month = [raise('error', 'MONTH_LENGTH', { ...about, field: 'from' })];
    expect(isUnfinished('from', month, '20260')).toBe(true);
    expect(isUnfinished('from', month, '2026011')).toBe(false);
  });
});
