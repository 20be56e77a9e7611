import { checkCharacter } from '../../../shared/rules/identity.ts';
import type { RosterRow } from '../../../shared/wire/roster.ts';

/** People that do not exist (area code 9901xx), the same ones on every run. */

const surnames = Array.from(
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文单仇解查',
);
const given = Array.from(
  '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国红梅宇浩子轩晨曦嘉怡梓涵欣思雨佳琪天俊志鹏海燕玲玉兰春丹萍雪峰斌波辉健康晓东文博雅婷慧颖诗琳若溪一诺凡',
);
const special = [
  '买买提·艾力',
  '欧阳修远',
  '𠮷田一郎',
  '㐀明',
  'John Smith',
  '阿不都热西提·买买提',
  '龘靐',
];

/** Small and repeatable (mulberry32); numbers from 0 up to 1. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function makeRoster(count: number, seed = 1): RosterRow[] {
  const random = randomFrom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  // the commonest surnames are far more common than the rest
  const surname = () => surnames[Math.floor(random() ** 2 * surnames.length)] ?? '王';
  const name = (i: number) => {
    if (i % 997 === 0) return special[(i / 997) % special.length] ?? '';
    const first = given[below(given.length)] ?? '';
    return surname() + first + (random() < 0.8 ? (given[below(given.length)] ?? '') : '');
  };
  return Array.from({ length: count }, (_, i): RosterRow => {
    const fundType = random() < 0.15 ? '11' : '10';
    const base = 266_000 + below(395) * 10_000;
    const unitFen = Math.round((base * 0.12) / 100) * 100;
    return {
      personalAccount: `9900${String(i + 1).padStart(8, '0')}`,
      fundType,
      name: name(i),
      idType: '01',
      idNumber: idNumber(i, below),
      status: random() < 0.08 ? '02' : '01',
      base,
      unitRatio: 12,
      personalRatio: fundType === '10' ? 12 : 0,
      unitFen,
      personalFen: fundType === '10' ? unitFen : 0,
      openedMonth: 201001 + below(12),
      paid: [
        [202101, 202512],
        [202602, 202610],
      ],
    };
  });
}

function idNumber(i: number, below: (limit: number) => number): string {
  const birth = `${1960 + below(45)}${two(1 + below(12))}${two(1 + below(28))}`;
  const digits = `9901${two(i % 20)}${birth}${String(i % 1000).padStart(3, '0')}`;
  return digits + checkCharacter(digits);
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}
