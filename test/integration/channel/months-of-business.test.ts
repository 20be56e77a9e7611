import { afterAll, beforeAll, expect, test } from 'vitest';
import { SeededRandom } from '../../../electron/demo/people/random.ts';
import { shiftMonth } from '../../../electron/demo/review/months.ts';
import { valueOf } from './clerk.ts';
import {
  compare,
  dayOf,
  file,
  linesOf,
  MonthBooks,
  MonthKeys,
  reductionOf,
  type Standing,
} from './month-books.ts';
import { kindsAndFunds, RandomBusiness } from './random-business.ts';

const FIRST = 202501;
const MONTHS = 24;
const DEADLINE_MS = 600_000;
/** Two funds. */
const UNIT = '9900000500';

/** Other business in each run; `MONTH_SEED=…` repeats one that failed. */
const seed = process.env.MONTH_SEED ?? String(Date.now());

const keys = new MonthKeys(UNIT);
const books = new MonthBooks(keys);
beforeAll(async () => {
  await keys.make();
});
afterAll(async () => {
  await books.stop();
  keys.remove();
});

test(
  '24 months of business by two computers and the centre’s own counter agree, month by month and again at the end',
  async () => {
    console.info(`months of business: MONTH_SEED=${seed}`);
    await books.start(dayOf(FIRST, 3));
    const random = new SeededRandom(seed);
    const business = new RandomBusiness(random);
    const here = await books.computer('here');
    const there = await books.computer('there');
    /** By the test's own look at the table at the end of each month. */
    const ends = new Map<number, Standing[]>([[shiftMonth(FIRST, -1), books.standings()]]);
    for (let at = 0; at < MONTHS; at += 1) {
      const month = shiftMonth(FIRST, at);
      if (at > 0) {
        books.setClock(dayOf(month, 3));
        books.review();
      }
      valueOf(await here.signIn());
      await here.sync();
      await business.begin(here);
      await file(here, ...business.entries(month));
      if (random.chance(0.2)) await file(here, business.failing());
      let elsewhere = 0;
      if (random.chance(0.35)) {
        valueOf(await there.signIn());
        await there.sync();
        const entries = [business.registration(), reductionOf(business.draw())];
        elsewhere = entries.length;
        await file(there, ...entries);
        business.tally.add('elsewhere');
      }
      const isCounter = random.chance(0.3);
      if (isCounter) {
        const { personalAccount, fundType } = business.draw();
        const change = random.pick([
          'unit_fen = unit_fen + 700',
          "status = '02'",
          'base = base + 100',
        ]);
        books.atCounter(change, personalAccount, fundType);
        business.tally.add(change);
      }
      books.passReview();
      const view = await compare(here, month);
      ends.set(month, books.standings());
      const about = JSON.stringify({ seed, month, view, lines: await linesOf(here, view) });
      expect(view, about).toMatchObject({ businessMonth: month, currentMonth: month });
      expect(view.verdict, about).toBe(elsewhere > 0 || isCounter ? 'explained' : 'equal');
      expect(view.comparison.found, about).toEqual({
        ...{ differences: 0, elsewhere, counter: isCounter ? 1 : 0 },
      });
      expect(nowOf(view.comparison.funds.map(({ centre }) => centre)), about).toEqual(
        books.standings(),
      );
      // the review of this one ends after the month
      if (random.chance(0.4)) {
        await file(here, business.registration());
        business.tally.add('late');
      }
    }
    console.info(`of it: ${business.tally.toString()}`);
    for (const what of kindsAndFunds) expect(business.tally.of(what), what).toBeGreaterThan(0);

    books.setClock(dayOf(shiftMonth(FIRST, MONTHS), 3));
    valueOf(await here.signIn());
    for (let at = 0; at < MONTHS; at += 1) {
      const month = shiftMonth(FIRST, at);
      const view = await compare(here, month);
      const { funds } = view.comparison;
      const about = JSON.stringify({ seed, month, view, lines: await linesOf(here, view) });
      expect(view.verdict, about).not.toBe('differs');
      expect(
        funds.map(({ centre }) => centre),
        about,
      ).toEqual(funds.map(({ ours }) => ours));
      const last = funds.map(({ fundType, centre }) => ({ fundType, ...centre.last }));
      expect(last, about).toEqual(ends.get(shiftMonth(month, -1)));
      expect(nowOf(funds.map(({ centre }) => centre)), about).toEqual(ends.get(month));
    }
    const trend = valueOf(await here.host.handlers['month.trend']({})).points;
    expect(trend).toHaveLength(12);
    const figures = trend.filter(({ source }) => source === 'figure');
    expect(figures.length).toBeGreaterThanOrEqual(11);
    for (const { businessMonth, accounts, fen } of figures) {
      const end = ends.get(businessMonth) ?? [];
      expect([businessMonth, accounts, fen]).toEqual([
        businessMonth,
        end.reduce((sum, { heads }) => sum + heads, 0),
        end.reduce((sum, each) => sum + each.fen, 0),
      ]);
    }
    await here.close();
    await there.close();
  },
  DEADLINE_MS,
);

function nowOf(
  columns: readonly {
    readonly fundType: Standing['fundType'];
    readonly now: Omit<Standing, 'fundType'>;
  }[],
): Standing[] {
  return columns.map(({ fundType, now }) => ({ fundType, ...now }));
}
