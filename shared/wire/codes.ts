import { z } from 'zod';
import type { ErrorCode } from '../errors/catalogue.ts';

/**
 * Class of an answer code: A applied · R refused for good, with a receipt ·
 * N these bytes were not applied · W not now · U anything else, which proves nothing.
 */
export type CodeClass = 'A' | 'R' | 'N' | 'W' | 'U';

interface WireCode {
  readonly cls: CodeClass;
  readonly msg: string;
  /** What the client tells the clerk. */
  readonly error?: ErrorCode;
}

export const wireCodes = {
  '000000': { cls: 'A', msg: '成功' },
  WLA101: { cls: 'N', msg: '会话无效或已过期', error: 'SESSION_EXPIRED' },
  WLA102: { cls: 'N', msg: '证书不被认可', error: 'CERTIFICATE_REFUSED' },
  WLA103: { cls: 'N', msg: '无此权限', error: 'RIGHTS_MISSING' },
  WLA104: { cls: 'N', msg: '交易密码错误', error: 'PASSWORD_WRONG' },
  WLA105: { cls: 'N', msg: '交易密码已锁定', error: 'PASSWORD_LOCKED' },
  WLA106: { cls: 'N', msg: '质询无效或已使用', error: 'SIGN_IN_INTERRUPTED' },
  WLP201: { cls: 'N', msg: '报文无法解析', error: 'MESSAGE_REFUSED' },
  WLP202: { cls: 'N', msg: '签名无效', error: 'MESSAGE_REFUSED' },
  WLP203: { cls: 'N', msg: '报文格式不符', error: 'MESSAGE_REFUSED' },
  WLP204: { cls: 'N', msg: '接收方不符', error: 'MESSAGE_REFUSED' },
  WLP205: { cls: 'N', msg: '报文已过有效期', error: 'MESSAGE_REFUSED' },
  WLP206: { cls: 'N', msg: '协议版本不支持', error: 'CLIENT_TOO_OLD' },
  WLP207: { cls: 'N', msg: '报文过大', error: 'MESSAGE_REFUSED' },
  WLS301: { cls: 'N', msg: '流水号已用于另一报文', error: 'MESSAGE_REFUSED' },
  WLS302: { cls: 'N', msg: '流水号已作废', error: 'MESSAGE_REFUSED' },
  WLS303: { cls: 'A', msg: '该业务已受理' },
  WLS305: { cls: 'W', msg: '该业务正在处理', error: 'CENTRE_BUSY' },
  WLB401: { cls: 'R', msg: '业务检查未通过', error: 'ORDER_REJECTED' },
  WLB402: { cls: 'R', msg: '合计与明细不符', error: 'ORDER_REJECTED' },
  WLB403: { cls: 'R', msg: '参数版本已更新', error: 'PARAMETERS_CHANGED' },
  WLB404: { cls: 'R', msg: '不在办理时间内', error: 'WINDOW_CLOSED' },
  WLD601: { cls: 'N', msg: '下载已失效', error: 'SYNC_MISMATCH' },
  WLX501: { cls: 'W', msg: '系统繁忙', error: 'CENTRE_BUSY' },
  WLX502: { cls: 'W', msg: '系统维护', error: 'CENTRE_MAINTENANCE' },
} as const satisfies Record<string, WireCode>;

export type WireCodeName = keyof typeof wireCodes;

export const wireCodeSchema = z.enum(Object.keys(wireCodes) as [WireCodeName, ...WireCodeName[]]);
export const codeClassSchema = z.enum(['A', 'R', 'N', 'W', 'U']);

/** The clerk's code for an answer that is not class A. */
export function errorOfWireCode(code: WireCodeName): ErrorCode {
  const known: WireCode = wireCodes[code];
  return known.error ?? 'MESSAGE_REFUSED';
}
