import type { CmsFaultReason } from '../../electron/cms/verify.ts';

/** What somebody without the source makes of a fault; the rest is in `detail`. */
const faults: Readonly<Record<CmsFaultReason, string>> = {
  size: '文件太大，不是中心的回执',
  encoding: '文件的内容被改动过，或者不是中心发出的原样',
  structure: '不是中心回执的签名格式，或者被改动过',
  algorithm: '签名算法不是中心使用的',
  attributes: '签名的属性不完整，或者被改动过',
  digest: '回执的内容被改动过，与签名不符',
  certificate: '签名证书不能读取，或者被改动过',
  key: '签名证书的密钥不符合要求',
  signature: '签名不成立：回执或签名被改动过',
  issuer: '签名证书不是所给的机构签发的',
  validity: '回执开具时签名证书不在有效期内',
  skew: '签名的时间与回执的时间不一致',
  signer: '签名的不是中心',
};

/** `detail` of ANSWER_UNPROVEN begins with the fault where there is a signature to speak of. */
export function faultText(detail: string): string {
  const [fault = ''] = detail.split(':');
  return fault in faults ? faults[fault as CmsFaultReason] : '签名不成立';
}

const readFaults: Readonly<Record<string, string>> = {
  ENOENT: '没有这个文件',
  EISDIR: '这是文件夹，不是文件',
  EACCES: '没有权限读取这个文件',
  EPERM: '没有权限读取这个文件',
};

/** Why a file cannot be read, by the code of the system. */
export function readFaultText(code: string): string {
  return readFaults[code] ?? `文件不能读取（${code}）`;
}
