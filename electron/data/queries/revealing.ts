import { fail, type Result, succeed } from '../../../shared/errors/result.ts';
import type { Reveal } from '../../../shared/ipc/queries.ts';
import type { Audit, UnitDatabase } from '../ports.ts';
import type { Roster } from '../roster/roster.ts';
import type { FiledItems } from './filed-items.ts';

interface RevealingParts {
  readonly database: UnitDatabase;
  readonly audit: Audit;
  readonly roster: Roster;
  readonly items: FiledItems;
}

/** One ID number, and whose it is as 操作记录 names it: by account, or by its place in the order. */
interface Shown {
  readonly idNumber: string;
  readonly account: string;
  readonly seq: number;
}

/**
 * Whole ID numbers for rows the clerk asks about. What is recorded is on the disk before a number
 * leaves; where it cannot be written nothing is shown.
 */
export function revealIdNumbers(
  parts: RevealingParts,
  request: Reveal,
): Result<{ idNumbers: string[] }> {
  const found = request.list === 'roster' ? ofRoster(parts, request) : ofOrder(parts, request);
  if (!found.ok) return found;
  const shown = found.value;
  const accounts = shown.map(({ account }) => account).filter((account) => account !== '');
  // a 登记 has no account before it succeeds
  const seqs = shown.filter(({ account }) => account === '').map(({ seq }) => String(seq));
  const recorded = parts.database.write(() => {
    parts.audit.record('idRevealed', {
      list: request.list,
      count: shown.length,
      accounts: accounts.join(' '),
      ...(request.list === 'order' ? { items: seqs.join(' '), oid: request.oid } : {}),
    });
    return succeed(undefined);
  });
  return recorded.ok ? succeed({ idNumbers: shown.map(({ idNumber }) => idNumber) }) : recorded;
}

function ofRoster(
  { roster }: RevealingParts,
  { rows }: Extract<Reveal, { list: 'roster' }>,
): Result<Shown[]> {
  const shown: Shown[] = [];
  for (const key of rows) {
    const person = roster.person(key);
    if (!person) return fail('NO_RECORD', key.personalAccount);
    shown.push({ idNumber: person.idNumber, account: key.personalAccount, seq: 0 });
  }
  return succeed(shown);
}

function ofOrder(
  { items }: RevealingParts,
  { oid, rows }: Extract<Reveal, { list: 'order' }>,
): Result<Shown[]> {
  const found = items.some(oid, rows);
  if (!found.ok) return found;
  return succeed(
    found.value.map(({ idNumber, personalAccount, seq }) => ({
      ...{ idNumber, seq },
      account: personalAccount,
    })),
  );
}
