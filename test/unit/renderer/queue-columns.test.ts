import { expect, it } from 'vitest';
import { leastWidth } from '../../../renderer/parts/grid-window.ts';
import { queueColumns } from '../../../renderer/screens/queue/queue-columns.tsx';
import { toFen } from '../../../shared/rules/money.ts';
import type { Draft } from '../../../shared/ipc/entries.ts';
import type { Parameters } from '../../../shared/wire/parameters.ts';
import { entryKindSchema } from '../../../shared/wire/primitives.ts';
import { draftWith } from './samples.ts';

/** A window of 1366 px less menu, form, the list's margin and its scrollbar of 17 px. */
const LIST_PX = 1366 - 200 - 360 - 12 - 17;
const CHARACTER_PX = 14;
const CELL_PADDING_PX = 16;

const parametersWith = (terms: Partial<Parameters['terms']>): Parameters => ({
  ...{ version: 1, source: 'demo', businessMonth: 202611, reductionReasons: [], idTypes: [] },
  ...{ notices: [], resultsPollSeconds: 30 },
  filing: { openTime: '09:00', closeTime: '16:30', calendar: [], calendarThrough: '2026' },
  terms: {
    ...{ ratioPolicy: 'uniform', ratio: 12, fundTypes: ['10'], policies: [], nameLimit: 5 },
    ...{ ratioMin: 5, ratioMax: 12, subsidyRatioMin: 1, subsidyRatioMax: 25 },
    ...terms,
  },
});

const units = [
  parametersWith({}),
  parametersWith({ ratioPolicy: 'perEmployee' }),
  parametersWith({ ratioPolicy: 'perEmployee', fundTypes: ['10', '11'] }),
];

it('every queue fits a window of 1366 px in every kind of unit, with names of six characters', () => {
  const drafts = [draftWith({ typedBase: toFen(9_999_999), totalFen: toFen(9_999_999) })];
  for (const parameters of units) {
    for (const kind of entryKindSchema.options) {
      const columns = queueColumns({
        ...{ kind, parameters, drafts, waiting: new Set(), selected: new Set(), selectable: 1 },
        ...{ onToggle: () => undefined, onAll: () => undefined },
      });
      expect(leastWidth(columns.map(({ width }) => width)), kind).toBeLessThanOrEqual(LIST_PX);
      const name = columns.find(({ key }) => key === 'name');
      const least = leastWidth([name?.width ?? '']);
      expect(least - CELL_PADDING_PX).toBeGreaterThanOrEqual(6 * CHARACTER_PX);
    }
  }
});

/** The smallest window, whose form is narrower. */
const SMALL_LIST_PX = 1180 - 200 - 332 - 12 - 17;

it('a plain unit sees every sum in the smallest window, and the notes take room only once there are any', () => {
  const plain = draftWith({ typedBase: toFen(800_000), totalFen: toFen(192_000) });
  const sent = { ...plain, orderId: plain.id };
  for (const kind of entryKindSchema.options) {
    const widthsOf = (draft: Draft) =>
      queueColumns({
        ...{ kind, parameters: parametersWith({}), drafts: [draft], selectable: 1 },
        ...{ waiting: new Set<string>(), selected: new Set<string>() },
        ...{ onToggle: () => undefined, onAll: () => undefined },
      }).map(({ width }) => width);
    expect(leastWidth(widthsOf(plain)), kind).toBeLessThanOrEqual(SMALL_LIST_PX);
    const noted = widthsOf(sent);
    expect(leastWidth(noted)).toBeGreaterThan(leastWidth(widthsOf(plain)));
    expect(noted.slice(0, -1)).toEqual(widthsOf(plain).slice(0, -1));
  }
});
