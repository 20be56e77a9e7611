import type { Draft } from '../../../shared/ipc/entries.ts';
import type { Parameters } from '../../../shared/wire/parameters.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { ask } from '../../bridge.ts';
import { entryScreens, openScreen } from '../../state/navigation.ts';
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

/**
 * From elsewhere to one entry of a queue: its screen, with the entry in the form. One that has been
 * confirmed meanwhile can be edited no longer; the screen itself says what became of it.
 */
export async function openDraft(
  kind: EntryKind,
  id: string,
  parameters: Parameters | null,
): Promise<void> {
  const queue = parameters ? await ask('queue.list', { kind }) : undefined;
  const draft = queue?.ok ? queue.value.drafts.find((one) => one.id === id) : undefined;
  if (parameters && draft?.orderId === null) {
    editDraft(kind, parameters.terms.fundTypes[0] ?? '', draft, parameters.reductionReasons);
  }
  openScreen(entryScreens[kind]);
}
