import type { RosterPerson } from '../rules/employee.ts';
import { samePerson } from '../rules/identity.ts';
import { raise } from '../rules/issue.ts';
import type { Issue } from '../rules/issue.ts';
import { normaliseName } from '../rules/names.ts';
import type { EntryKind } from '../wire/primitives.ts';
import type { BatchCells } from './rows.ts';
import { batchRule, difference } from './wording.ts';

/**
 * 核对结果: 减少 compares 姓名 and 证件号码 with the roster, 补缴 姓名 alone (manual 七(二), 八(二),
 * 九(二)). A difference is told and asked about at sending; the roster's person is the one meant. What
 * could not be read is not compared.
 */
export function comparePerson(
  kind: EntryKind,
  cells: BatchCells,
  person: RosterPerson,
  unread: ReadonlySet<string>,
): { readonly issues: readonly Issue[]; readonly differences: readonly string[] } {
  const issues: Issue[] = [];
  const differences: string[] = [];
  const name = cells.name?.text ?? '';
  const isNamed = name !== '' && !unread.has('name');
  if (isNamed && normaliseName(name).text !== normaliseName(person.name).text) {
    differences.push(difference.name(name, person.name));
    const about = { field: 'name', value: name, rule: batchRule.rosterName(person.name) };
    issues.push(raise('notice', 'NAME_DIFFERS', about));
  }
  const id = cells.idNumber?.text ?? '';
  if (kind === 'reduction' && !unread.has('idNumber') && !samePerson(id, person.idNumber)) {
    differences.push(difference.idNumber(id, person.idNumber));
    const about = { field: 'idNumber', value: id, rule: batchRule.rosterId(person.idNumber) };
    issues.push(raise('notice', 'ID_DIFFERS', about));
  }
  return { issues, differences };
}
