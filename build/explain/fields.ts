import { entryFields } from '../../shared/rules/entry.ts';
import type { EntryTyped } from '../../shared/rules/entry.ts';
import { ID_TYPE_RESIDENT } from '../../shared/rules/registration.ts';
import type { EntryKind } from '../../shared/wire/primitives.ts';
import { quote, tellKind } from './shape.ts';
import type { Unreadable } from './shape.ts';

export interface ReadFields {
  readonly typed: EntryTyped;
  readonly unreadable: readonly Unreadable[];
  /** Paths of keys the kind does not have. */
  readonly ignored: readonly string[];
}

/**
 * The fields of a kind as typed, of any length; one left out was left empty, 证件类型 is 身份证.
 * `path` is where they stand in the input.
 */
export function readFields(
  kind: EntryKind,
  given: Readonly<Record<string, unknown>>,
  path: string,
): ReadFields {
  const names: readonly string[] = entryFields[kind];
  const unreadable: Unreadable[] = [];
  const texts = new Map<string, string>([['idType', ID_TYPE_RESIDENT]]);
  for (const name of names) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (typeof value === 'string') texts.set(name, value);
    else if (value !== undefined) {
      const reason = tellKind('文字（加引号）', value);
      unreadable.push({ path: `${path}.${name}`, value: quote(value), reason });
    }
  }
  const ignored = Object.keys(given)
    .filter((key) => !names.includes(key))
    .map((key) => `${path}.${key}`);
  return { typed: entryOf(kind, (name) => texts.get(name) ?? ''), unreadable, ignored };
}

/** Built by hand: the schema of what is typed refuses a long field, which is to be told as an issue. */
function entryOf(kind: EntryKind, text: (field: string) => string): EntryTyped {
  const fundType = text('fundType');
  const personalAccount = text('personalAccount');
  const span = { from: text('from'), to: text('to') };
  const base = text('base');
  const ratio = text('ratio');
  switch (kind) {
    case 'registration': {
      const [name, idType, idNumber] = [text('name'), text('idType'), text('idNumber')];
      return { kind, fundType, name, idType, idNumber, base, ratio };
    }
    case 'reduction':
      return { kind, fundType, personalAccount, reason: text('reason') };
    case 'missedBackPay':
      return { kind, fundType, personalAccount, ...span, base, ratio };
    case 'shortfallBackPay': {
      const bases = { paidBase: text('paidBase'), dueBase: text('dueBase') };
      const ratios = { paidRatio: text('paidRatio'), dueRatio: text('dueRatio') };
      return { kind, fundType, personalAccount, ...span, ...bases, ...ratios };
    }
  }
}
