import { FORMAT_CHARACTERS_MAX } from './limits.ts';

export interface NumberFormat {
  /** Empty for General. */
  readonly code: string;
  readonly isDate: boolean;
}

const yearMonth = 'yyyy"年"m"月"';
const monthDay = 'm"月"d"日"';

/**
 * Formats a file names by number alone (ECMA-376 18.8.30). 27 to 36 and 50 to 58 are what Chinese
 * Excel shows of them; elsewhere they are dates too.
 */
const builtIn: Readonly<Record<number, string>> = {
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  12: '# ?/?',
  13: '# ??/??',
  14: 'm/d/yy',
  15: 'd-mmm-yy',
  16: 'd-mmm',
  17: 'mmm-yy',
  18: 'h:mm AM/PM',
  19: 'h:mm:ss AM/PM',
  20: 'h:mm',
  21: 'h:mm:ss',
  22: 'm/d/yy h:mm',
  27: yearMonth,
  28: monthDay,
  29: monthDay,
  30: 'm-d-yy',
  31: 'yyyy"年"m"月"d"日"',
  32: 'h"时"mm"分"',
  33: 'h"时"mm"分"ss"秒"',
  34: 'h"时"mm"分"',
  35: 'h"时"mm"分"ss"秒"',
  36: yearMonth,
  37: '#,##0 ;(#,##0)',
  38: '#,##0 ;[Red](#,##0)',
  39: '#,##0.00;(#,##0.00)',
  40: '#,##0.00;[Red](#,##0.00)',
  45: 'mm:ss',
  46: '[h]:mm:ss',
  47: 'mm:ss.0',
  48: '##0.0E+0',
  49: '@',
  50: yearMonth,
  51: monthDay,
  52: yearMonth,
  53: monthDay,
  54: monthDay,
  55: 'h"时"mm"分"',
  56: 'h"时"mm"分"ss"秒"',
  57: yearMonth,
  58: monthDay,
};

export function builtInCode(id: number): string {
  return builtIn[id] ?? '';
}

/** A code too long to be one of Excel's counts as General: nothing is matched against it. */
export function numberFormat(code: string): NumberFormat {
  if (code.length > FORMAT_CHARACTERS_MAX || /^(?:general|standard)$/i.test(code))
    return { code: '', isDate: false };
  return { code, isDate: showsDate(code) };
}

function showsDate(code: string): boolean {
  const [first = ''] = code.split(';');
  // quoted and escaped characters, fill and width characters, colours and locales show no date
  const bare = first.replace(/"[^"]*"|[\\_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '');
  return /[ymdhs]/i.test(bare) && !/^general$/i.test(bare);
}
