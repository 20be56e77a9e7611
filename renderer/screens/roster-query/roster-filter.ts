import type { z } from 'zod';
import type { rosterQuerySchema, rosterSortSchema } from '../../../shared/ipc/roster.ts';
import { isOpenRange, noRange, readRange } from './amount-range.ts';
import type { TypedRange } from './amount-range.ts';

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
  readonly base: TypedRange;
  /** 月缴存额 */
  readonly monthly: TypedRange;
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
  base: noRange,
  monthly: noRange,
  sort: 'personalAccount',
  descending: false,
};

/** The question for some of the rows that match. */
export function requestFor(filter: RosterFilter, offset: number, limit: number): RosterRequest {
  const { sort, descending, ...fields } = filter;
  const [base, monthly] = [readRange(fields.base), readRange(fields.monthly)];
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
    ...(base.from === undefined ? {} : { baseFrom: base.from }),
    ...(base.to === undefined ? {} : { baseTo: base.to }),
    ...(monthly.from === undefined ? {} : { monthlyFrom: monthly.from }),
    ...(monthly.to === undefined ? {} : { monthlyTo: monthly.to }),
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
  return JSON.stringify({ ...filter, sort: '', descending: false });
}

/** Any condition set, sorting aside. */
export function isFiltered({ base, monthly, ...filter }: RosterFilter): boolean {
  const { text, personalAccount, name, idNumber, status, fundType } = filter;
  return (
    [text, personalAccount, name, idNumber, status, fundType].some((value) => value !== '') ||
    !isOpenRange(base) ||
    !isOpenRange(monthly)
  );
}
