import { describe, expect, it } from 'vitest';
import { BACKUPS_MAX, chooseOutdated, TODAY_MAX } from '../../../electron/data/backup/rotation.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const START_MS = Date.parse('2026-11-01T01:00:00.000Z');

interface Kept {
  readonly name: string;
  readonly at: string;
}

/** Takes backups as they come and throws away what the rotation names. */
function live(times: readonly number[]): Kept[] {
  let kept: Kept[] = [];
  for (const ms of times) {
    const at = new Date(ms).toISOString();
    kept.push({ name: at, at });
    const outdated = new Set(chooseOutdated(kept, at));
    expect(outdated.has(at)).toBe(false);
    kept = kept.filter(({ name }) => !outdated.has(name));
    expect(kept.length).toBeLessThanOrEqual(BACKUPS_MAX);
  }
  return kept;
}

describe('which backups stay', () => {
  it("keeps today's three newest, then the newest of each day, ten in all, over a month", () => {
    const times = Array.from({ length: 30 }, (_, day) =>
      Array.from({ length: 5 }, (_, hour) => START_MS + day * DAY_MS + hour * HOUR_MS),
    ).flat();
    const kept = live(times).map(({ at }) => at);
    expect(kept).toHaveLength(BACKUPS_MAX);
    expect(kept.slice(-TODAY_MAX).map((at) => at.slice(8, 13))).toEqual([
      '30T03',
      '30T04',
      '30T05',
    ]);
    const before = kept.slice(0, -TODAY_MAX).map((at) => at.slice(8, 13));
    expect(before).toEqual(['23T05', '24T05', '25T05', '26T05', '27T05', '28T05', '29T05']);
  });

  it('counts days as the centre does: midnight there is 16:00 UTC', () => {
    const at = (text: string) => Date.parse(`2026-11-05T${text}:00.000Z`);
    const kept = live([at('14:00'), at('15:00'), at('15:59'), at('16:00'), at('16:01')]);
    expect(kept.map((each) => each.at.slice(11, 16))).toEqual(['15:59', '16:00', '16:01']);
  });

  it('keeps the last one of days that lie far back, as long as there is room', () => {
    const kept = live([0, 1, 40, 400].map((day) => START_MS + day * DAY_MS));
    expect(kept).toHaveLength(4);
  });
});
