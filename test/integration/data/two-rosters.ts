import type { RosterRow } from '../../../shared/wire/roster.ts';
import { makeRoster } from './synthetic-roster.ts';

const PEOPLE = 3_000;

/** A roster, and what it is after a July: somebody gone, somebody new, nearly all others changed. */
export const before: readonly RosterRow[] = makeRoster(PEOPLE);
const [first] = before;
if (!first) throw new Error('nobody');
export const newcomer: RosterRow = { ...first, personalAccount: '990099999999' };
export const after: readonly RosterRow[] = [
  ...before.slice(1).map((row, at) => (at % 10 === 0 ? row : { ...row, base: row.base + 100 })),
  newcomer,
];
