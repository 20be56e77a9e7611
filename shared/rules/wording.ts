import { formatFen } from './money.ts';
import type { Fen } from './money.ts';
import { formatMonth } from './months.ts';
import type { BusinessMonth } from './months.ts';

/** The rules as the clerk reads them, each with its source: 手册 is the operating manual. */
export const rule = {
  fundType: '资金性质须是本单位已有的（手册十一(一)1）',
  nameRequired: '姓名必填（手册六(一)）',
  nameCharacters: '姓名由汉字、字母和间隔点组成，不含部首和自造字（手册六(一)）',
  nameLimit: (limit: number, found: number) =>
    `姓名最多${limit}个汉字，间隔点不计，两个字母按一个汉字计，现为${found}个（手册六.1）`,
  idType: '网上登记凭身份证办理（手册六(一)）',
  idRequired: '证件号码必填（手册六(一)）',
  idLength: (found: number) => `身份证号码应为15位或18位，现为${found}位（手册六.2）`,
  idCharacters: '身份证号码由数字组成，18位的末位可以是X（GB 11643）',
  idBirthDate: '第7位起为出生日期，须真实存在且不晚于今天（GB 11643）',
  idCheck: '18位号码的末位由前17位算出，与录入的不一致（手册六.1，GB 11643）',
  idFifteen: '15位号码与对应的18位号码视为同一人（GB 11643）',
  baseNumber: '月均工资为数字，单位元（手册六.5、十一(一)10）',
  baseDecimals: '月均工资最多两位小数（手册六.4、十一(一)6）',
  baseDigits: (digits: number) => `月均工资的整数部分最多${digits}位（手册十一(二)5）`,
  basePositive: '月均工资须大于零（手册六.6、十一(一)7）',
  baseBounds: (min: Fen, max: Fen) =>
    `最低缴存基数${formatFen(min)}元，最高缴存基数${formatFen(max)}元（手册六.3、十一(一)5）`,
  policy: (month: string) => `${month}须有缴存基数标准（手册六.3）`,
  ratioWhole: '缴存比例为整数百分比（手册六.7、十一(一)11）',
  ratioRange: (min: number, max: number, used: number) =>
    `缴存比例范围${min}%至${max}%，按${used}%计算（手册六.7）`,
  fullWidth: '数字、字母和符号按半角处理（手册六.5、十一(一)10）',
  spaces: '数字之间的空格不计（手册六.5、十一(一)10）',
  typedLength: (limit: number, found: number) =>
    `一项最多录入${limit}个字符，现为${found}个（手册未限，本系统约定）`,
  duplicate: '同一职工在待确认队列中只能有一条登记（手册六.8）',
  underReview: '登记受理后由中心审核，成功后同步才能在本机查到（手册六(一)）',
  active: '存在正常缴存账户的职工不能再登记（手册六.9）',
  landing: (month: BusinessMonth) =>
    `登记须留1个工作日待中心确认，送到中心后${formatMonth(month)}的办理期内已没有下一个工作日，登记可能落在次月（手册六.10、一(二)）`,
  registrationWaiting: '登记确认后满1个工作日，方可办理该职工的补缴或减少（手册六.10）',
  accountDigits: '个人客户号由数字组成（手册十一(一)2）',
  accountLength: (digits: number, found: number) =>
    `个人客户号为${digits}位数字，现为${found}位（手册七(二)1、十一(一)2）`,
  accountKnown: '职工须在本单位缴存，并已同步到本机（手册十一(一)4）',
  accountFund: '该个人客户号在本单位有另一资金性质的账户（手册十一(一)1、4）',
  accountStopped: (account: string) =>
    `个人客户号${account}的缴存状态已为停缴，不能再办理减少（手册七.2）`,
  accountState: '账户须为正常或停缴状态（JGJ/T 320 个人账户状态）',
  reason: '减少原因须是中心代码表中的一项（手册七(一)）',
  reasonMatched: (named: string) => `减少原因按“${named}”办理（手册七(一)）`,
  reasonAmbiguous: (named: string) =>
    `录入的减少原因可能是${named}，须录入完整的代码（手册七(一)）`,
  reducedTwice: '同一职工在待确认队列中只能有一条减少（手册七.1）',
  monthFormat: '年月为4位年份加2位月份，例如201008（手册十一(一)9）',
  monthYear: (min: number, max: number, found: string) =>
    `年月的年份为${min}年至${max}年，现为${found}年（手册十一(一)9）`,
  monthNumber: (found: string) => `年月的月份为01至12，现为${found}（手册十一(一)9）`,
  monthLength: (digits: number, found: number) =>
    `年月为${digits}位数字，现为${found}位（手册八(二)1、十一(一)9）`,
  monthOrder: '截止年月不得小于起始年月（手册十一(一)9）',
  monthPast: (month: BusinessMonth) =>
    `补缴年月须早于当前业务年月${formatMonth(month)}（手册十一(一)9）`,
  spanLong: (limit: number, found: number) =>
    `一次补缴超过${limit}个月的提请核对，现为${found}个月（手册未限，本系统约定）`,
  monthsPaid: (months: string) => `${months}已缴存，不能再漏缴补缴（手册八.1）`,
  monthsQueued: (months: string) => `${months}已在待确认队列的补缴中（手册八.1、九.1）`,
  policyEarly: (months: string) =>
    `${months}的缴存基数标准不在中心下发的范围内，须到柜面办理（手册十一(一)8）`,
  baseBoundsFrom: (months: string, min: Fen, max: Fen) =>
    `${months}最低缴存基数${formatFen(min)}元，最高缴存基数${formatFen(max)}元（手册十一(一)5、8）`,
  backPayRatio: (min: number, max: number) =>
    `补缴的缴存比例范围为${min}%至${max}%（手册十一(一)11）`,
  backPayPositive: '补缴金额须大于零（手册八(二)1、九(二)1）',
  shortfallMonths: (months: string) =>
    `${months}的应缴金额小于已缴金额，不属于少缴（手册九、九(二)1）`,
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
  months: (months: string, count: number) => `${months}，${count}个月`,
  paidWage: (typed: Fen) => `已缴月均工资 ${formatFen(typed)} 元`,
  dueWage: (typed: Fen) => `应缴月均工资 ${formatFen(typed)} 元`,
  difference: (who: '单位' | '个人' | '合计', due: Fen, paid: Fen, fen: Fen) =>
    `${who}每月差额 ${formatFen(due)} − ${formatFen(paid)} = ${formatFen(fen)} 元`,
  subtotal: (monthly: Fen, count: number, fen: Fen) =>
    `${formatFen(monthly)} × ${count}个月 = ${formatFen(fen)} 元`,
  sum: (unit: Fen, personal: Fen, total: Fen) =>
    `补缴金额 单位 ${formatFen(unit)} + 个人 ${formatFen(personal)} = ${formatFen(total)} 元`,
  sumUnit: (total: Fen) => `补缴金额 ${formatFen(total)} 元`,
  roster: (who: '单位' | '个人', fen: Fen) => `${who}月缴存额 ${formatFen(fen)} 元（职工信息）`,
} as const;
