import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ROW_PX, rowsSeen, visibleRows } from '../../../renderer/parts/grid-window.ts';
import { widthOf } from '../../../renderer/parts/amount-width.ts';
import { pickCertificate } from '../../../renderer/screens/platform/certificates.ts';
import { chosenItems, limitOf } from '../../../renderer/screens/results/items.ts';
import { landedElsewhere } from '../../../renderer/screens/results/landing.ts';
import {
  contentText,
  counterReason,
  peopleText,
  printedReasons,
} from '../../../renderer/screens/counter/counter-rows.ts';
import { unpaidMonths } from '../../../renderer/screens/entry/unpaid.ts';
import {
  filterDrafts,
  nextSort,
  noteOf,
  noticesOf,
  refusalOf,
  sortDrafts,
  stillSelected,
  totalsOf,
} from '../../../renderer/screens/queue/queue-rows.ts';
import {
  conditionsOf,
  isFiltered,
  noFilter,
  requestFor,
  sortBy,
} from '../../../renderer/screens/roster-query/roster-filter.ts';
import { percentOf } from '../../../renderer/screens/roster-sync/percent.ts';
import { sumEffective, sumOrders } from '../../../renderer/screens/today/review.ts';
import { PAGE_ROWS, pagesOf } from '../../../renderer/state/paged-rows.ts';
import { withEnd, withProgress } from '../../../renderer/state/sync.ts';
import { rosterQuerySchema } from '../../../shared/ipc/roster.ts';
import { raise } from '../../../shared/rules/issue.ts';
import { formatFen, toFen } from '../../../shared/rules/money.ts';
import { toMonth } from '../../../shared/rules/months.ts';
import { accountWith, certificateWith, draftWith, itemWith, orderWith } from './samples.ts';

describe('the rows that are drawn', () => {
  it('cover what is in sight and never leave the list', () => {
    fc.assert(
      fc.property(
        fc.nat(4_000_000),
        fc.integer({ min: 36, max: 2000 }),
        fc.nat(100_000),
        (scrollTop, height, total) => {
          const { first, end } = visibleRows(scrollTop, height, total);
          expect(first).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(total);
          const inSight = Math.min(total, Math.ceil((scrollTop + height) / ROW_PX));
          if (scrollTop < total * ROW_PX) {
            expect(first).toBeLessThanOrEqual(Math.floor(scrollTop / ROW_PX));
            expect(end).toBeGreaterThanOrEqual(inSight);
          }
        },
      ),
    );
  });
});

describe('the rows that are seen', () => {
  it('are those between the edges, and none of an empty list', () => {
    expect(rowsSeen(0, 10 * ROW_PX, 100)).toEqual({ first: 0, end: 10 });
    expect(rowsSeen(5 * ROW_PX, 2 * ROW_PX, 6)).toEqual({ first: 5, end: 6 });
    expect(rowsSeen(0, 500, 0)).toEqual({ first: 0, end: 0 });
  });
});

describe('the question to the roster', () => {
  it('leaves empty fields out and is accepted by the contract', () => {
    const request = requestFor(
      { ...noFilter, text: ' 赵 ', idNumber: '990100 1990', status: '02' },
      3 * PAGE_ROWS,
      PAGE_ROWS,
    );
    expect(request).toEqual({
      text: '赵',
      idNumber: '9901001990',
      status: '02',
      sort: 'personalAccount',
      descending: false,
      offset: 3 * PAGE_ROWS,
      limit: PAGE_ROWS,
    });
    expect(rosterQuerySchema.safeParse(request).success).toBe(true);
  });

  it('is accepted by the contract whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (typed) => {
        const filter = {
          ...noFilter,
          text: typed,
          personalAccount: typed,
          name: typed,
          idNumber: typed,
          base: { from: typed, to: typed },
          monthly: { from: typed, to: '' },
        };
        expect(rosterQuerySchema.safeParse(requestFor(filter, 0, PAGE_ROWS)).success).toBe(true);
      }),
    );
  });

  it('asks for every window that holds a row in sight', () => {
    expect(pagesOf(0, 30)).toEqual([0]);
    expect(pagesOf(PAGE_ROWS - 1, PAGE_ROWS + 1)).toEqual([0, 1]);
  });

  it('turns a sorted column round, and starts another ascending', () => {
    const once = sortBy(noFilter, 'base');
    expect(once).toMatchObject({ sort: 'base', descending: false });
    expect(sortBy(once, 'base').descending).toBe(true);
    // what was uncovered stays so while the same people are only sorted
    expect(conditionsOf(once)).toBe(conditionsOf(noFilter));
    expect(conditionsOf({ ...once, status: '02' })).not.toBe(conditionsOf(noFilter));
    expect(isFiltered(once)).toBe(false);
    expect(isFiltered({ ...noFilter, fundType: '11' })).toBe(true);
    const low = { ...noFilter, base: { from: '', to: '3000' } };
    expect(isFiltered(low)).toBe(true);
    expect(conditionsOf(low)).not.toBe(conditionsOf(noFilter));
  });
});

describe('the pending queue', () => {
  const outdated = raise('error', 'DRAFT_OUTDATED', {
    field: 'base',
    value: '2,490.00元',
    rule: '录入时为2,490.00元，现为2,660.00元',
  });
  const drafts = [
    draftWith({ id: 'a' }),
    draftWith({ id: 'b', name: '钱多多', totalFen: 63_800, typedBase: 200_000, base: 266_000 }),
    draftWith({ id: 'c', orderId: 'o' }),
    draftWith({ id: 'd', holds: false, issues: [outdated] }),
  ];
  const none = new Set<string>();

  it('confirms all that holds and is not under way, and says how many do not hold', () => {
    expect(totalsOf(drafts)).toEqual({
      ...{ ids: ['a', 'b'], count: 2, people: 1, fen: 255_800, excluded: 1 },
    });
  });

  it('forgets the selection of rows that went, are hidden or are under way', () => {
    expect([...stillSelected(new Set(['b', 'c', 'd', 'gone']), drafts)]).toEqual(['b', 'd']);
  });

  it('notes a clamp, an order under way or left to the opening, and why a row no longer holds', () => {
    const notes = drafts.map((draft) => noteOf(draft, none)?.text);
    expect(notes).toEqual([
      undefined,
      '按最低基数 2,660.00',
      '等待中心答复',
      '参数或职工信息已变，与录入时不同。录入时为2,490.00元，现为2,660.00元。请打开这条记录核对后重新录入，或删除。',
    ]);
    const [, , third, fourth] = drafts;
    expect(third && noteOf(third, new Set(['o']))?.text).toBe('等待办理时间');
    expect(fourth && noteOf(fourth, none)).toMatchObject({ tone: 'bad' });
    expect(fourth && noteOf(fourth, none)?.more).toContain('现为2,660.00元');
  });

  it('is filtered by name, account or part of the ID number', () => {
    const ids = (text: string) => filterDrafts(drafts, text).map(({ id }) => id);
    expect(ids('钱')).toEqual(['b']);
    expect(ids('９９０１００ 1990')).toHaveLength(4);
    expect(ids(' ')).toHaveLength(4);
    expect(ids('没有')).toEqual([]);
  });

  it('is sorted by a column up, down, and then in order of entry again', () => {
    const up = nextSort(undefined, 'totalFen');
    const down = nextSort(up, 'totalFen');
    expect(sortDrafts(drafts, up)[0]?.id).toBe('b');
    expect(sortDrafts(drafts, down).map(({ id }) => id)).toEqual(['a', 'c', 'd', 'b']);
    expect(nextSort(down, 'totalFen')).toBeUndefined();
    expect(nextSort(down, 'name')).toEqual({ key: 'name', descending: false });
    expect(sortDrafts(drafts, undefined)).toBe(drafts);
  });

  it('says why the centre refused a row, in its own words where the code is unknown', () => {
    const found = { field: 'idNumber', value: '', rule: '该职工的档案正在合并。' };
    const active = draftWith({ issues: [raise('error', 'ACCOUNT_ACTIVE', found)] });
    expect(noteOf(active, none)?.text).toContain('存在正常缴存账户。');
    expect(refusalOf(active)).toBe(noteOf(active, none)?.text);
    const other = draftWith({ issues: [raise('error', 'ORDER_REJECTED', found)] });
    expect(refusalOf(other)).toBe('该职工的档案正在合并。');
    expect(refusalOf({ ...other, orderId: 'o' })).toBe('');
  });

  it('notes every adjustment, shortly in the row and whole beside it', () => {
    const found = { field: 'ratio', value: '30', rule: '' };
    const draft = draftWith({
      unitRatio: 25,
      typed: {
        ...{ kind: 'registration', fundType: '11', name: '赵一', idType: '01' },
        ...{ idNumber: '990100900101001', base: '8000', ratio: '30' },
      },
      issues: [
        raise('notice', 'RATIO_RANGE', found),
        raise('notice', 'TYPED_FULL_WIDTH', found),
        raise('notice', 'ID_FIFTEEN', found),
      ],
    });
    expect(noteOf(draft, none)?.text).toBe('比例按 25%，全角已改半角，15位号码');
    expect(noticesOf(draft)[0]).toBe('录入的比例 30 不在允许范围内，按 25% 计算。');
    expect(noticesOf(draft)).toHaveLength(3);
    expect(refusalOf(draft)).toBe('');
  });

  it('is wide enough for every digit of its largest amount', () => {
    const pixels = Number.parseInt(widthOf([100, 100_000_000_000, 5]), 10);
    const digits = formatFen(toFen(100_000_000_000)).replace(/\D/g, '');
    expect(pixels).toBeGreaterThanOrEqual(digits.length * 8 + 4 * 4 + 16);
    expect(widthOf([])).toBe(widthOf([80_000]));
  });
});

describe('待柜面', () => {
  it('names the wage of a 登记 and account and months of a back-payment', () => {
    expect(contentText(draftWith({}), [])).toBe('月均工资 8,000.00');
    const typed = {
      kind: 'missedBackPay',
      fundType: '10',
      personalAccount: '990000000001',
      from: '202401',
      to: '202412',
      base: '6000',
      ratio: '12',
    } as const;
    const content = contentText(draftWith({ typed, personalAccount: '990000000001' }), []);
    expect(content).toBe('客户号 990000000001，202401 至 202412，月均工资 6,000.00');
  });

  it('gives every reason once and leaves notices out', () => {
    const found = { field: 'name', value: '', rule: '' };
    const long = raise('counter', 'NAME_TOO_LONG', found);
    const wide = raise('notice', 'TYPED_FULL_WIDTH', found);
    expect(counterReason(draftWith({ issues: [long, wide, long] }))).toBe(
      '姓名超过中心允许的长度。',
    );
  });

  it('says on paper what was entered and the limit it met', () => {
    const found = { field: 'name', value: '阿卜杜热合曼江', rule: '姓名最多5个汉字（手册六.1）' };
    const draft = draftWith({ issues: [raise('counter', 'NAME_TOO_LONG', found)] });
    expect(printedReasons(draft)).toEqual([
      '姓名超过中心允许的长度。录入的姓名为“阿卜杜热合曼江”；姓名最多5个汉字。',
    ]);
    expect(counterReason(draft)).toBe('姓名超过中心允许的长度。姓名最多5个汉字。');
  });

  it('counts people at its head, and rows where there are more', () => {
    const one = draftWith({ idNumber: '990100199001010012' });
    const other = draftWith({ idNumber: '990100198512310020' });
    expect(peopleText([one, other])).toBe('共 2 人');
    expect(peopleText([one, other, one])).toBe('共 2 人，3 条');
  });
});

describe('months not paid', () => {
  const month = toMonth(202611);

  it('are the gaps between the first month paid and the business month', () => {
    const paid: [number, number][] = [
      [202601, 202603],
      [202606, 202609],
    ];
    expect(unpaidMonths(accountWith({ paid }), month)).toBe('2026年4月至2026年5月、2026年10月');
    expect(unpaidMonths(accountWith({ paid: [[202001, 202610]] }), month)).toBe('');
  });

  it('are not guessed of an account that never paid', () => {
    expect(unpaidMonths(accountWith({ paid: [] }), month)).toBe('');
  });
});

describe('results', () => {
  it('counts 处理中 under 待确认', () => {
    const items = (['pending', 'processing', 'succeeded', 'failed', null] as const).map(
      (state, at) => itemWith({ seq: at + 1, state }),
    );
    expect(chosenItems(items, 'pending').map((item) => item.seq)).toEqual([1, 2]);
    expect(chosenItems(items, 'failed').map((item) => item.seq)).toEqual([4]);
    expect(chosenItems(items, 'all')).toHaveLength(5);
  });

  it('marks what landed in another month, not what has not landed yet', () => {
    expect(landedElsewhere(itemWith({ landedMonth: 202612 }), 202611)).toBe(true);
    expect(landedElsewhere(itemWith({ landedMonth: 202611 }), 202611)).toBe(false);
    expect(landedElsewhere(itemWith({}), 202611)).toBe(false);
  });

  it('names the limit a base stands at, and none in between', () => {
    const policy = {
      fundType: '10',
      from: toMonth(202607),
      minBase: toFen(266_000),
      maxBase: toFen(4_215_100),
      rounding: 'yuanHalfUp',
    } as const;
    const terms = {
      ratioPolicy: 'uniform',
      ratio: 12,
      fundTypes: ['10'],
      policies: [policy],
      nameLimit: 5,
      ratioMin: 5,
      ratioMax: 12,
      subsidyRatioMin: 1,
      subsidyRatioMax: 25,
    } as const;
    const limit = (base: number) => limitOf(itemWith({ base }), 202611, terms);
    expect([266_000, 800_000, 4_215_100].map(limit)).toEqual(['lowest', undefined, 'highest']);
  });

  it('sums people of taken orders only', () => {
    const orders = [
      orderWith({ pending: 2, succeeded: 3, failed: 1 }),
      orderWith({ state: 'sent', pending: 9 }),
    ];
    expect(sumOrders(orders)).toEqual({ pending: 2, succeeded: 3, failed: 1 });
  });
});

describe('what took effect at once', () => {
  it('counts back-payments and reductions with a receipt, never a 登记', () => {
    const orders = [
      orderWith({ kind: 'reduction', acceptedCount: 3 }),
      orderWith({ kind: 'reduction', state: 'draft', acceptedCount: 0 }),
      orderWith({ kind: 'missedBackPay', acceptedCount: 3, failed: 1 }),
      orderWith({ acceptedCount: 5 }),
    ];
    expect(sumEffective(orders, 'reduction')).toBe(3);
    expect(sumEffective(orders, 'missedBackPay')).toBe(2);
    expect(sumEffective(orders, 'registration')).toBe(0);
  });
});

describe('the sync', () => {
  it('is ended by its answer, not by a progress event', () => {
    const running = withProgress({ kind: 'idle' }, { phase: 'downloading', rows: 5, of: 10 });
    expect(running.kind).toBe('running');
    expect(withProgress(running, { phase: 'done', rows: 10, of: 10 })).toBe(running);
    const ended = withEnd({ ok: false, code: 'SYNC_CANCELLED', detail: '' });
    expect(withProgress(ended, { phase: 'cancelled', rows: 5, of: 10 })).toBe(ended);
    // an event that the answer has overtaken
    expect(withProgress(ended, { phase: 'downloading', rows: 5, of: 10 })).toBe(ended);
  });

  it('shows 100 % only when all is stored', () => {
    expect(percentOf({ phase: 'storing', rows: 10, of: 10 })).toBe(99);
    expect(percentOf({ phase: 'asking', rows: 0, of: 0 })).toBe(0);
    expect(percentOf({ phase: 'done', rows: 0, of: 0 })).toBe(100);
  });
});

describe('pickCertificate', () => {
  const one = certificateWith({ fingerprint: 'a' });
  const two = certificateWith({ fingerprint: 'b' });
  const expired = certificateWith({ fingerprint: 'c', usable: false, reason: '证书已过有效期' });

  it('takes the only usable one, and waits for a choice among several', () => {
    expect(pickCertificate([expired, one], undefined)).toBe(one);
    expect(pickCertificate([one, two], undefined)).toBeUndefined();
    expect(pickCertificate([one, two], 'b')).toBe(two);
    expect(pickCertificate([expired], 'c')).toBeUndefined();
  });
});
