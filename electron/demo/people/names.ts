import type { SeededRandom } from './random.ts';

/** Surnames with their rough weight; names are put together by chance and mean nobody. */
const weighted: readonly (readonly [characters: string, weight: number])[] = [
  ['王李张刘陈', 14],
  ['杨赵黄周吴徐孙胡朱高', 5],
  ['林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许', 2],
  [
    '傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文',
    1,
  ],
];
const surnames = weighted.flatMap(([characters, weight]) =>
  Array.from(characters).flatMap((character) => Array<string>(weight).fill(character)),
);
const doubleSurnames = ['欧阳', '上官', '司马', '诸葛', '司徒', '东方', '慕容', '皇甫'];

const older = Array.from('国建华军平伟明强东林海志文德永福春荣兴玉桂秀兰英珍芳霞红凤琴云莲梅');
const younger = Array.from(
  '子浩宇轩睿泽梓涵诗欣怡雨晨思佳嘉俊杰博文昊天奕辰若曦雅静婷雪琪悦宁安然',
);
const common = Array.from(
  '丽敏娜洋勇艳杰娟涛超刚磊斌波辉鹏飞莉萍燕颖慧琳洁晶倩瑶蕾丹阳帅凯健鑫峰亮',
);

const westernFirst = ['买买提', '阿卜杜拉', '古丽娜尔', '努尔兰', '帕提古丽', '吐尔逊'];
const westernSecond = ['艾力', '买买提', '依明', '卡德尔', '艾山'];
/** Characters beyond the basic plane, as they stand on identity cards. */
const rare = ['𠮷', '𡋾', '𦰡', '𣲘', '㛃', '䶮'];

/** Two to four characters as a rule; a few longer ones, with a dot, or with a rare character. */
export function makeName(random: SeededRandom, birthYear: number): string {
  const kind = random.fraction();
  if (kind < 0.003) return `${random.pick(westernFirst)}·${random.pick(westernSecond)}`;
  if (kind < 0.004) return random.pick(westernFirst) + random.pick(['古丽', '江', '别克']);
  const given = birthYear < 1980 ? older : birthYear < 1995 ? common : younger;
  const surname = kind < 0.008 ? random.pick(doubleSurnames) : random.pick(surnames);
  if (kind < 0.011) return surname + random.pick(rare);
  const first = random.pick(random.chance(0.3) ? common : given);
  return random.chance(birthYear < 1990 ? 0.22 : 0.12)
    ? surname + first
    : surname + first + random.pick(given);
}

/** The first people of every unit, so that each kind of name is there however small the unit. */
export const fixedNames: readonly string[] = [
  '买买提·艾力',
  '林𠮷',
  '王芳',
  '帕提古丽江',
  '阿卜杜拉别克',
  '欧阳子轩',
];
