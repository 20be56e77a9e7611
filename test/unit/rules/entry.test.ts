import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../shared/errors/catalogue.ts';
import { rosterPersonSchema } from '../../../shared/rules/employee.ts';
import {
  checkEntry,
  entryFields,
  entryTypedSchema,
  previewEntry,
} from '../../../shared/rules/entry.ts';
import type { EntryContext, EntryTyped } from '../../../shared/rules/entry.ts';
import { issueSchema } from '../../../shared/rules/issue.ts';
import { checkMissedBackPay } from '../../../shared/rules/missed-back-pay.ts';
import { toMonth } from '../../../shared/rules/months.ts';
import type { QueuedEntry } from '../../../shared/rules/queue.ts';
import { checkReduction } from '../../../shared/rules/reduction.ts';
import { checkShortfallBackPay } from '../../../shared/rules/shortfall-back-pay.ts';
import {
  entryContext,
  plain,
  plainMissed,
  plainReduction,
  plainShortfall,
  policy2026,
  stopped,
  zhang,
} from './hangzhou.ts';
import { seed } from './seed.ts';

const newcomer = { ...plain, idNumber: '990100200002290031' };
const everyKind: readonly EntryTyped[] = [
  { kind: 'registration', ...newcomer },
  { kind: 'reduction', ...plainReduction },
  { kind: 'missedBackPay', ...plainMissed },
  { kind: 'shortfallBackPay', ...plainShortfall },
];

const codesOf = (typed: EntryTyped, context: EntryContext = entryContext) =>
  checkEntry(typed.kind, typed, context).issues.map((issue) => issue.code);

describe('an entry of any kind', () => {
  it('is checked by the rules of its kind', () => {
    for (const typed of everyKind) {
      expect(codesOf(typed)).toEqual([]);
      expect(checkEntry(typed.kind, typed, entryContext).entry).toBeDefined();
    }
    expect(checkEntry('reduction', plainReduction, entryContext)).toEqual(
      checkReduction(plainReduction, entryContext),
    );
    expect(checkEntry('missedBackPay', plainMissed, entryContext)).toEqual(
      checkMissedBackPay(plainMissed, entryContext),
    );
    expect(checkEntry('shortfallBackPay', plainShortfall, entryContext)).toEqual(
      checkShortfallBackPay(plainShortfall, entryContext),
    );
  });

  it('travels with its kind and without fields of another', () => {
    for (const typed of everyKind) {
      const sent: unknown = JSON.parse(JSON.stringify(typed));
      expect(entryTypedSchema.parse(sent)).toEqual(typed);
    }
    const wrong = [
      plainReduction,
      { ...plainReduction, kind: 'transfer' },
      { ...plainReduction, kind: 'reduction', base: '8000' },
      { ...plainMissed, kind: 'missedBackPay', from: 202604 },
    ];
    for (const typed of wrong) expect(entryTypedSchema.safeParse(typed).success).toBe(false);
  });

  it('has a roster row that passes through the wire unchanged', () => {
    expect(rosterPersonSchema.parse(JSON.parse(JSON.stringify(zhang)))).toEqual(zhang);
    const overlapping = { ...zhang, paid: [...zhang.paid, [202601, 202601]] };
    expect(rosterPersonSchema.safeParse(overlapping).success).toBe(false);
  });
});

describe('manual 六.8: a 登记 meets the queue of its own fund', () => {
  const queue: QueuedEntry[] = [
    { kind: 'registration', fundType: '10', idNumber: '990100200002290031' },
  ];

  it('is refused under the same fund and taken under the other', () => {
    const typed = { kind: 'registration', ...newcomer } as const;
    expect(codesOf(typed, { ...entryContext, queue })).toEqual(['DUPLICATE_IN_QUEUE']);
    expect(codesOf({ ...typed, fundType: '11' }, { ...entryContext, queue })).toEqual([]);
  });

  it('does not mind a queued reduction or back-payment of the same number', () => {
    const others = (['reduction', 'missedBackPay', 'shortfallBackPay'] as const).map((kind) => ({
      ...{ kind, fundType: '10', idNumber: '990100200002290031' },
      ...{ personalAccount: '990012340003', from: toMonth(202601), to: toMonth(202601) },
    })) satisfies QueuedEntry[];
    const typed = { kind: 'registration', ...newcomer } as const;
    expect(codesOf(typed, { ...entryContext, queue: others })).toEqual([]);
  });
});

describe('manual 六.9: a 登记 asks for an account of its own fund', () => {
  it('with the fund typed', () => {
    const asked: string[] = [];
    const activeIds: EntryContext['activeIds'] = (id18, fund) => {
      asked.push(`${id18} ${fund}`);
      return fund === '10';
    };
    const typed = { kind: 'registration', ...newcomer } as const;
    expect(codesOf(typed, { ...entryContext, activeIds })).toEqual(['ACCOUNT_ACTIVE']);
    expect(codesOf({ ...typed, fundType: '11' }, { ...entryContext, activeIds })).toEqual([]);
    expect(asked).toEqual(['990100200002290031 10', '990100200002290031 11']);
  });
});

describe('manual 六.10: the last workday of the window', () => {
  it('is said of a 登记 with the 漏缴 that follows, and nothing is refused', () => {
    const context = { ...entryContext, mayLandNextMonth: true };
    const { issues, entry } = checkEntry('registration', newcomer, context);
    expect(issues.map((issue) => `${issue.severity} ${issue.code}`)).toEqual([
      'notice LANDS_NEXT_MONTH',
    ]);
    expect(issues[0]?.rule).toContain('2026年11月');
    expect(issues[0]?.fix).toContain('漏缴补缴');
    expect(entry).toBeDefined();
    const { general } = previewEntry('registration', newcomer, context);
    expect(general.map((issue) => issue.code)).toEqual(['LANDS_NEXT_MONTH']);
  });

  it('is not said of the kinds that take effect at once', () => {
    const context = { ...entryContext, mayLandNextMonth: true };
    for (const typed of everyKind.slice(1)) expect(codesOf(typed, context)).toEqual([]);
  });
});

describe('a field longer than any that can be meant', () => {
  it('a field of more than 200 characters is told with its length, and the others are still looked at', () => {
    for (const typed of everyKind) {
      for (const field of entryFields[typed.kind]) {
        const long = { ...typed, [field]: '8'.repeat(201) };
        const { issues, entry } = checkEntry(long.kind, long, entryContext);
        const here = issues.filter((issue) => issue.field === field);
        expect(here.map(({ code }) => `${field} ${code}`)).toEqual([`${field} TYPED_TOO_LONG`]);
        expect(here[0]?.rule).toContain('现为201个');
        for (const issue of issues) expect(issueSchema.safeParse(issue).success).toBe(true);
        expect(entry).toBeUndefined();
        const shown = Object.entries(previewEntry(long.kind, long, entryContext).issues);
        expect(shown.find(([name]) => name === field)?.[1]).toHaveLength(1);
        expect(codesOf({ ...typed, [field]: '8'.repeat(200) })).not.toContain('TYPED_TOO_LONG');
      }
    }
    const both = { ...plainMissed, kind: 'missedBackPay', base: '1'.repeat(201), to: '2' } as const;
    expect(codesOf(both)).toEqual(['MONTH_LENGTH', 'TYPED_TOO_LONG']);
  });
});

describe('entries of the same person beside each other', () => {
  const about = { fundType: '10', personalAccount: zhang.personalAccount } as const;

  it('a reduction and a back-payment both stand, in either order', () => {
    const reduced = { ...entryContext, queue: [{ kind: 'reduction', ...about } as const] };
    expect(codesOf({ kind: 'missedBackPay', ...plainMissed }, reduced)).toEqual([]);
    expect(codesOf({ kind: 'shortfallBackPay', ...plainShortfall }, reduced)).toEqual([]);
    const months = { from: toMonth(202604), to: toMonth(202605) };
    const paid = {
      ...entryContext,
      queue: [{ kind: 'missedBackPay', ...about, ...months } as const],
    };
    expect(codesOf({ kind: 'reduction', ...plainReduction }, paid)).toEqual([]);
  });

  it('an entry being edited is not in its own way', () => {
    // the caller leaves it out of the queue; with it the very same entry would be refused
    const queue = [{ kind: 'reduction', ...about } as const];
    expect(codesOf({ kind: 'reduction', ...plainReduction }, { ...entryContext, queue })).toEqual([
      'DUPLICATE_IN_QUEUE',
    ]);
    expect(codesOf({ kind: 'reduction', ...plainReduction })).toEqual([]);
  });

  it('a 登记 that waits is pointed out at a reduction as well', () => {
    const queue = [{ kind: 'registration', fundType: '10', idNumber: stopped.idNumber } as const];
    const typed = { ...plainReduction, personalAccount: stopped.personalAccount };
    expect(codesOf({ kind: 'reduction', ...typed }, { ...entryContext, queue })).toEqual([
      'ACCOUNT_STOPPED',
      'REGISTRATION_WAITING',
    ]);
  });
});

describe('whatever is typed', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom('', '10', '11', '０', '12', '202604', '202610', '8000', '990012345678', '-1'),
  );
  const typedEntry = fc
    .tuple(fc.constantFrom(...everyKind), fc.array(text, { minLength: 8, maxLength: 8 }), fc.nat())
    .map(([typed, texts, mask]) => {
      const fields = Object.entries(typed).filter(([key]) => key !== 'kind');
      const changed = fields.map(([key, value], i) => [key, (mask >> i) & 1 ? texts[i] : value]);
      return entryTypedSchema.parse({ kind: typed.kind, ...Object.fromEntries(changed) });
    });

  it('nothing throws; an entry exactly when nothing but notices stands; every issue is complete', () => {
    fc.assert(
      fc.property(typedEntry, (typed) => {
        const { entry, issues } = checkEntry(typed.kind, typed, entryContext);
        expect(entry === undefined).toBe(issues.some((issue) => issue.severity !== 'notice'));
        for (const issue of issues) {
          expect(issueSchema.safeParse(issue).success).toBe(true);
          expect(issue.rule).toMatch(/（.*(手册|GB|JGJ).*）$/);
          expect(issue.fix).toBe(catalogue[issue.code].next);
        }
        const preview = previewEntry(typed.kind, typed, entryContext);
        const shown = [...Object.values(preview.issues).flat(), ...preview.general];
        for (const issue of shown) expect(issues).toContainEqual(issue);
        if (entry) expect(preview.amounts).toMatchObject({ totalFen: entry.totalFen });
      }),
      { seed, numRuns: 2000 },
    );
  });

  it('what is typed and the context are never changed', () => {
    const frozen = <T extends object>(value: T): T => {
      for (const inner of Object.values(value)) {
        if (typeof inner === 'object' && inner !== null) frozen(inner as object);
      }
      return Object.freeze(value);
    };
    const context = frozen({ ...entryContext, queue: [] });
    for (const typed of everyKind) {
      expect(checkEntry(typed.kind, frozen({ ...typed }), context).entry).toBeDefined();
    }
  });
});

describe('the cost of a keystroke', () => {
  const FRAME_MS = 16;
  const RUNS = 20;

  it('stays within a frame beside a queue of 20,000 and twenty years of bounds', () => {
    const queue = Array.from({ length: 20_000 }, (_, i): QueuedEntry => ({
      kind:
        (['registration', 'reduction', 'missedBackPay', 'shortfallBackPay'] as const)[i % 4] ??
        'reduction',
      fundType: '10',
      personalAccount: `9900${String(i).padStart(8, '0')}`,
      idNumber: `99010019900101${String(i % 10_000).padStart(4, '0')}`,
      from: toMonth(202401),
      to: toMonth(202406),
    }));
    const policies = Array.from({ length: 30 }, (_, i) => ({
      ...policy2026,
      from: toMonth((1996 + i) * 100 + 7),
    }));
    const context = { ...entryContext, queue, terms: { ...entryContext.terms, policies } };
    for (const typed of everyKind) {
      const long = 'from' in typed ? { ...typed, from: '200001' } : typed;
      previewEntry(long.kind, long, context);
      // the fastest run: a slower one tells of what else the computer does, not of the rules
      const runs = Array.from({ length: RUNS }, () => {
        const start = performance.now();
        previewEntry(long.kind, long, context);
        return performance.now() - start;
      });
      expect(Math.min(...runs)).toBeLessThan(FRAME_MS);
    }
  });
});
