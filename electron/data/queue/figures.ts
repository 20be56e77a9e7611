import type { Draft } from '../../../shared/ipc/entries.ts';
import { previewEntry, type EntryContext, type EntryTyped } from '../../../shared/rules/entry.ts';
import { readFundType } from '../../../shared/rules/fund-type.ts';
import { normaliseIdNumber } from '../../../shared/rules/identity.ts';
import type { Issue } from '../../../shared/rules/issue.ts';
import { raise } from '../../../shared/rules/issue.ts';
import { formatFen, toFen } from '../../../shared/rules/money.ts';
import { normaliseName } from '../../../shared/rules/names.ts';
import { normaliseTyped } from '../../../shared/rules/typed.ts';
import type { FundType } from '../../../shared/wire/primitives.ts';
import type { CheckedEntry } from '../ports.ts';

/** What the rules make of an entry, in the columns of table `draft`. */
export interface Figures {
  readonly name: string;
  readonly idNumber: string;
  readonly personalAccount: string;
  readonly fundType: FundType;
  readonly base: number;
  readonly typedBase: number;
  readonly unitRatio: number;
  readonly personalRatio: number;
  readonly from: number;
  readonly to: number;
  readonly reason: string;
  readonly unitFen: number;
  readonly personalFen: number;
  readonly totalFen: number;
}

const none = {
  name: '',
  idNumber: '',
  personalAccount: '',
  base: 0,
  typedBase: 0,
  unitRatio: 0,
  personalRatio: 0,
  from: 0,
  to: 0,
  reason: '',
  unitFen: 0,
  personalFen: 0,
  totalFen: 0,
} as const;

/** Of an entry that may be sent. */
export function figuresOf(checked: CheckedEntry): Figures {
  const { name, idNumber, fundType, unitFen, personalFen, totalFen } = checked.entry;
  const shared = { ...none, name, idNumber, fundType, unitFen, personalFen, totalFen };
  switch (checked.kind) {
    case 'registration': {
      const { base, typedBase, unitRatio, personalRatio } = checked.entry;
      return { ...shared, base, typedBase, unitRatio, personalRatio };
    }
    case 'reduction': {
      const { personalAccount, reason } = checked.entry;
      return { ...shared, personalAccount, reason };
    }
    case 'missedBackPay': {
      const { personalAccount, from, to, typedBase, unitRatio, personalRatio } = checked.entry;
      const wage = { base: typedBase, typedBase };
      return { ...shared, personalAccount, from, to, ...wage, unitRatio, personalRatio };
    }
    case 'shortfallBackPay': {
      const { personalAccount, from, to, typedDueBase, dueRatio } = checked.entry;
      const wage = { base: typedDueBase, typedBase: typedDueBase };
      const personalRatio = fundType === '11' ? 0 : dueRatio;
      return { ...shared, personalAccount, from, to, ...wage, unitRatio: dueRatio, personalRatio };
    }
  }
}

/** Of an entry for the counter: as far as it can be read. Only its fund has to be known. */
export function readableFigures(typed: EntryTyped, context: EntryContext): Figures | undefined {
  const { fundType } = readFundType(typed.fundType, context.terms);
  if (!fundType) return undefined;
  if (typed.kind === 'registration') {
    const { amounts } = previewEntry('registration', typed, context);
    const name = normaliseName(typed.name).text;
    return { ...none, ...amounts, name, idNumber: normaliseIdNumber(typed.idNumber), fundType };
  }
  const personalAccount = normaliseTyped(typed.personalAccount).text.replaceAll(' ', '');
  const person = context.findPerson(personalAccount, fundType);
  const { name = '', idNumber = '' } = person ?? {};
  const who = { ...none, fundType, personalAccount, name, idNumber };
  switch (typed.kind) {
    case 'reduction': {
      const { amounts } = previewEntry('reduction', typed, context);
      return { ...who, ...amounts, reason: normaliseTyped(typed.reason).text };
    }
    case 'missedBackPay':
      return { ...who, ...readableMonths(typed) };
    case 'shortfallBackPay':
      return { ...who, ...readableMonths(typed) };
  }
}

/** Months that no bounds are known for have no amount here: the counter computes it. */
function readableMonths(typed: { readonly from: string; readonly to: string }) {
  return {
    from: Number(normaliseTyped(typed.from).text),
    to: Number(normaliseTyped(typed.to).text),
  };
}

/** What is no longer as it was entered, each with both values; empty where all is the same. */
export function findChanges(draft: Draft, now: Figures): Issue[] {
  const changes: Issue[] = [];
  const compare = (field: string, was: string, is: string) => {
    if (was === is) return;
    const rule = `录入时为${was}，现为${is}`;
    changes.push(raise('error', 'DRAFT_OUTDATED', { field, value: was, rule }));
  };
  const yuan = (fen: number) => `${formatFen(toFen(fen))}元`;
  compare('name', draft.name, now.name);
  compare('idNumber', draft.idNumber, now.idNumber);
  compare('base', yuan(draft.base), yuan(now.base));
  compare('ratio', `${draft.unitRatio}%`, `${now.unitRatio}%`);
  compare('unitFen', yuan(draft.unitFen), yuan(now.unitFen));
  compare('personalFen', yuan(draft.personalFen), yuan(now.personalFen));
  return changes;
}
