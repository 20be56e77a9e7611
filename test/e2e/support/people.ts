import { checkCharacter } from '../../../shared/rules/identity.ts';

/** A synthetic identity number nobody has: area 990199, born 1991-02-03, order 100 onward. */
export function identityNumber(order: number): string {
  const head = `99019919910203${String(100 + order)}`;
  return head + checkCharacter(head);
}
