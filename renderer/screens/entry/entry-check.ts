import { useCallback } from 'react';
import { succeed } from '../../../shared/errors/result.ts';
import type { Draft } from '../../../shared/ipc/entries.ts';
import { dateAt } from '../../../shared/rules/dates.ts';
import type { EntryContext } from '../../../shared/rules/entry.ts';
import { PERSONAL_ACCOUNT_DIGITS, rosterPersonSchema } from '../../../shared/rules/employee.ts';
import type { RosterPerson } from '../../../shared/rules/employee.ts';
import { normaliseIdNumber, toEighteen } from '../../../shared/rules/identity.ts';
import { toMonth } from '../../../shared/rules/months.ts';
import { isFundType } from '../../../shared/rules/policy.ts';
import type { QueuedEntry } from '../../../shared/rules/queue.ts';
import { normaliseTyped } from '../../../shared/rules/typed.ts';
import type { FilingWindow } from '../../../shared/rules/window.ts';
import type { Parameters } from '../../../shared/wire/parameters.ts';
import type { RosterRow } from '../../../shared/wire/roster.ts';
import { ask } from '../../bridge.ts';
import { useCentreTime } from '../../state/centre-time.ts';
import { useReading } from '../../state/reading.ts';
import type { Form } from './form.ts';

/** Whether the roster of this computer has a 正常 account of that fund for a complete number. */
function useActiveAccount({ idNumber, fundType }: Form): string | undefined {
  const id = normaliseIdNumber(idNumber);
  const id18 = id.length === 15 || id.length === 18 ? toEighteen(id) : '';
  const read = useCallback(async () => {
    if (id18 === '' || !isFundType(fundType)) return succeed(undefined);
    const answer = await ask('roster.query', {
      text: '',
      idNumber: id18,
      status: '01',
      fundType,
      sort: 'personalAccount',
      descending: false,
      offset: 0,
      limit: 1,
    });
    if (!answer.ok) return answer;
    return succeed(answer.value.total > 0 ? id18 : undefined);
  }, [id18, fundType]);
  return useReading(read, 'roster').value;
}

/** The twelve digits of a complete account; empty while it is typed or searched for. */
export function completeAccount(text: string): string {
  const digits = normaliseTyped(text).text.replaceAll(' ', '');
  const isComplete = /^\d+$/.test(digits) && digits.length === PERSONAL_ACCOUNT_DIGITS;
  return isComplete ? digits : '';
}

interface Accounts {
  readonly rows: readonly RosterRow[];
  /** The answer is on its way: nothing can be said of the account yet. */
  readonly isLooking: boolean;
}

/** The accounts of the number in the form, one for each fund the unit has. */
function useAccounts(form: Form, { terms }: Parameters): Accounts {
  const personalAccount = completeAccount(form.personalAccount);
  const { fundTypes } = terms;
  const read = useCallback(async () => {
    const rows: RosterRow[] = [];
    if (personalAccount === '') return succeed({ personalAccount, rows });
    for (const fundType of fundTypes) {
      const answer = await ask('roster.person', { personalAccount, fundType });
      if (!answer.ok) return answer;
      if (answer.value.person) rows.push(answer.value.person);
    }
    return succeed({ personalAccount, rows });
  }, [personalAccount, fundTypes]);
  const { value, failure } = useReading(read, 'roster');
  const isHere = value?.personalAccount === personalAccount;
  return { rows: isHere ? value.rows : [], isLooking: !isHere && failure === undefined };
}

/** A draft as the rules look at it. */
export function queuedOf(draft: Draft): QueuedEntry {
  const { kind, fundType, personalAccount, idNumber, from, to } = draft;
  return {
    kind,
    fundType,
    ...(personalAccount === '' ? {} : { personalAccount }),
    ...(idNumber === '' ? {} : { idNumber }),
    ...(from === 0 ? {} : { from: toMonth(from), to: toMonth(to) }),
  };
}

function personOf(row: RosterRow | undefined): RosterPerson | undefined {
  const read = rosterPersonSchema.safeParse(row);
  return read.success ? read.data : undefined;
}

export interface EntryCheck {
  readonly context: EntryContext;
  /** The account in the form under the fund in the form. */
  readonly account: RosterRow | undefined;
  readonly isLooking: boolean;
}

interface CheckParts {
  readonly form: Form;
  readonly parameters: Parameters;
  readonly window: FilingWindow;
  /** The queues of all kinds, without the draft that is edited. */
  readonly drafts: readonly Draft[];
}

/** All that the rules need to look at an entry while it is typed. */
export function useEntryCheck({ form, parameters, window, drafts }: CheckParts): EntryCheck {
  const active = useActiveAccount(form);
  const { rows, isLooking } = useAccounts(form, parameters);
  const today = dateAt(useCentreTime());
  const find = (account: string, fund: string) =>
    rows.find((row) => row.personalAccount === account && row.fundType === fund);
  const account = rows.find((row) => row.fundType === form.fundType);
  const context: EntryContext = {
    terms: parameters.terms,
    businessMonth: window.businessMonth,
    today,
    mayLandNextMonth: window.mayLandNextMonth,
    reasons: parameters.reductionReasons,
    queue: drafts.map(queuedOf),
    findPerson: (personalAccount, fundType) => personOf(find(personalAccount, fundType)),
    isKnownUnderOtherFund: (personalAccount, fundType) =>
      rows.some((row) => row.personalAccount === personalAccount && row.fundType !== fundType),
    activeIds: (id18) => id18 === active,
  };
  return { context, account, isLooking };
}
