import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { createStore } from '../../state/store.ts';
import { emptyForm, isNarrowed, tidied } from './form.ts';
import type { FieldName, Form, Reasons } from './form.ts';

/** The draft whose words stand in the form. */
export interface Edited {
  readonly id: string;
  readonly name: string;
}

/** What stands in the form of one kind. */
export interface EntryDesk {
  readonly form: Form;
  /** Fields that were turned from full-width to half-width when they were left. */
  readonly narrowed: readonly FieldName[];
  readonly editing: Edited | null;
  /** Half an entry put aside while a draft is edited, or what a query proposed stands in the form. */
  readonly aside: Form | null;
}

export function emptyDesk(fundType: string): EntryDesk {
  return { form: emptyForm(fundType), narrowed: [], editing: null, aside: null };
}

export function withText(desk: EntryDesk, field: FieldName | 'fundType', text: string): EntryDesk {
  if (desk.form[field] === text) return desk;
  return {
    ...desk,
    form: { ...desk.form, [field]: text },
    narrowed: desk.narrowed.filter((one) => one !== field),
  };
}

/** A field that is left is shown as it is read. */
export function withFieldLeft(desk: EntryDesk, field: FieldName, reasons: Reasons): EntryDesk {
  const typed = desk.form[field];
  const text = tidied(field, typed, reasons);
  if (text === typed) return desk;
  const narrowed = isNarrowed(field, typed)
    ? [...desk.narrowed.filter((one) => one !== field), field]
    : desk.narrowed;
  return { ...desk, form: { ...desk.form, [field]: text }, narrowed };
}

/** The form is emptied, or has the entry again that was put aside; what is edited goes on being edited. */
export function withNothing(desk: EntryDesk): EntryDesk {
  const empty = { ...desk, form: emptyForm(desk.form.fundType), narrowed: [] };
  return desk.editing || !desk.aside ? empty : { ...empty, form: desk.aside, aside: null };
}

/** What a query proposes comes into the form; what was typed there comes back afterwards. */
export function withProposal(desk: EntryDesk, form: Form): EntryDesk {
  const aside = desk.editing || desk.aside ? desk.aside : startedOf(desk.form);
  return { form, narrowed: [], editing: null, aside };
}

function startedOf({ fundType, ...fields }: Form): Form | null {
  return Object.values(fields).some((text) => text !== '') ? { fundType, ...fields } : null;
}

/** A draft comes into the form; half an entry that stood there comes back afterwards. */
export function withDraft(desk: EntryDesk, editing: Edited, form: Form): EntryDesk {
  return {
    form,
    narrowed: [],
    editing,
    aside: desk.editing ? desk.aside : (desk.aside ?? desk.form),
  };
}

/** After 录入, 保存修改 or 放弃修改: an empty form, or the half entry put aside. */
export function afterEntry(desk: EntryDesk): EntryDesk {
  const { aside, form } = desk;
  return { ...emptyDesk(form.fundType), ...(aside ? { form: aside } : {}) };
}

/** Waits here while the clerk looks something up in another screen. */
const desks = createStore<Readonly<Partial<Record<EntryKind, EntryDesk>>>>({});

export function useDesk(kind: EntryKind, fundType: string): EntryDesk {
  return desks.use()[kind] ?? emptyDesk(fundType);
}

/** Works on what stands in the form now: a field may be left after the form was emptied. */
export function changeDesk(
  kind: EntryKind,
  fundType: string,
  change: (desk: EntryDesk) => EntryDesk,
): EntryDesk {
  const now = desks.get()[kind] ?? emptyDesk(fundType);
  const next = change(now);
  if (next !== now) desks.set({ ...desks.get(), [kind]: next });
  return next;
}
