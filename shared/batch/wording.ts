/** The rules of batch files as the clerk reads them; 手册 is the operating manual. */
export const batchRule = {
  ignoredColumn: '只采用模板中的列（手册五(三)）',
  unnamedColumn: '此列没有表头，其中的内容未采用（手册五(三)）',
  absentRatio: '文件没有此列；只有统一比例单位可以不填缴存比例（手册六(二)1）',
  absentAmount: '文件没有此列，金额按规则计算（手册十一(二)6）',
  totalRow: '合计行不是职工的记录（手册十一(二)2）',
  signatureRow: '签字行不是职工的记录',
  headingRow: '与表头相同的行不是职工的记录',

  long: (limit: number, found: number) => `一个单元格最多${limit}个字符，现为${found}个`,
  merged: (range: string) => `${range}是合并单元格，每行须各有内容（手册十一(二)1）`,
  errorValue: '单元格的公式出错，没有内容',
  unevaluated: '文件没有保存公式的计算结果',
  formula: '采用文件中保存的公式计算结果',
  isBoolean: '单元格是逻辑值 TRUE 或 FALSE，不是此列的内容',
  isDate: '单元格是日期，不是此列的内容',
  isNumber: '单元格是数值，姓名为文本（手册五(三)）',
  isPercent: '单元格是百分比，不是金额',
  notFinite: '数值超出范围',
  tidied: (text: string) => `按“${text}”读取`,
  fullWidth: '数字、字母和符号按半角处理（手册十一(二)1）',

  numberCut: 'Excel 的数值只保留15位，号码须为文本格式（手册五(三)）',
  notWhole: '号码是整数，且须为文本格式（手册五(三)）',
  numberRead: '号码以数值保存，位数完整，按文本读取（手册五(三)）',
  endsZero: '以数值保存过的18位号码，末三位变成000（手册五(三)）',
  zeroCut: (digits: number, found: number) =>
    `个人客户号为${digits}位，现为${found}位；以数值保存时开头的0会丢失（手册五(三)）`,
  zeroPadded: (text: string) => `按单元格显示的${text}读取（手册五(三)）`,

  dateRead: (text: string) => `按${text}读取（手册十一(一)9）`,
  monthAsDate: (shown: string) => `单元格是日期格式，显示为${shown}，不是年月（手册五(三)）`,
  monthUnclear: '2024.10 以数值保存会变成 2024.1，不能确定是1月还是10月（手册五(三)）',

  decimals: (text: string) => `最多两位小数，实际为${text}（手册十一(一)6）`,
  percentTooMuch: (shown: string, meant: string) => `单元格显示为${shown}，应为${meant}`,
  percentNotWhole: (text: string) =>
    `${text}不是整数百分比，单元格显示的可能是四舍五入后的数（手册十一(二)7）`,
  percentShown: (shown: string, percent: string) => `百分比${shown}按${percent}读取`,
  percentRead: (source: string, percent: string) => `${source}按${percent}%读取`,
  reasons: (named: string) => `减少原因为下列之一：${named}（手册七(一)）`,
  reasonRead: (code: string, label: string) => `按${code} ${label}读取`,

  nameRequired: '姓名必填，与中心登记的核对（手册七(二)1、八(二)1、九(二)1）',
  fundChosen: (chosen: string) => `所选资金性质为${chosen}，表格须与之相符（手册十一(二)3）`,
  ratioRange: (min: number, max: number) => `缴存比例范围为${min}%至${max}%，不调整（手册六(二)1）`,
  ratioUnit: (ratio: number) => `统一比例单位的缴存比例为${ratio}%（手册六(二)1）`,
  amountNumber: '金额为数字，单位元，最多两位小数（手册五(三)）',
  amountFilled: (text: string) => `按规则计算：${text}`,
  amountIs: (found: string, basis: string, computed: string) =>
    `文件为${found}元，${basis}计算为${computed}元（手册十一(二)6）`,
  backPayPositive: '补缴金额须大于零（手册八(二)1、九(二)1）',
  backPayIs: (found: string, computed: string) =>
    `文件为${found}元，按规则计算为${computed}元（手册八(二)1、九(二)1）`,
  rosterName: (name: string) => `中心登记的姓名为${name}（手册七(二)、八(二)、九(二)）`,
  rosterId: (id: string) => `中心登记的证件号码为${id}（手册七(二)）`,

  sameIn: (rows: string, what: string) => `与${rows}的${what}相同（手册六.8、七.1）`,
  monthsIn: (rows: string) => `与${rows}的补缴年月重叠（手册八.1、九.1）`,
} as const;

/** 核对结果 (manual 七(二), 八(二), 九(二)). */
export const difference = {
  name: (file: string, roster: string) => `姓名：文件为“${file}”，中心登记为“${roster}”`,
  idNumber: (file: string, roster: string) => `证件号码：文件为“${file}”，中心登记为“${roster}”`,
} as const;
