import { again, entry } from './catalogue-entry.ts';
import type { CatalogueEntry } from './catalogue-entry.ts';

/** Part of `catalogue`: files from outside, their cells, and batches. `detail` of a file code is a sentence for the clerk. */
export const fileEntries = {
  FILE_MISSING: entry('没有找到文件。', '文件可能已移动或改名，请重新选择。', again),
  FILE_IN_USE: entry(
    '文件正被其他程序占用。',
    '没有改动任何数据。请先在打开它的程序（如 Excel 或 WPS）中保存并关闭该文件，再试一次。',
    again,
  ),
  FILE_DENIED: entry('没有权限读取或写入该文件。', '请换一个文件夹再试。', again),
  FILE_EMPTY: entry('文件是空的。', '请核对是否选对了文件。'),
  FILE_TOO_LARGE: entry('文件太大，没有导入。', '请只保留要导入的工作表，或分成几个文件导入。'),
  FILE_PASSWORD: entry(
    '文件设有打开密码，没有导入。',
    '请在 Excel 或 WPS 中取消打开密码后再导入。',
  ),
  FILE_NOT_TABLE: entry(
    '文件不是可以导入的表格。',
    '请核对是否选对了文件，可以导入的有 .xlsx、.xlsm、.xls 和 .csv。',
  ),
  FILE_DAMAGED: entry(
    '文件内容无法解析，没有导入。',
    '请用 Excel 或 WPS 打开后另存为 .xlsx，再导入。',
  ),
  FILE_STOPPED: entry(
    '读取文件所用的时间或内存超过限度，已停止，没有导入。',
    '请把要导入的内容复制到新的模板文件中，再导入。',
  ),
  FILE_LIMIT: entry(
    '文件内容超出限度，没有导入。',
    '请把要导入的内容复制到新的模板文件中，再导入。',
  ),
  EXPORT_CHANGED: entry('导出时数据有变动，没有写出文件。', '请再导出一次。', again),
  EXPORT_STOPPED: entry('导出没有完成，没有写出文件。', '请再试一次，或缩小查询的范围。', again),
  FILE_WRITE_FAILED: entry('文件没有保存成功。', '请检查磁盘空间，或换一个文件夹再试。', again),
  SHEET_NONE: entry('文件中没有可以导入的工作表。', '请核对是否选对了文件。'),
  HEADING_MISSING: entry('表头缺少列，没有导入。', '请按模板补上缺少的列后再导入，列的先后不限。'),
  HEADING_TWICE: entry('表头有重复的列，没有导入。', '请删去或改名重复的列后再导入。'),
  TEMPLATE_OTHER_KIND: entry('这是另一种业务的表格，没有导入。', '请到对应的批量业务中导入。'),
  TEMPLATE_OLD: entry('模板的版本已更改，没有导入。', '请重新下载模板，把内容复制过去后再导入。'),
  ROWS_NONE: entry('表头下面没有要导入的内容。', '请填写后再导入。'),
  ROWS_TOO_MANY: entry('行数超过一批的上限，没有导入。', '请分成几个文件导入。'),
  IMPORT_RUNNING: entry('正在导入另一个文件。', '请等它完成，或先取消。', again),
  IMPORT_CANCELLED: entry('已取消导入。', '没有导入任何内容。', again),
  ROWS_HIDDEN: entry('有隐藏或被筛选掉的行，已一并导入。', '不需要的请删除。'),
  ROWS_BLANK: entry('记录之间有空行，已跳过。', '核对无误可继续。'),
  ROWS_TOTAL: entry('有合计行，不是职工的记录，没有导入。', '核对无误可继续。'),
  ROWS_HEADING: entry('有重复的表头行，不是职工的记录，没有导入。', '核对无误可继续。'),
  ROWS_SIGNATURE: entry('有制表、审核等签字行，不是职工的记录，没有导入。', '核对无误可继续。'),
  COLUMN_ABSENT: entry('文件没有可以不填的列，按规则计算。', '核对无误可继续。'),
  COLUMN_IGNORED: entry('有不认识的列，未采用。', '核对无误可继续。'),
  MACROS_IGNORED: entry('文件带有宏，宏不会被执行。', '核对无误可继续。'),
  SHEET_CHOSEN: entry('文件有多个工作表，只导入了其中一个。', '请核对导入的工作表。'),
  TEMPLATE_OTHER_UNIT: entry('模板是为另一个单位下载的。', '请核对是否选对了文件。'),

  // cells of a batch file
  CELL_NUMBER_CUT: entry(
    '号码以数值保存，末几位已丢失，不能自动恢复。',
    '请把该列设为“文本”格式后重新录入号码。',
  ),
  CELL_ENDS_ZERO: entry(
    '号码末三位为000，可能曾以数值保存。',
    '请与身份证核对末三位；核对无误可继续。',
  ),
  CELL_ZERO_CUT: entry('号码以数值保存，开头的0可能已丢失。', '请把该列设为“文本”格式后重新录入。'),
  CELL_ERROR_VALUE: entry('单元格是错误值。', '请改正公式，或直接填写内容。'),
  CELL_UNEVALUATED: entry(
    '公式没有计算结果。',
    '请在 Excel 或 WPS 中打开、重新计算并保存，或复制后选择性粘贴为数值。',
  ),
  CELL_FORM: entry('单元格的内容不是此列应有的形式。', '请按模板的填表说明改正。'),
  CELL_MERGED: entry('单元格已合并，不能确定各行的内容。', '请取消合并，每行填写各自的内容。'),
  CELL_LONG: entry('单元格的内容太长。', '请核对是否填错了列。'),
  CELL_MONTH_UNCLEAR: entry('年月不明确。', '请按 202408 的形式以文本填写。'),
  CELL_DECIMALS: entry(
    '金额超过两位小数。',
    '单元格显示的可能是四舍五入后的数，请改为两位小数以内的数。',
  ),
  CELL_PERCENT: entry('缴存比例不明确。', '请填写整数，例如 12。'),
  CELL_TIDIED: entry('多余的空格或不可见字符已去掉。', '核对无误可继续。'),
  CELL_DATE_READ: entry('日期已按年月读取。', '核对无误可继续。'),
  CELL_NUMBER_READ: entry('已按数字读取。', '核对无误可继续。'),
  CELL_PERCENT_READ: entry('已按百分比读取。', '核对无误可继续。'),
  CELL_FORMULA_READ: entry('已采用公式的计算结果。', '核对无误可继续。'),
  DUPLICATE_IN_FILE: entry('与本文件的另一行重复。', '请删去其中一行，或改正填错的内容。'),
  FUND_TYPE_DIFFERS: entry(
    '资金性质与所选的不符。',
    '请改正该行的资金性质，或选择正确的资金性质后重新导入。',
  ),
  RATIO_FILLED: entry('缴存比例未填，按单位缴存比例计算。', '核对无误可继续。'),
  RATIO_NOT_UNIT: entry('缴存比例与单位的缴存比例不符。', '请改为单位当前的缴存比例。'),
  AMOUNT_FORMAT: entry('金额格式错误。', '请填写数字，最多两位小数。'),
  AMOUNT_FILLED: entry('金额未填，已按规则计算。', '核对无误可继续。'),
  BACK_PAY_MISMATCH: entry('补缴金额与计算的补缴金额不一致。', '请核对年月、月均工资和缴存比例。'),
  NAME_DIFFERS: entry(
    '姓名与中心登记的不一致。',
    '请先核查清楚；继续发送的，以中心登记的个人客户号所对应的信息为准。',
  ),
  ID_DIFFERS: entry(
    '证件号码与中心登记的不一致。',
    '请先核查清楚；继续发送的，以中心登记的个人客户号所对应的信息为准。',
  ),
  BATCH_HAS_ISSUES: entry(
    '还有没改好的行，整批没有发送。',
    '请改正或删除这些行；也可以只发送无误的行。',
  ),
  DIFFERENCES_UNCONFIRMED: entry(
    '核对结果有不一致的行，尚未确认。',
    '请查看核对结果，确认后再发送。',
  ),
} as const satisfies Record<string, CatalogueEntry>;
