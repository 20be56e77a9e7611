import { catalogue } from '../../../shared/errors/catalogue.ts';
import type { ErrorCode } from '../../../shared/errors/catalogue.ts';
import type { CatalogueEntry } from '../../../shared/errors/catalogue-entry.ts';
import { errorWords } from '../../text/help.ts';
import { channelCauses, orderCauses, rosterCauses } from './channel.ts';
import { dataCauses, signInCauses } from './data.ts';
import { entryCauses } from './entry.ts';
import { cellCauses, fileCauses } from './file.ts';
import { keyCauses } from './key.ts';
import { programCauses } from './program.ts';

/** 原因 of every code: one that is missing does not compile. */
const causes = {
  ...programCauses,
  ...dataCauses,
  ...signInCauses,
  ...keyCauses,
  ...channelCauses,
  ...orderCauses,
  ...rosterCauses,
  ...entryCauses,
  ...fileCauses,
  ...cellCauses,
} as const satisfies Readonly<Record<ErrorCode, string>>;

interface ErrorGroup {
  readonly id: string;
  readonly title: string;
  readonly codes: readonly ErrorCode[];
}

function groupOf(id: keyof typeof errorWords.groups, part: object): ErrorGroup {
  return { id, title: errorWords.groups[id], codes: Object.keys(part) as ErrorCode[] };
}

/** 错误说明, in the order of the work. */
export const errorGroups: readonly ErrorGroup[] = [
  groupOf('signIn', signInCauses),
  groupOf('key', keyCauses),
  groupOf('channel', channelCauses),
  groupOf('order', orderCauses),
  groupOf('entry', entryCauses),
  groupOf('file', fileCauses),
  groupOf('cell', cellCauses),
  groupOf('roster', rosterCauses),
  groupOf('data', dataCauses),
  groupOf('program', programCauses),
];

export interface ErrorExplanation {
  readonly code: ErrorCode;
  readonly text: string;
  readonly cause: string;
  readonly next: string;
  /** That the centre may have the order, where 怎么办 does not say it by itself; empty otherwise. */
  readonly remark: string;
}

export function explainError(code: ErrorCode): ErrorExplanation {
  const { text, next, mayHaveArrived }: CatalogueEntry = catalogue[code];
  const remark = mayHaveArrived && !next.includes('重新录入') ? errorWords.mayHaveArrived : '';
  return { code, text, cause: causes[code], next, remark };
}
