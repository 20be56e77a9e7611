import { formatFen } from './money.ts';
import type { Fen } from './money.ts';

/** The rules as the clerk reads them, each with its source: 手册 is the operating manual. */
export const rule = {
  fundType: '资金性质须是本单位已有的（手册十一(一)1）',
  nameRequired: '姓名必填（手册六(一)）',
  nameCharacters: '姓名由汉字、字母和间隔点组成，不含部首和自造字（手册六(一)）',
  nameLimit: (limit: number, found: number) =>
    `姓名最多${limit}个汉字，间隔点不计，现为${found}个（手册六.1）`,
  idType: '网上登记凭身份证办理（手册六(一)）',
  idRequired: '证件号码必填（手册六(一)）',
  idLength: (found: number) => `身份证号码应为15位或18位，现为${found}位（手册六.2）`,
  idCharacters: '身份证号码由数字组成，18位的末位可以是X（GB 11643）',
  idBirthDate: '第7位起为出生日期，须真实存在且不晚于今天（GB 11643）',
  idCheck: '18位号码的末位由前17位算出，与录入的不一致（手册六.1，GB 11643）',
  idFifteen: '15位号码与对应的18位号码视为同一人（GB 11643）',
  baseNumber: '月均工资为数字，单位元（手册六.5）',
  baseDecimals: '月均工资最多两位小数（手册六.4）',
  baseDigits: (digits: number) => `月均工资的整数部分最多${digits}位（手册十一(二)5）`,
  basePositive: '月均工资须大于零（手册六.6）',
  baseBounds: (min: Fen, max: Fen) =>
    `最低缴存基数${formatFen(min)}元，最高缴存基数${formatFen(max)}元（手册六.3）`,
  policy: (month: string) => `${month}须有缴存基数标准（手册六.3）`,
  ratioWhole: '缴存比例为整数百分比（手册六.7）',
  ratioRange: (min: number, max: number, used: number) =>
    `缴存比例范围${min}%至${max}%，按${used}%计算（手册六.7）`,
  fullWidth: '数字、字母和符号按半角处理（手册六.5）',
  duplicate: '同一职工在待确认队列中只能有一条登记（手册六.8）',
  underReview: '登记受理后由中心审核，成功后同步才能在本机查到（手册六(一)）',
  active: '存在正常缴存账户的职工不能再登记（手册六.9）',
} as const;

/** Lines that explain an amount, in the order of the calculation. */
export const step = {
  base: (typed: Fen) => `月均工资 ${formatFen(typed)} 元`,
  raised: (min: Fen) => `低于最低缴存基数，按 ${formatFen(min)} 元计算`,
  lowered: (max: Fen) => `高于最高缴存基数，按 ${formatFen(max)} 元计算`,
  within: (min: Fen, max: Fen) => `在缴存基数 ${formatFen(min)} 至 ${formatFen(max)} 元之内`,
  ratioTyped: (ratio: number) => `缴存比例 ${ratio}%`,
  ratioUnit: (ratio: number) => `单位统一缴存比例 ${ratio}%`,
  ratioForced: (typed: string, ratio: number) => `录入的缴存比例 ${typed}% 调整为 ${ratio}%`,
  part: (
    who: '单位' | '个人',
    part: { base: Fen; ratio: number; exact: string; label: string; fen: Fen },
  ) =>
    `${who} ${formatFen(part.base)} × ${part.ratio}% = ${part.exact}，${part.label}为 ${formatFen(part.fen)} 元`,
  total: (fen: Fen) => `月缴存额合计 ${formatFen(fen)} 元`,
} as const;
