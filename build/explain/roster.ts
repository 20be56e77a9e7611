import type { EntryContext } from '../../shared/rules/entry.ts';
import type { RosterPerson } from '../../shared/rules/employee.ts';
import { toEighteen } from '../../shared/rules/identity.ts';

/** How the checks ask a roster that came as a list: each question is one look-up. */
export function lookUp(
  roster: readonly RosterPerson[],
): Pick<EntryContext, 'findPerson' | 'isKnownUnderOtherFund' | 'activeIds'> {
  const people = new Map<string, RosterPerson>();
  const funds = new Map<string, Set<string>>();
  const active = new Set<string>();
  for (const row of roster) {
    const { personalAccount, fundType, status, idNumber } = row;
    const key = `${fundType} ${personalAccount}`;
    if (!people.has(key)) people.set(key, row);
    funds.set(personalAccount, (funds.get(personalAccount) ?? new Set()).add(fundType));
    if (status === '01') active.add(`${fundType} ${toEighteen(idNumber)}`);
  }
  return {
    findPerson: (account, fund) => people.get(`${fund} ${account}`),
    isKnownUnderOtherFund: (account, fund) =>
      [...(funds.get(account) ?? [])].some((other) => other !== fund),
    activeIds: (id18, fund) => active.has(`${fund} ${id18}`),
  };
}
