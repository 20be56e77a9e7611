import type {
  CertificateDescription,
  CertificateRule,
  PinAdvice,
  TokenDescription,
} from '../../../shared/ipc/token.ts';
import type { CertificateView } from '../../../shared/ipc/window.ts';

/** Why a certificate cannot be used, in the clerk's words. */
const ruleTexts: Readonly<Record<CertificateRule, string>> = {
  unreadable: '证书无法读取',
  notRsa: '证书的算法不受支持',
  keyTooSmall: '证书的密钥长度不足',
  noPrivateKey: '网银盾里没有与证书对应的私钥',
  modulusDiffers: '证书与网银盾里的私钥不匹配',
  isCa: '这是签发机构的证书',
  issuerUnknown: '不是本业务指定银行签发的证书',
  notYetValid: '证书尚未生效',
  expired: '证书已过有效期',
  unitMissing: '证书不属于本单位',
};

const pinStates: Readonly<Record<PinAdvice, CertificateView['pin']>> = {
  ask: 'ask',
  warnLow: 'warnLow',
  confirmLastTry: 'lastTry',
  refuse: 'locked',
};

export function describeCertificate(
  certificate: CertificateDescription,
  tokens: readonly TokenDescription[],
): CertificateView {
  const token = tokens.find(({ serial }) => serial === certificate.tokenSerial);
  return {
    fingerprint: certificate.fingerprint,
    tokenLabel: token?.label ?? '',
    tokenSerial: certificate.tokenSerial,
    subject: certificate.commonName || certificate.subject,
    issuer: certificate.issuer,
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    usable: certificate.usable === true,
    reason: certificate.usable === true ? '' : ruleTexts[certificate.usable],
    pin: token ? pinStates[token.pinAdvice] : 'ask',
  };
}
