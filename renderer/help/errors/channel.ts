import type { Causes } from './cause.ts';

export const channelCauses = {
  GATEWAY_UNREACHABLE:
    '到外联平台网关的网络不通：网线、无线、代理，或者单位的防火墙没有放行网关的地址和端口。',
  GATEWAY_UNTRUSTED:
    '对方出示的证书不是约定的机构签发的，可能是网络被截听，也可能是单位的安全设备替换了证书。程序没有发送任何内容。',
  GATEWAY_DATE: '本机的日期不对，或者网关的证书确实已经过期，程序无法确认对方的身份。',
  ANSWER_LATE: '请求已经发出，但在规定时间内没有收到答复。中心可能已经受理。',
  ANSWER_UNPROVEN: '收到了答复，但其中中心的签名核对不上，程序不采信，也不改变这批业务的状态。',
  RECEIVE_FAILED:
    '请求发出以后、答复收完之前连接中断，即手册里的“从服务器接收数据失败”。中心可能已经受理。',
  SESSION_EXPIRED: '登录中心后长时间没有操作，或者连接时间太长，中心结束了这次会话。',
  RIGHTS_MISSING: '中心没有给这个账号开通该项业务，或者权限已被停用。',
  CERTIFICATE_REFUSED: '中心查到这张证书已作废、已换新，或者没有登记为本单位的网银盾。',
  CENTRE_BUSY: '中心同时处理的请求太多，让程序稍后再来。',
  CENTRE_MAINTENANCE: '中心停机维护。计划内的维护会在“中心通知”里提前说明。',
  CLIENT_TOO_OLD: '中心更新了规则，要求使用更新的程序版本，旧版本不再受理。',
  MESSAGE_REFUSED: '中心看到的报文不符合约定，没有办理。多为程序版本或配置的问题，不是录入的问题。',
} as const satisfies Causes;

export const orderCauses = {
  WINDOW_CLOSED:
    '每月 21 日至次月 20 日为一个业务月度，每天只在规定的时间受理；20 日遇节假日提前截止。现在不在这个时间内。',
  PARAMETERS_CHANGED: '录入之后，中心调整了基数上下限、比例或其他参数，原来算好的金额不再适用。',
  ORDER_REJECTED: '中心核对后没有受理这一批，例如某条记录在中心已经办理过。整批都没有生效。',
  ORDER_IN_FLIGHT: '上一批已经发出、还没有结果。为了不重复办理，程序一次只发一批。',
  ORDER_UNCLEAR: '发送途中中断，程序不知道中心收到没有。它会用原来的流水去问，不会另发一份。',
  ENTRY_APPLIED: '这条记录以前的某次提交中心已经受理，只是当时没有收到答复。',
  DRAFT_NOT_HOLDING: '录入以后参数或职工信息变了，有的记录已不符合条件，整批没有发送。',
  DRAFT_OUTDATED: '这条记录是按当时的参数或职工信息录入的，现在算出来不一样了。',
  TOTALS_CHANGED: '点“确认”和点“是”之间，队列里的人数或金额变了，与看到的不一致。',
  LEDGER_REGRESSED:
    '本机已经有编号更大的回执，中心却说最新的编号更小，像是中心的数据退回到了以前。程序停止发送，以免重复办理。',
  LEDGER_FORKED: '同一个编号的回执，中心现在给出的与本机保存的内容不同。程序停止发送，等中心核对。',
} as const satisfies Causes;

export const rosterCauses = {
  SYNC_CANCELLED: '同步过程中点了“取消”。下载的内容已丢弃。',
  SYNC_MISMATCH: '下载完以后核对人数、金额和校验值，与中心给出的不一致，程序没有采用。',
  MONTH_MOVING:
    '取中心数字和取名单之间，中心又办结了业务，前后不是同一时刻的情况，程序不拿它们来比较。',
  SYNC_RUNNING: '同一时间只进行一次同步，上一次还没有结束。',
  NO_RECORD: '本机没有符合条件的记录：条件太窄、还没有同步，或者记录已被删除。',
} as const satisfies Causes;
