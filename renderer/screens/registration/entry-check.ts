import { useCallback } from 'react';
import { succeed } from '../../../shared/errors/result.ts';
import type { Draft } from '../../../shared/ipc/data.ts';
import { dateAt } from '../../../shared/rules/dates.ts';
import { normaliseIdNumber, toEighteen } from '../../../shared/rules/identity.ts';
import type { BusinessMonth } from '../../../shared/rules/months.ts';
import { isFundType } from '../../../shared/rules/policy.ts';
import type { UnitTerms } from '../../../shared/rules/policy.ts';
import type { RegistrationContext } from '../../../shared/rules/registration.ts';
import { ask } from '../../bridge.ts';
import { useCentreTime } from '../../state/centre-time.ts';
import { useReading } from '../../state/reading.ts';
import type { Entry } from './entry.ts';

/** Whether the roster of this computer has a 正常 account of that fund for a complete number. */
function useActiveAccount(entry: Entry): string | undefined {
  const id = normaliseIdNumber(entry.idNumber);
  const id18 = id.length === 15 || id.length === 18 ? toEighteen(id) : '';
  const { fundType } = entry;
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

/** All that the rules need to look at an entry while it is typed. */
export function useEntryContext(
  entry: Entry,
  terms: UnitTerms,
  businessMonth: BusinessMonth,
  drafts: readonly Draft[],
): RegistrationContext {
  const active = useActiveAccount(entry);
  const today = dateAt(useCentreTime());
  return {
    terms,
    businessMonth,
    today,
    queueIds: drafts
      .filter((draft) => draft.fundType === entry.fundType)
      .map((draft) => draft.idNumber),
    activeIds: (id18) => id18 === active,
  };
}
