import { readFileSync } from 'node:fs';
import { readFundType } from '../../shared/rules/fund-type.ts';
import type { EntryContext, EntryTyped } from '../../shared/rules/entry.ts';
import { normaliseIdNumber, toEighteen } from '../../shared/rules/identity.ts';
import type { FundType } from '../../shared/rules/policy.ts';
import type { QueuedEntry } from '../../shared/rules/queue.ts';
import { normaliseTyped } from '../../shared/rules/typed.ts';
import { fundTypeSchema } from '../../shared/wire/primitives.ts';
import type { EntryKind } from '../../shared/wire/primitives.ts';
import { readInput } from '../explain/input.ts';

/** What a file is checked against. */
export interface FileContext {
  /** The fund of a registration, and what the rows of other kinds must be of where it is named. */
  readonly chosenFund: FundType | undefined;
  readonly contextOf: (typed: EntryTyped) => EntryContext;
  /** Paths of keys that mean nothing here and were passed over. */
  readonly ignored: readonly string[];
}

export type ReadContext =
  | { readonly ok: true; readonly context: FileContext }
  | { readonly ok: false; readonly reason: string };

/**
 * Reads CONTEXT: an input of `explain` without its entry, and `fundType` where the fund is not the
 * unit's first. `systemNowMs` counts where it names no time.
 */
export function readContext(path: string, kind: EntryKind, systemNowMs: number): ReadContext {
  const opened = open(path);
  if (!opened.ok) return refuse(opened.reason);
  const { fundType } = opened.value;
  // the file brings kind and entries; an input of `explain` may serve as CONTEXT as it is
  const input = readInput(
    JSON.stringify({ ...opened.value, fundType: undefined, kind, entry: {} }),
    systemNowMs,
  );
  if (!input.ok) {
    const places = input.unreadable.map(({ path: place, value, reason }) => {
      const at = place === '' ? '' : `${place} `;
      return `${at}${reason}${value === '' ? '' : `，现为 ${value}`}`;
    });
    return refuse(places.join('；'));
  }
  const { context, ignored } = input;
  const chosen = fundTypeSchema.optional().safeParse(fundType);
  if (!chosen.success || (chosen.data && !context.terms.fundTypes.includes(chosen.data))) {
    return refuse('fundType 应为本单位已有的资金性质，例如 "10"');
  }
  const first = kind === 'registration' ? context.terms.fundTypes[0] : undefined;
  const queueOf = indexQueue(context);
  return {
    ok: true,
    context: {
      chosenFund: chosen.data ?? first,
      contextOf: (typed) => ({ ...context, queue: queueOf(typed) }),
      ignored,
    },
  };
}

function refuse(reason: string): ReadContext {
  return { ok: false, reason: `CONTEXT 无法读取：${reason}。格式见 docs/rules.md。` };
}

function open(
  path: string,
):
  | { readonly ok: true; readonly value: Record<string, unknown> }
  | { readonly ok: false; readonly reason: string } {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === '') throw error;
    return { ok: false, reason: code === 'ENOENT' ? '文件不存在' : `文件打不开（${code}）` };
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { ok: true, value: { ...value } };
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return { ok: false, reason: '应为一个 JSON 对象' };
}

/** Of a long queue only what is about the same person or account can matter to a row. */
function indexQueue(context: EntryContext): (typed: EntryTyped) => readonly QueuedEntry[] {
  const about = new Map<string, QueuedEntry[]>();
  const put = (key: string, entry: QueuedEntry) => {
    const known = about.get(key);
    if (known) known.push(entry);
    else about.set(key, [entry]);
  };
  for (const entry of context.queue) {
    const { personalAccount, idNumber } = entry;
    if (personalAccount !== undefined) put(`account ${personalAccount}`, entry);
    if (idNumber !== undefined) put(`person ${toEighteen(idNumber)}`, entry);
  }
  const find = (key: string) => about.get(key) ?? [];
  return (typed) => {
    if (typed.kind === 'registration') {
      return find(`person ${toEighteen(normaliseIdNumber(typed.idNumber))}`);
    }
    const account = normaliseTyped(typed.personalAccount).text.replaceAll(' ', '');
    const { fundType } = readFundType(typed.fundType, context.terms);
    const person = fundType && context.findPerson(account, fundType);
    const ofPerson = person ? find(`person ${toEighteen(person.idNumber)}`) : [];
    return [...new Set([...find(`account ${account}`), ...ofPerson])];
  };
}
