import { groupIdNumber, normaliseIdNumber } from '../../../shared/rules/identity.ts';
import type { EntryTyped } from '../../../shared/rules/entry.ts';
import { formatFen, parseYuan } from '../../../shared/rules/money.ts';
import { normaliseName } from '../../../shared/rules/names.ts';
import { isFundType, isRatioTyped } from '../../../shared/rules/policy.ts';
import type { UnitTerms } from '../../../shared/rules/policy.ts';
import { ID_TYPE_RESIDENT } from '../../../shared/rules/registration.ts';
import { normaliseTyped } from '../../../shared/rules/typed.ts';
import type { Parameters } from '../../../shared/wire/parameters.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';

/** The fields of all four entries; each kind uses some of them. */
export type FieldName =
  | 'name'
  | 'idNumber'
  | 'base'
  | 'ratio'
  | 'personalAccount'
  | 'reason'
  | 'from'
  | 'to'
  | 'paidBase'
  | 'dueBase'
  | 'paidRatio'
  | 'dueRatio';

/** What stands in a form, as typed. */
export type Form = Readonly<Record<FieldName | 'fundType', string>>;

export type Reasons = Parameters['reductionReasons'];

export function emptyForm(fundType: string): Form {
  return {
    fundType,
    name: '',
    idNumber: '',
    base: '',
    ratio: '',
    personalAccount: '',
    reason: '',
    from: '',
    to: '',
    paidBase: '',
    dueBase: '',
    paidRatio: '',
    dueRatio: '',
  };
}

type Rows = readonly (readonly FieldName[])[];

/** In the order of the manual (六(一), 七(一), 八(一), 九(一)); 资金性质 stands before them. */
const registrationRows: Rows = [['name'], ['idNumber'], ['base']];
const rows: Readonly<Record<EntryKind, Rows>> = {
  registration: registrationRows,
  reduction: [['personalAccount'], ['reason']],
  missedBackPay: [['personalAccount'], ['from', 'to'], ['base', 'ratio']],
  shortfallBackPay: [
    ['personalAccount'],
    ['from', 'to'],
    ['paidBase', 'dueBase'],
    ['dueRatio', 'paidRatio'],
  ],
};

/** The fields as they stand in the form, row by row. */
export function rowsOf(kind: EntryKind, terms: UnitTerms, fundType: string): Rows {
  const asksRatio = isFundType(fundType) && isRatioTyped(terms, fundType);
  return kind === 'registration' && asksRatio ? [...registrationRows, ['ratio']] : rows[kind];
}

/** The fields in the order Enter goes through them. */
export function fieldsOf(kind: EntryKind, terms: UnitTerms, fundType: string): FieldName[] {
  return rowsOf(kind, terms, fundType).flat();
}

/** The first field of a kind, which has the focus when an entry begins. */
export function firstField(kind: EntryKind): FieldName {
  return kind === 'registration' ? 'name' : 'personalAccount';
}

export function nextField(fields: readonly FieldName[], field: FieldName): FieldName | undefined {
  return fields[fields.indexOf(field) + 1];
}

/** The record the rules check. */
export function typedOf(
  kind: EntryKind,
  form: Form,
  terms: UnitTerms,
  reasons: Reasons,
): EntryTyped {
  const { fundType, personalAccount, from, to, base, ratio } = form;
  switch (kind) {
    case 'registration': {
      const { name, idNumber } = form;
      const typed = { kind, fundType, name, idType: ID_TYPE_RESIDENT, idNumber, base };
      return fieldsOf(kind, terms, fundType).includes('ratio') ? { ...typed, ratio } : typed;
    }
    case 'reduction':
      return { kind, fundType, personalAccount, reason: reasonCode(form.reason, reasons) };
    case 'missedBackPay':
      return { kind, fundType, personalAccount, from, to, base, ratio };
    case 'shortfallBackPay': {
      const { paidBase, dueBase, paidRatio, dueRatio } = form;
      const sides = { paidBase, dueBase, paidRatio, dueRatio };
      return { kind, fundType, personalAccount, from, to, ...sides };
    }
  }
}

/** A stored record as it stands in the form. */
export function formOf(typed: EntryTyped, reasons: Reasons): Form {
  const empty = emptyForm(typed.fundType);
  const known = Object.entries(typed).filter(([field]) => field in empty);
  const form: Form = { ...empty, ...Object.fromEntries(known) };
  return tidyForm(form, reasons);
}

/** `02 退休` of a code; a code the table does not have stays as it is. */
export function reasonText(code: string, reasons: Reasons): string {
  const known = reasons.find((reason) => reason.code === code);
  return known ? `${known.code} ${known.label}` : code;
}

/** The code of what was typed or picked: the code itself, the words, or both. */
export function reasonCode(text: string, reasons: Reasons): string {
  const said = normaliseTyped(text).text;
  const known = reasons.find(({ code, label }) => [code, label, `${code} ${label}`].includes(said));
  return known?.code ?? text;
}

/** Reasons whose code begins with the text, also without its zeros, or whose words hold it. */
export function matchingReasons(text: string, reasons: Reasons): Reasons {
  const said = normaliseTyped(text).text.replaceAll(' ', '');
  const short = (code: string) => code.replace(/^0+(?=\d)/, '');
  return reasons.filter(
    ({ code, label }) =>
      `${code}${label}`.startsWith(said) || short(code).startsWith(said) || label.includes(said),
  );
}

function tidyForm(form: Form, reasons: Reasons): Form {
  const names = Object.keys(form) as (keyof Form)[];
  const tidy = names.map((name) => [
    name,
    name === 'fundType' ? form[name] : tidied(name, form[name], reasons),
  ]);
  return Object.fromEntries(tidy) as Form;
}

/**
 * How a field reads once it is left: full-width forms half-width, numbers grouped, a reason's
 * code with its words; text that cannot be read is left as it is.
 */
export function tidied(field: FieldName, text: string, reasons: Reasons): string {
  if (field === 'name') {
    const name = normaliseName(text);
    return name.fullWidth ? name.text : text;
  }
  const typed = normaliseTyped(text);
  const plain = typed.fullWidth ? typed.text : text;
  switch (field) {
    case 'idNumber': {
      const id = normaliseIdNumber(plain);
      const isPlain = /^[\dXx\s]*$/.test(plain);
      return isPlain && (id.length === 15 || id.length === 18) ? groupIdNumber(id) : plain;
    }
    case 'base':
    case 'paidBase':
    case 'dueBase': {
      const read = parseYuan(plain.trim());
      return read.ok ? formatFen(read.value) : plain;
    }
    case 'personalAccount': {
      const digits = plain.replaceAll(' ', '');
      return /^\d+$/.test(digits) ? digits : plain;
    }
    case 'reason':
      return reasonText(reasonCode(plain, reasons), reasons);
    case 'ratio':
    case 'from':
    case 'to':
    case 'paidRatio':
    case 'dueRatio':
      return plain;
  }
}

/** Whether leaving the field turns full-width forms into half-width ones: worth telling. */
export function isNarrowed(field: FieldName, text: string): boolean {
  return field === 'name' ? normaliseName(text).fullWidth : normaliseTyped(text).fullWidth;
}

/** What an entry says, however it is written: the same before and after its fields are tidied. */
export function contentOf(kind: EntryKind, form: Form, reasons: Reasons): string {
  return JSON.stringify([kind, tidyForm(form, reasons)]);
}
