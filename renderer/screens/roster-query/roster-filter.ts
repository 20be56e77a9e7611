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

/** The question for some of the rows that match. */
export function requestFor(filter: RosterFilter, offset: number, limit: number): RosterRequest {
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
    offset,
    limit,
  };
}

/** A click on a column: ascending first, then descending. */
export function sortBy(filter: RosterFilter, sort: RosterSort): RosterFilter {
  return { ...filter, sort, descending: filter.sort === sort && !filter.descending };
}

/** What the filter asks for, sorting aside, in a form that can be compared. */
export function conditionsOf(filter: RosterFilter): string {
  const { text, personalAccount, name, idNumber, status, fundType } = filter;
  return JSON.stringify([text, personalAccount, name, idNumber, status, fundType]);
}

/** Any condition set, sorting aside. */
export function isFiltered(filter: RosterFilter): boolean {
  const { text, personalAccount, name, idNumber, status, fundType } = filter;
  return [text, personalAccount, name, idNumber, status, fundType].some((value) => value !== '');
}
