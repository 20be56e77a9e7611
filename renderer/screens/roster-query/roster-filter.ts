import type { z } from 'zod';
import type { rosterQuerySchema, rosterSortSchema } from '../../../shared/ipc/roster.ts';

export type RosterRequest = z.input<typeof rosterQuerySchema>;
export type RosterSort = z.output<typeof rosterSortSchema>;

/** What stands in the fields; empty fields ask for nothing. */
export interface RosterFilter {
  readonly text: string;
  readonly personalAccount: string;
  readonly name: string;
  readonly idNumber: string;
  readonly status: '' | '01' | '02';
  readonly fundType: '' | '10' | '11';
  readonly sort: RosterSort;
  readonly descending: boolean;
}

export const noFilter: RosterFilter = {
  text: '',
  personalAccount: '',
  name: '',
  idNumber: '',
  status: '',
  fundType: '',
  sort: 'personalAccount',
  descending: false,
};

/** Rows per question: a few screens' worth. */
export const ROSTER_WINDOW_ROWS = 200;

/** The question for one window of rows. */
export function requestFor(filter: RosterFilter, page: number): RosterRequest {
  const { sort, descending, ...fields } = filter;
  const text = fields.text.trim().slice(0, 60);
  const personalAccount = fields.personalAccount.replace(/\D/g, '').slice(0, 12);
  const name = fields.name.trim().slice(0, 60);
  const idNumber = fields.idNumber.replace(/\s/g, '').toUpperCase().slice(0, 30);
  return {
    text,
    ...(personalAccount === '' ? {} : { personalAccount }),
    ...(name === '' ? {} : { name }),
    ...(idNumber === '' ? {} : { idNumber }),
    ...(fields.status === '' ? {} : { status: fields.status }),
    ...(fields.fundType === '' ? {} : { fundType: fields.fundType }),
    sort,
    descending,
    offset: page * ROSTER_WINDOW_ROWS,
    limit: ROSTER_WINDOW_ROWS,
  };
}

/** A click on a column: ascending first, then descending. */
export function sortBy(filter: RosterFilter, sort: RosterSort): RosterFilter {
  return { ...filter, sort, descending: filter.sort === sort && !filter.descending };
}

/** Any condition set, sorting aside. */
export function isFiltered(filter: RosterFilter): boolean {
  const { text, personalAccount, name, idNumber, status, fundType } = filter;
  return [text, personalAccount, name, idNumber, status, fundType].some((value) => value !== '');
}

/** The windows that hold the rows `first` to `end` (one past the last). */
export function pagesOf(first: number, end: number): number[] {
  const pages: number[] = [];
  const last = Math.floor(Math.max(first, end - 1) / ROSTER_WINDOW_ROWS);
  for (let page = Math.floor(first / ROSTER_WINDOW_ROWS); page <= last; page += 1) pages.push(page);
  return pages;
}
