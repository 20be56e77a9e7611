import { again, entry, unclear } from './catalogue-entry.ts';
import type { CatalogueEntry } from './catalogue-entry.ts';
import { fileEntries } from './file-entries.ts';

/** Every code with what the clerk is told. */
export const catalogue = {
  // the program itself
  REQUEST_INVALID: entry(
    '程序内部的请求不符合约定。',
    '没有改动任何数据。请重新打开程序；再次出现请联系技术支持。',
  ),
  SENDER_REFUSED: entry('请求来源不明，已拒绝。', '没有改动任何数据。请重新打开程序。'),
  INTERNAL: entry(
    '程序内部出错。',
    '已录入的数据都在。请查看列表确认结果；再次出现请联系技术支持。',
    { mayHaveArrived: true },
  ),
  DOCUMENT_FAILED: entry(
    '单据没有生成。',
    '没有改动任何数据。请再试一次；再次出现请联系技术支持。',
    again,
  ),
  PRINT_FAILED: entry('没有打印。', '请检查打印机是否开机、连好、有纸，再打印一次。', again),
  HOST_DIED: entry(
    '后台程序意外退出，正在重新启动。',
    '已录入的数据都在。请稍候片刻再操作。',
    again,
  ),
  HOST_LATE: entry(
    '后台程序没有按时应答。',
    '已录入的数据都在。请查看列表确认结果后再操作。',
    unclear,
  ),
  HOST_GIVEN_UP: entry(
    '后台程序反复退出，已停止重启。',
    '已录入的数据都在。请关闭程序重新打开；仍不行请联系技术支持。',
  ),
  CONFIG_MISSING: entry('没有找到配置文件。', '请按安装说明放好配置文件后重新打开程序。'),
  KEY_STORE_MISSING: entry(
    '本机系统不能安全保存数据密钥。',
    '没有写入任何数据。请联系技术支持检查系统的凭据保护功能。',
  ),
  CONFIG_INVALID: entry('配置文件内容不正确。', '请联系技术支持核对配置文件。'),

  INPUT_UNREADABLE: entry('输入无法读取。', '请按格式说明改正后再试，格式见 docs/rules.md。'),
  INPUT_IGNORED: entry('输入中有不认识的项，未采用。', '请核对该项的名称。'),

  // the unit's database
  DB_NEWER: entry(
    '本机数据由更新版本的程序建立，当前版本不能打开。',
    '数据没有改动。请安装最新版程序后再打开。',
  ),
  DB_DAMAGED: entry(
    '本机数据文件已损坏。',
    '原文件没有改动。可以从备份恢复或重新开始；中心已受理的业务在中心都有记录。',
  ),
  DB_KEY_LOST: entry(
    '找不到本机数据的密钥，数据文件打不开。',
    '原文件没有改动。可以重新开始；中心已受理的业务在中心都有记录。',
  ),
  DB_MIGRATION_FAILED: entry('本机数据升级没有成功。', '已保留升级前的备份。请联系技术支持。'),
  DB_FULL: entry('磁盘空间不足，无法保存。', '本次操作没有保存。请清理磁盘后再试。', again),
  DB_NOT_WRITABLE: entry(
    '数据文件现在不能写入，无法保存。',
    '本次操作没有保存，以前录入的都在。请检查数据文件夹是否只读、磁盘是否正常，然后再试。',
    again,
  ),
  DB_UNIT_MISMATCH: entry('数据文件不属于当前单位。', '数据没有改动。请联系技术支持。'),

  // backup and restore
  BACKUP_FAILED: entry(
    '备份没有完成。',
    '本机数据没有受影响。请到“备份与恢复”再备份一次，或换一个文件夹；仍不行请联系技术支持。',
    again,
  ),
  BACKUP_NO_SPACE: entry(
    '磁盘空间不足，备份没有完成。',
    '本机数据没有受影响。请清理磁盘，再到“备份与恢复”备份一次。',
    again,
  ),
  BACKUP_UNREADABLE: entry('这个文件不是完整的备份。', '没有改动任何数据。请另选一个备份。'),
  BACKUP_OTHER_UNIT: entry('这个备份属于别的单位。', '没有改动任何数据。请另选本单位的备份。'),
  BACKUP_NEWER: entry(
    '这个备份由更新版本的程序制作，当前版本不能恢复。',
    '没有改动任何数据。请安装最新版程序后再恢复。',
  ),
  BACKUP_LOCKED: entry(
    '这个备份不能用本机的密钥打开。',
    '没有改动任何数据。备份里没有可用网银盾打开的密钥，只能在制作它的电脑上恢复。',
  ),
  BACKUP_OTHER_KEY: entry(
    '插着的网银盾不是做备份时用的那一个。',
    '没有改动任何数据。请换做备份时用的网银盾，输入口令后再试。',
    again,
  ),
  BACKUP_PASSWORD: entry(
    '打开这个备份要用做备份时的交易密码。',
    '没有改动任何数据。请输入做备份时的交易密码；网银盾须已输口令。',
    again,
  ),
  BACKUP_FORKED: entry(
    '备份里的记录与本机的互相矛盾，不能合并。',
    '没有改动任何数据。请联系技术支持。',
  ),

  // sign-in
  PASSWORD_WRONG: entry('交易密码不正确。', '请重新输入交易密码。', again),
  PASSWORD_LOCKED: entry(
    '交易密码连续输错，登录已暂停。',
    '请半小时后再试；忘记交易密码的，到柜面重置。',
  ),
  FIRST_SIGN_IN_ONLINE: entry(
    '本机还没有登录过，不能离线登录。',
    '请先插好网银盾并启动外联平台，再登录。',
  ),
  NOT_SIGNED_IN: entry('还没有登录。', '请先登录。'),
  SYNC_REQUIRED: entry(
    '本机首次登录必须同步职工信息。',
    '请勾选“登录时同步更新本地数据”后再登录。',
  ),
  SIGN_IN_INTERRUPTED: entry('登录没有完成。', '没有改动任何数据。请再登录一次。', again),

  // the key
  KEY_DRIVER_MISSING: entry('没有找到网银盾驱动。', '请安装银行提供的网银盾驱动后重试。', again),
  KEY_DRIVER_FAILED: entry(
    '网银盾驱动出错。',
    '没有发送任何数据。请拔出网银盾，稍候重新插入后再试。',
    again,
  ),
  KEY_ABSENT: entry('没有检测到网银盾。', '请插入网银盾。已录入的数据都在，没有发送。', again),
  KEY_REMOVED: entry(
    '网银盾已拔出。',
    '本次没有发送，已录入的数据都在。请重新插入网银盾并输入口令后再确认。',
    again,
  ),
  KEY_LATE: entry(
    '网银盾没有按时应答。',
    '没有发送任何数据。请拔出网银盾，稍候重新插入后再试。',
    again,
  ),
  KEY_NO_CERTIFICATE: entry(
    '网银盾里没有本单位可用的证书。',
    '请核对是否插错网银盾；详情里写明了每张证书不可用的原因。',
  ),
  KEY_CERTIFICATE_CHOICE: entry('网银盾里有多张可用证书。', '请选择要使用的证书。', again),
  KEY_NOT_LOGGED_IN: entry('网银盾还没有输入口令。', '请在外联平台输入网银盾口令。', again),
  KEY_SIGNATURE_BAD: entry(
    '网银盾返回的签名无效。',
    '没有发送任何数据。请重新插入网银盾后再试。',
    again,
  ),
  KEY_PRIVATE_MISSING: entry(
    '网银盾里没有与证书配套的私钥。',
    '没有发送任何数据。请联系银行核对网银盾。',
  ),
  PIN_WRONG: entry('网银盾口令不正确。', '请核对后重新输入。连续输错会锁定网银盾。', again),
  PIN_WRONG_LAST_TRY: entry(
    '网银盾口令不正确，只剩最后一次机会。',
    '再次输错网银盾将锁定，需到银行网点解锁。请确认口令后再输入。',
    again,
  ),
  PIN_LAST_TRY_UNCONFIRMED: entry(
    '网银盾只剩最后一次输入口令的机会。',
    '请确认口令无误并勾选确认后再输入；没有把握请先联系银行。',
    again,
  ),
  PIN_LOCKED: entry('网银盾口令已锁定。', '请携带网银盾到银行网点解锁。已录入的数据都在。'),
  PIN_FORMAT: entry('网银盾口令的长度不正确。', '请核对后重新输入。本次没有消耗输入次数。', again),
  PIN_UNSET: entry('网银盾还没有设置口令。', '请按银行说明设置网银盾口令后再用。', again),

  // the channel
  GATEWAY_UNREACHABLE: entry(
    '连接不上外联平台网关。',
    '已录入的数据都在。请检查网络，恢复后再操作。',
    again,
  ),
  GATEWAY_UNTRUSTED: entry('网关的身份无法确认，已断开。', '没有发送任何数据。请联系技术支持。'),
  GATEWAY_DATE: entry(
    '网关证书的日期与本机日期不符。',
    '没有发送任何数据。请检查本机的日期和时间。',
    again,
  ),
  ANSWER_LATE: entry(
    '中心没有按时答复。',
    '数据已保存。程序会自动查询结果，请勿重新录入。',
    unclear,
  ),
  ANSWER_UNPROVEN: entry(
    '收到的答复无法证明来自中心。',
    '数据已保存，状态没有改变。程序会自动查询结果，请勿重新录入。',
    unclear,
  ),
  RECEIVE_FAILED: entry(
    '从服务器接收数据失败。',
    '数据已保存。程序会自动查询结果，请勿重新录入。',
    unclear,
  ),
  SESSION_EXPIRED: entry('与中心的会话已过期。', '请重新启动外联平台。已录入的数据都在。', again),
  RIGHTS_MISSING: entry('当前账号没有办理此业务的权限。', '请联系中心开通权限。'),
  CERTIFICATE_REFUSED: entry('中心不认可此网银盾证书。', '请联系银行核对网银盾。'),
  CENTRE_BUSY: entry('中心暂时繁忙。', '数据已保存，程序会自动再试。', again),
  CENTRE_MAINTENANCE: entry('中心系统正在维护。', '数据已保存，维护结束后会自动再试。', again),
  CLIENT_TOO_OLD: entry('程序版本过低，中心不再受理。', '请安装最新版程序。已录入的数据都在。'),
  MESSAGE_REFUSED: entry(
    '中心没有受理这条报文。',
    '本次没有生效，已录入的数据都在。请联系技术支持。',
  ),
  WINDOW_CLOSED: entry('现在不在网上业务办理时间内。', '已录入的数据都在，到办理时间再确认。'),
  PARAMETERS_CHANGED: entry(
    '中心参数已更新，金额需要重新计算。',
    '本次没有发送。请核对重新计算后的金额再确认。',
    again,
  ),
  ORDER_REJECTED: entry('中心未受理本批业务。', '请按每条记录写明的原因修改后再确认。'),
  ORDER_IN_FLIGHT: entry(
    '上一批业务还在等待中心答复。',
    '请等待上一批有结果后再确认，程序会自动查询。',
    again,
  ),
  ORDER_UNCLEAR: entry(
    '本批业务可能已经发送，结果还不清楚。',
    '数据已保存。下次登录后程序会自动查清，请勿重新录入。',
    unclear,
  ),
  ENTRY_APPLIED: entry(
    '这条记录中心已经受理过。',
    '没有再次办理。请删除这条记录；结果见已受理的业务。',
  ),
  DRAFT_NOT_HOLDING: entry(
    '所选记录中有与现行参数或职工信息不符的。',
    '本次没有发送。请按记录上写明的原因修改或删除后再确认。',
  ),
  DRAFT_OUTDATED: entry(
    '参数或职工信息已变，与录入时不同。',
    '请打开这条记录核对后重新录入，或删除。',
  ),
  TOTALS_CHANGED: entry(
    '待确认队列在确认前有变动。',
    '本次没有发送。请核对人数和金额后再确认。',
    again,
  ),
  LEDGER_REGRESSED: entry(
    '中心的回执编号早于本机已有的回执。',
    '已停止发送，没有改动任何数据。请联系中心核对。',
  ),
  LEDGER_FORKED: entry(
    '中心的回执与本机已有的回执不一致。',
    '已停止发送，没有改动任何数据。请联系中心核对。',
  ),

  // roster
  SYNC_CANCELLED: entry('已取消同步。', '本机职工信息保持同步前的内容。', again),
  SYNC_MISMATCH: entry('收到的职工信息核对不符。', '本机职工信息没有改动。请再同步一次。', again),
  SYNC_RUNNING: entry('正在同步职工信息。', '请等待本次同步结束。', again),
  MONTH_MOVING: entry(
    '中心的数据正在变动，这次没有对上账。',
    '没有改动任何数据。请稍候片刻再对账一次。',
    again,
  ),
  NO_RECORD: entry('数据库查询无记录。', '请核对查询条件，或先同步职工信息。'),

  // entries (manual 六 to 九, 十一(一))
  NAME_EMPTY: entry('姓名为空。', '请输入职工姓名。'),
  NAME_TOO_LONG: entry(
    '姓名超过中心允许的长度。',
    '请核对姓名；确需以此姓名登记的，转待柜面办理。',
  ),
  NAME_CHARACTERS: entry('姓名含有不能使用的字符。', '请核对姓名，只输入汉字、字母和间隔点。'),
  ID_TYPE_UNKNOWN: entry('证件类型不正确。', '请选择证件类型。'),
  ID_TYPE_COUNTER: entry('网上登记只受理身份证。', '使用其他证件的职工，转待柜面办理。'),
  ID_EMPTY: entry('证件号码为空。', '请输入证件号码。'),
  ID_LENGTH: entry('证件号码不是15位或18位。', '请核对身份证号码。'),
  ID_CHARACTERS: entry('证件号码含有不能使用的字符。', '请核对身份证号码。'),
  ID_BIRTH_DATE: entry('证件号码中的出生日期不正确。', '请核对身份证号码。'),
  ID_CHECK: entry('证件号码校验不符。', '请核对身份证号码；确认无误的，转待柜面办理。'),
  BASE_FORMAT: entry('输入的月均工资格式错误。', '请输入数字，例如 8000.00。'),
  BASE_DECIMALS: entry('月均工资最多两位小数。', '请改为两位小数以内。'),
  BASE_NOT_POSITIVE: entry('月均工资不能为零或负数。', '请输入大于零的月均工资。'),
  BASE_BELOW: entry('月均工资低于最低缴存基数，按最低缴存基数计算。', '核对无误可继续。'),
  BASE_ABOVE: entry('月均工资高于最高缴存基数，按最高缴存基数计算。', '核对无误可继续。'),
  BASE_TOO_LARGE: entry('月均工资错误。', '请核对月均工资。'),
  RATIO_FORMAT: entry('缴存比例格式错误。', '请输入整数，例如 12。'),
  RATIO_RANGE: entry('缴存比例不在允许范围内，已调整。', '核对无误可继续。'),
  RATIO_NOT_ALLOWED: entry('缴存比例不在允许范围内。', '请改为允许范围内的比例。'),
  FUND_TYPE_UNKNOWN: entry('资金性质不正确。', '请选择本单位已有的资金性质。'),
  POLICY_MISSING: entry('没有当前业务年月的缴存基数标准。', '请先同步中心参数。'),
  POLICY_EARLY: entry(
    '没有所录年月的缴存基数标准。',
    '请到柜面办理这些年月的补缴；其余年月可分开录入。',
  ),
  MONTH_FORMAT: entry(
    '起始年月（或截止年月）格式错误。',
    '请输入4位年份和2位月份，例如 201008；年份为1990至2100。',
  ),
  MONTH_LENGTH: entry('起始年月（或截止年月）长度错误。', '请输入4位年份和2位月份，例如 201008。'),
  MONTH_ORDER: entry('起始年月大于截止年月。', '请核对起始年月和截止年月。'),
  MONTH_NOT_PAST: entry(
    '起始年月（或截止年月）不早于当前业务年月。',
    '请改为当前业务年月之前的年月；当月由汇缴缴存，无须补缴。',
  ),
  MONTHS_REPEATED: entry(
    '存在重复补缴的年月。',
    '重复操作的无须再次录入；年月录错的，改为正确的补缴年月。',
  ),
  SPAN_LONG: entry('补缴的年月较长。', '请核对起始年月和截止年月；核对无误可继续。'),
  AMOUNT_NOT_POSITIVE: entry('补缴金额不能为零或负数。', '请核对月均工资、缴存比例和补缴年月。'),
  DUPLICATE_IN_QUEUE: entry(
    '存在相同的记录。',
    '待确认队列中已有此职工的记录，或已发送的还没有结果，不得重复录入；需要更改的，请修改原记录。',
  ),
  UNDER_REVIEW: entry(
    '该职工的登记已提交中心。',
    '请在“职工登记信息查询”看结果，不要重复录入；已成功的先同步职工信息。',
  ),
  ACCOUNT_ACTIVE: entry(
    '存在正常缴存账户。',
    '若为重复操作无须再次录入；确需登记的，先办理职工减少。',
  ),
  PERSON_DIFFERS: entry('姓名或证件号码与中心登记不一致。', '请先同步职工信息，核对后再确认。'),
  LANDS_NEXT_MONTH: entry(
    '登记送到中心后，本月已没有可办理的工作日，可能落在次月。',
    '可继续登记；登记落在次月的，成功并同步职工信息后补办本月的漏缴补缴。',
  ),
  REGISTRATION_WAITING: entry(
    '待确认队列中有该职工的登记，尚未生效。',
    '与登记有关的，请先确认登记，1个工作日后同步职工信息再录入；无关的可继续。',
  ),
  ACCOUNT_LENGTH: entry('个人客户号长度不正确。', '请核对个人客户号，应为12位数字。'),
  ACCOUNT_CHARACTERS: entry('个人客户号含有数字以外的字符。', '请核对个人客户号，应为12位数字。'),
  ACCOUNT_UNKNOWN: entry(
    '该职工不存在缴存关系或不属于此单位。',
    '请核对个人客户号；确为本单位职工的，先同步职工信息再录入。',
  ),
  ACCOUNT_OTHER_FUND: entry(
    '该职工没有所选资金性质的账户。',
    '请核对资金性质；近期新开的，先同步职工信息再录入。',
  ),
  ACCOUNT_STOPPED: entry(
    '该职工已减少，缴存状态为停缴。',
    '若为重复操作无须再次录入；请核对个人客户号。',
  ),
  ACCOUNT_CLOSED: entry('该账户已销户。', '请核对个人客户号；有疑问的请联系中心。'),
  ACCOUNT_COUNTER: entry('该账户的状态不能在网上办理。', '请到柜面办理。'),
  REASON_UNKNOWN: entry('减少原因不正确。', '请选择减少原因。'),
  REASON_MATCHED: entry('减少原因已按代码表处理。', '核对无误可继续。'),
  AMOUNT_MISMATCH: entry('月缴存额与计算的月缴存额不一致。', '请核对月均工资和缴存比例。'),
  TOTALS_MISMATCH: entry('人数或金额合计不符。', '请核对后再确认。'),
  TYPED_FULL_WIDTH: entry('全角字符已改为半角。', '核对无误可继续。'),
  TYPED_SPACES: entry('数字之间的空格已去掉。', '核对无误可继续。'),
  TYPED_TOO_LONG: entry('录入的内容过长。', '请核对该项，去掉多余的内容。'),
  ID_FIFTEEN: entry('15位证件号码已按18位核对。', '核对无误可继续。'),
  ...fileEntries,
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof catalogue;

export const errorCodes = Object.keys(catalogue) as [ErrorCode, ...ErrorCode[]];
