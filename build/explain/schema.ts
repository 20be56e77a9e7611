import { z } from 'zod';
import { isRealDate } from '../../shared/rules/dates.ts';
import { parseYuan, roundings } from '../../shared/rules/money.ts';
import {
  MONTH_YEAR_MAX,
  MONTH_YEAR_MIN,
  businessMonthSchema,
  toMonth,
} from '../../shared/rules/months.ts';
import { fundTypeSchema } from '../../shared/rules/policy.ts';
import { ID_TYPE_RESIDENT } from '../../shared/rules/registration.ts';
import { entryKindSchema } from '../../shared/wire/primitives.ts';
import { manualTerms, practiceReasons } from './defaults.ts';

/** The form of an input: docs/rules.md. Money is yuan text, never a JSON number. */
const yuan = z.string().transform((text, context) => {
  const parsed = parseYuan(text);
  if (parsed.ok && parsed.value >= 0) return parsed.value;
  const error = '应为元，不为负，整数部分最多10位，最多两位小数，例如 "8000.00"';
  context.addIssue({ code: 'custom', message: error });
  return z.NEVER;
});

const month = z.number().transform((n, context) => {
  if (businessMonthSchema.safeParse(n).success) return toMonth(n);
  const error = `应为年月：4位年份（${MONTH_YEAR_MIN}至${MONTH_YEAR_MAX}）加2位月份，例如 202611`;
  context.addIssue({ code: 'custom', message: error });
  return z.NEVER;
});

/** Seconds may be left out, the zone may not. */
const INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** The months on both sides of an instant must be months, too. */
const instant = z.string().transform((text, context) => {
  const [year = 0, monthNumber = 0, day = 0] = INSTANT.exec(text)?.slice(1).map(Number) ?? [];
  const refuse = (message: string) => {
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  };
  if (!isRealDate(year, monthNumber, day)) {
    return refuse('应为带时区的真实日期和时间，例如 "2026-11-20T10:00:00+08:00"');
  }
  if (year > MONTH_YEAR_MIN && year < MONTH_YEAR_MAX) return Date.parse(text);
  return refuse(`年份应在${MONTH_YEAR_MIN + 1}至${MONTH_YEAR_MAX - 1}之间`);
});

const percent = z.int().min(0).max(100);

const policyInput = z
  .object({
    fundType: fundTypeSchema,
    from: month,
    minBase: yuan,
    maxBase: yuan,
    rounding: z.enum(roundings),
  })
  .refine(({ minBase, maxBase }) => minBase <= maxBase, {
    path: ['minBase'],
    error: '最低缴存基数不得大于最高缴存基数（maxBase）',
  });

const unitInput = z
  .object({
    ratioPolicy: z.enum(['uniform', 'perEmployee']),
    ratio: percent.optional(),
    fundTypes: z.array(fundTypeSchema).min(1).default(manualTerms.fundTypes),
    policies: z.array(policyInput).default([]),
    nameLimit: z.int().min(1).max(100).default(manualTerms.nameLimit),
    ratioMin: percent.default(manualTerms.ratioMin),
    ratioMax: percent.default(manualTerms.ratioMax),
    subsidyRatioMin: percent.default(manualTerms.subsidyRatioMin),
    subsidyRatioMax: percent.default(manualTerms.subsidyRatioMax),
    backPayNoticeMonths: z.int().min(1).max(1200).default(manualTerms.backPayNoticeMonths),
  })
  .refine(({ ratioPolicy, ratio }) => ratioPolicy === 'perEmployee' || ratio !== undefined, {
    path: ['ratio'],
    error: '缺少此项：统一比例单位（uniform）须写明单位缴存比例，例如 12',
  })
  .refine(({ ratioMin, ratioMax }) => ratioMin <= ratioMax, {
    path: ['ratioMin'],
    error: '比例下限不得大于上限（ratioMax）',
  })
  .refine(({ subsidyRatioMin, subsidyRatioMax }) => subsidyRatioMin <= subsidyRatioMax, {
    path: ['subsidyRatioMin'],
    error: '补贴比例下限不得大于上限（subsidyRatioMax）',
  })
  .superRefine(({ policies }, context) => {
    findTwice(
      policies,
      ({ fundType, from }) => `${fundType} ${from}`,
      (i, earlier) => {
        const error = `与第${earlier + 1}行（policies.${earlier}）的资金性质和起始年月相同`;
        context.addIssue({ code: 'custom', path: ['policies', i, 'from'], message: error });
      },
    );
  });

const rosterRow = z.object({
  personalAccount: z.string(),
  fundType: fundTypeSchema,
  name: z.string(),
  idType: z.enum(['01', '02', '03', '04', '99']).default(ID_TYPE_RESIDENT),
  idNumber: z.string(),
  status: z.enum(['01', '02', '03', '04', '05', '06', '99']).default('01'),
  base: yuan,
  unitRatio: percent,
  personalRatio: percent.optional(),
  paidMonths: z.array(month).default([]),
});

const rosterInput = z.array(rosterRow).superRefine((rows, context) => {
  findTwice(
    rows,
    (row) => `${row.fundType} ${row.personalAccount}`,
    (i, earlier) => {
      const error = `与第${earlier + 1}行（roster.${earlier}）的个人客户号和资金性质相同`;
      context.addIssue({ code: 'custom', path: [i, 'personalAccount'], message: error });
    },
  );
});

/** Tells of each item whose key an earlier one has. */
function findTwice<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  tell: (i: number, earlier: number) => void,
): void {
  const seen = new Map<string, number>();
  for (const [i, item] of items.entries()) {
    const earlier = seen.get(keyOf(item));
    if (earlier === undefined) seen.set(keyOf(item), i);
    else tell(i, earlier);
  }
}

const fields = z.record(z.string(), z.unknown());

export const inputSchema = z.object({
  kind: entryKindSchema,
  businessMonth: month.optional(),
  now: instant.optional(),
  unit: unitInput,
  roster: rosterInput.default([]),
  /** What is typed is read by its kind: `readFields`. */
  queue: z.array(z.object({ kind: entryKindSchema, entry: fields })).default([]),
  reasons: z.array(z.object({ code: z.string(), label: z.string() })).default(practiceReasons),
  entry: fields,
});
export type Input = z.output<typeof inputSchema>;
