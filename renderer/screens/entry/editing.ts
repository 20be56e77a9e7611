import type { Draft } from '../../../shared/ipc/entries.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { unmark } from '../queue/removal.ts';
import { afterEntry, changeDesk, withDraft } from './entry-desk.ts';
import { formOf } from './form.ts';
import type { Reasons } from './form.ts';

/** 编辑: the draft comes into the form, its row is ticked no longer. */
export function editDraft(kind: EntryKind, fundType: string, draft: Draft, reasons: Reasons): void {
  const { id, name, typed } = draft;
  changeDesk(kind, fundType, (desk) => withDraft(desk, { id, name }, formOf(typed, reasons)));
  unmark(kind, id);
}

/** After 录入, 转待柜面 or 保存修改; a row that was ticked again meanwhile is another one now. */
export function endEntry(kind: EntryKind, fundType: string, editedId: string | undefined): void {
  changeDesk(kind, fundType, afterEntry);
  if (editedId !== undefined) unmark(kind, editedId);
}
