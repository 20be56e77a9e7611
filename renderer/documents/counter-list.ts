import { succeed } from '../../shared/errors/result.ts';
import type { Result } from '../../shared/errors/result.ts';
import type { UnitStatus } from '../../shared/ipc/data.ts';
import type { Draft } from '../../shared/ipc/entries.ts';
import { groupIdNumber } from '../../shared/rules/identity.ts';
import { ask } from '../bridge.ts';
import { contentText, peopleText, printedReasons } from '../screens/counter/counter-rows.ts';
import { fundTypeWords } from '../text/common.ts';
import { counter } from '../text/counter.ts';
import { readClock } from '../state/centre-time.ts';
import { documents as words } from '../text/documents.ts';
import { kindWords } from '../text/kinds.ts';
import { secondText } from '../text/time.ts';
import type { Paper, PaperColumn } from './paper.ts';

/** 待柜面清单, as it goes to the counter: numbers in full, room for signature and seal. */
export async function readCounterList(): Promise<Result<Paper>> {
  const [listed, unit] = await Promise.all([ask('counter.list', {}), ask('unit.status', {})]);
  if (!listed.ok) return listed;
  if (!unit.ok) return unit;
  const printedAt = new Date(readClock() + unit.value.clockOffsetMs).toISOString();
  return succeed(makeCounterList(listed.value.drafts, unit.value, printedAt));
}

/** Widths add up to 269 mm. */
const columns: readonly PaperColumn[] = [
  { title: words.seq, widthMm: 11, align: 'center' },
  { title: words.name, widthMm: 30, wraps: true },
  { title: words.idNumber, widthMm: 40, wraps: true },
  { title: words.business, widthMm: 30, wraps: true },
  { title: words.content, widthMm: 50, wraps: true },
  { title: words.why, widthMm: 70, wraps: true },
  { title: words.bring, widthMm: 38, wraps: true },
];

export function makeCounterList(
  drafts: readonly Draft[],
  unit: Pick<UnitStatus, 'unitName' | 'unitAccount' | 'user' | 'parameters'>,
  printedAt: string,
): Paper {
  const reasons = unit.parameters?.reductionReasons ?? [];
  return {
    title: words.counterTitle,
    landscape: true,
    mark: `${unit.unitAccount} ${words.counterList}`,
    facts: [
      [words.unit, unit.unitName],
      [words.unitAccount, unit.unitAccount],
      [words.clerk, unit.user],
      [words.printedAt, secondText(printedAt)],
    ],
    columns,
    rows: drafts.map((draft, index) => [
      String(index + 1),
      draft.name,
      groupIdNumber(draft.idNumber),
      `${kindWords[draft.kind]} ${fundTypeWords[draft.fundType]}`,
      contentText(draft, reasons),
      printedReasons(draft).join(''),
      counter.bringFor[draft.kind],
    ]),
    totals: [[peopleText(drafts)]],
    notes: [],
    signatures: [words.clerkSigns, words.unitSeal, words.received],
  };
}
