import { parseYuan } from '../../../shared/rules/money.ts';
import { normaliseTyped } from '../../../shared/rules/typed.ts';

/** Two ends as typed; an empty one is open. */
export interface TypedRange {
  readonly from: string;
  readonly to: string;
}

export const noRange: TypedRange = { from: '', to: '' };

export interface ReadRange {
  /** Fen; absent where nothing, or nothing that can be read, was typed. */
  readonly from?: number;
  readonly to?: number;
  /** Why it is not asked for as typed. */
  readonly problem?: 'notMoney' | 'reversed';
}

/** Reads 缴存基数 or 月缴存额 from and to. An end that cannot be read asks for nothing and is told. */
export function readRange({ from, to }: TypedRange): ReadRange {
  const [first, last] = [readAmount(from), readAmount(to)];
  if (first === 'notMoney' || last === 'notMoney') {
    return {
      ...(typeof first === 'number' ? { from: first } : {}),
      ...(typeof last === 'number' ? { to: last } : {}),
      problem: 'notMoney',
    };
  }
  return {
    ...(first === undefined ? {} : { from: first }),
    ...(last === undefined ? {} : { to: last }),
    ...(first !== undefined && last !== undefined && first > last ? { problem: 'reversed' } : {}),
  };
}

function readAmount(typed: string): number | 'notMoney' | undefined {
  const text = normaliseTyped(typed).text.replaceAll(' ', '');
  if (text === '') return undefined;
  const parsed = parseYuan(text);
  return parsed.ok && parsed.value >= 0 ? parsed.value : 'notMoney';
}

export function isOpenRange({ from, to }: TypedRange): boolean {
  return from.trim() === '' && to.trim() === '';
}
