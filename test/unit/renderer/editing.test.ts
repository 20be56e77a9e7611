import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { editDraft, endEntry } from '../../../renderer/screens/entry/editing.ts';
import { afterEntry, changeDesk } from '../../../renderer/screens/entry/entry-desk.ts';
import { mark, readHand } from '../../../renderer/screens/queue/removal.ts';
import { draftWith } from './samples.ts';

const kind = 'registration';
const draft = draftWith({});
const ticked = () => [...readHand(kind).marked];
const edited = () => changeDesk(kind, '10', (desk) => desk).editing?.id;

beforeEach(() => {
  vi.stubGlobal('window', {});
  mark(kind, []);
  changeDesk(kind, '10', afterEntry);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

it('a row that is edited is ticked no longer, others stay', () => {
  mark(kind, [draft.id, 'b']);
  editDraft(kind, '10', draft, []);
  expect(edited()).toBe(draft.id);
  expect(ticked()).toEqual(['b']);
});

it('nor is it after 保存修改, even when it was ticked again meanwhile', () => {
  editDraft(kind, '10', draft, []);
  mark(kind, [draft.id, 'b']);
  endEntry(kind, '10', draft.id);
  expect(edited()).toBeUndefined();
  expect(ticked()).toEqual(['b']);
});

it('录入 of another row leaves what is ticked alone', () => {
  mark(kind, [draft.id]);
  endEntry(kind, '10', undefined);
  expect(ticked()).toEqual([draft.id]);
});
