import type { FoundOrder, StartReport } from '../../../shared/ipc/story.ts';
import { startReport as words } from '../../text/start-report.ts';

/** One line: what was under way when the program last ended, and what became of it. */
export function startLine({ orders, drafts }: StartReport, isOnline: boolean): string {
  const parts = [
    ...settledParts(orders),
    ...unclearParts(orders, isOnline),
    ...part(
      count(orders, ({ waits }) => waits),
      words.waiting,
    ),
    ...part(drafts, words.drafts),
  ];
  return `${words.intro}${parts.join('；')}。`;
}

function settledParts(orders: readonly FoundOrder[]): string[] {
  const of = (state: FoundOrder['state']) => orders.filter((order) => order.state === state);
  const applied = of('applied');
  const resent = count(applied, (order) => order.resent);
  const isUnsigned = ({ found }: FoundOrder) => found === 'unsigned' || found === 'waiting';
  const given = of('void');
  return [
    ...part(applied.length, (batches) =>
      [words.applied(batches), ...part(resent, words.resent)].join('，'),
    ),
    ...part(of('rejected').length, words.rejected),
    ...part(count(given, isUnsigned), words.unsigned),
    ...part(
      count(given, (order) => !isUnsigned(order)),
      words.voided,
    ),
  ];
}

function unclearParts(orders: readonly FoundOrder[], isOnline: boolean): string[] {
  const open = orders.filter(({ state, waits }) => !waits && isOpen(state));
  const resent = count(open, (order) => order.resent);
  const rest = open.length - resent;
  return [
    ...part(resent, words.unclearResent),
    ...part(rest, isOnline ? words.unclear : words.offline),
  ];
}

function isOpen(state: FoundOrder['state']): boolean {
  return state === 'draft' || state === 'signed' || state === 'sent';
}

function count(orders: readonly FoundOrder[], isCounted: (order: FoundOrder) => boolean): number {
  return orders.filter(isCounted).length;
}

function part(batches: number, say: (batches: number) => string): string[] {
  return batches > 0 ? [say(batches)] : [];
}

/** Something of it is still open: the line says so in another colour. */
export function isSettled({ orders }: StartReport): boolean {
  return orders.every(({ state, waits }) => waits || !isOpen(state));
}
