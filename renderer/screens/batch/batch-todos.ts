import type { Batch } from '../../../shared/ipc/batches.ts';
import type { Order } from '../../../shared/ipc/data.ts';
import type { Screen } from '../../../shared/ipc/screens.ts';
import { entryKindSchema } from '../../../shared/wire/primitives.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { openBatches, useAllBatches } from '../../state/batches.ts';
import { batchScreens } from '../../state/navigation.ts';
import { batchTodos as words } from '../../text/batch.ts';
import { unreadResults, useSeenResults } from './results-seen.ts';

/** One line of 今日. */
export interface BatchTodo {
  readonly title: string;
  readonly text: string;
  readonly kind: EntryKind;
  readonly screen: Screen;
}

function todoOf(title: string, text: string, kind: EntryKind): BatchTodo {
  return { title, text, kind, screen: batchScreens[kind] };
}

/** What is still to be sent, and results nobody has looked at: one line each, with the first kind to go to. */
export function batchTodosOf(
  batches: readonly Batch[],
  orders: readonly Order[],
  read: ReadonlySet<string>,
): BatchTodo[] {
  const open = openBatches(batches);
  const unread = unreadResults(orders, read);
  const todos: BatchTodo[] = [];
  const [firstOpen] = open;
  if (firstOpen) {
    const parts = entryKindSchema.options.flatMap((kind) => {
      const own = open.filter((batch) => batch.kind === kind);
      const rows = own.reduce((sum, batch) => sum + batch.open, 0);
      return own.length > 0 ? [words.openPart(kind, own.length, rows)] : [];
    });
    todos.push(todoOf(words.open, words.openLine(parts.join('，')), firstOpen.kind));
  }
  const firstUnread = unread.find(({ failed }) => failed > 0) ?? unread[0];
  if (firstUnread) {
    const parts = entryKindSchema.options.flatMap((kind) => {
      const own = unread.filter((order) => order.kind === kind);
      const sum = (key: 'succeeded' | 'failed') =>
        own.reduce((total, order) => total + order[key], 0);
      return own.length > 0 ? [words.resultsPart(kind, sum('succeeded'), sum('failed'))] : [];
    });
    todos.push(todoOf(words.results, words.resultsLine(parts.join('，')), firstUnread.kind));
  }
  return todos;
}

export function useBatchTodos(orders: readonly Order[]): BatchTodo[] {
  return batchTodosOf(useAllBatches() ?? [], orders, useSeenResults());
}
