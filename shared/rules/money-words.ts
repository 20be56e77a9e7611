import type { Fen } from './money.ts';

const digits = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'] as const;
const places = ['', '拾', '佰', '仟'] as const;
const groups = ['', '万', '亿', '万亿'] as const;

/**
 * An amount as it is written on vouchers (人民币大写): `壹仟玖佰贰拾元整`. Throws on a negative amount:
 * no voucher has one.
 */
export function capitalAmount(fen: Fen): string {
  if (fen < 0) throw new RangeError(`a voucher has no negative amount: ${fen}`);
  const yuan = Math.floor(fen / 100);
  const jiao = Math.floor((fen % 100) / 10);
  const cent = fen % 10;
  const whole = yuan > 0 || fen === 0 ? `${wholeYuan(yuan)}元` : '';
  if (jiao === 0 && cent === 0) return `${whole}整`;
  if (cent === 0) return `${whole}${digit(jiao)}角整`;
  const tenth = jiao > 0 ? `${digit(jiao)}角` : whole === '' ? '' : digits[0];
  return `${whole}${tenth}${digit(cent)}分`;
}

function wholeYuan(yuan: number): string {
  if (yuan === 0) return digits[0];
  const text = String(yuan);
  const fours = Math.ceil(text.length / 4);
  let words = '';
  let hasGap = false;
  for (let at = 0; at < fours; at += 1) {
    const left = fours - at - 1;
    const four = Number(
      text.slice(Math.max(0, text.length - 4 * (left + 1)), text.length - 4 * left),
    );
    if (four === 0) {
      hasGap = true;
      continue;
    }
    if (words !== '' && (hasGap || four < 1000)) words += digits[0];
    hasGap = false;
    words += fourDigits(four) + (groups[left] ?? '');
  }
  return words;
}

function fourDigits(four: number): string {
  const text = String(four);
  let words = '';
  let hasGap = false;
  for (const [at, character] of Array.from(text).entries()) {
    const value = Number(character);
    if (value === 0) {
      hasGap = true;
      continue;
    }
    words += (hasGap ? digits[0] : '') + digit(value) + (places[text.length - at - 1] ?? '');
    hasGap = false;
  }
  return words;
}

function digit(value: number): string {
  return digits[value] ?? '';
}
