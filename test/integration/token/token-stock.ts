import { createPublicKey, type KeyObject } from 'node:crypto';
import pkcs11 from 'pkcs11js';

/** A certificate on a test token, with the keys stored under the same CKA_ID, if any. */
export interface StockItem {
  readonly id: string;
  readonly certificateDer: Uint8Array;
  /** Stored as private and public key object. */
  readonly privateKey?: KeyObject;
  /** Leaves the public key object out, as some bank keys do. */
  readonly hidePublicKey?: boolean;
}

export interface StockedToken {
  readonly label: string;
  readonly pin: string;
  readonly items: readonly StockItem[];
}

const SO_PIN = '87654321';
const LABEL_BYTES = 32;
const READ_WRITE = pkcs11.CKF_SERIAL_SESSION | pkcs11.CKF_RW_SESSION;

/** Fills a fresh SoftHSM token (SOFTHSM2_CONF says where) and returns its serial. */
export function stockToken(modulePath: string, token: StockedToken): string {
  const api = new pkcs11.PKCS11();
  api.load(modulePath);
  api.C_Initialize();
  try {
    const slot = initialize(api, token);
    const session = api.C_OpenSession(slot, READ_WRITE);
    api.C_Login(session, pkcs11.CKU_USER, token.pin);
    for (const item of token.items) store(api, session, item);
    return api.C_GetTokenInfo(slot).serialNumber.trim();
  } finally {
    api.C_Finalize();
    api.close();
  }
}

function initialize(api: pkcs11.PKCS11, { label, pin }: StockedToken): Buffer {
  const free = api
    .C_GetSlotList(true)
    .find((slot) => (api.C_GetTokenInfo(slot).flags & pkcs11.CKF_TOKEN_INITIALIZED) === 0);
  if (!free) throw new Error('no free slot');
  api.C_InitToken(free, SO_PIN, label + ' '.repeat(LABEL_BYTES - Buffer.byteLength(label)));
  const slot = api
    .C_GetSlotList(true)
    .find((other) => api.C_GetTokenInfo(other).label.trim() === label);
  if (!slot) throw new Error(`token ${label} did not appear`);
  const session = api.C_OpenSession(slot, READ_WRITE);
  api.C_Login(session, pkcs11.CKU_SO, SO_PIN);
  api.C_InitPIN(session, pin);
  api.C_Logout(session);
  api.C_CloseSession(session);
  return slot;
}

function store(api: pkcs11.PKCS11, session: Buffer, item: StockItem): void {
  const common = [
    { type: pkcs11.CKA_TOKEN, value: true },
    { type: pkcs11.CKA_ID, value: Buffer.from(item.id, 'hex') },
  ];
  api.C_CreateObject(session, [
    ...common,
    { type: pkcs11.CKA_CLASS, value: pkcs11.CKO_CERTIFICATE },
    { type: pkcs11.CKA_CERTIFICATE_TYPE, value: pkcs11.CKC_X_509 },
    { type: pkcs11.CKA_PRIVATE, value: false },
    { type: pkcs11.CKA_SUBJECT, value: Buffer.from('subject') },
    { type: pkcs11.CKA_VALUE, value: Buffer.from(item.certificateDer) },
  ]);
  if (!item.privateKey) return;
  api.C_CreateObject(session, [...common, ...privateTemplate(item.privateKey)]);
  if (item.hidePublicKey) return;
  api.C_CreateObject(session, [...common, ...publicTemplate(item.privateKey)]);
}

function privateTemplate(key: KeyObject): pkcs11.Template {
  const jwk = key.export({ format: 'jwk' });
  const part = (type: number, text = ''): pkcs11.Attribute => ({
    type,
    value: Buffer.from(text, 'base64url'),
  });
  return [
    { type: pkcs11.CKA_CLASS, value: pkcs11.CKO_PRIVATE_KEY },
    { type: pkcs11.CKA_KEY_TYPE, value: pkcs11.CKK_RSA },
    { type: pkcs11.CKA_PRIVATE, value: true },
    { type: pkcs11.CKA_SENSITIVE, value: true },
    { type: pkcs11.CKA_SIGN, value: true },
    part(pkcs11.CKA_MODULUS, jwk.n),
    part(pkcs11.CKA_PUBLIC_EXPONENT, jwk.e),
    part(pkcs11.CKA_PRIVATE_EXPONENT, jwk.d),
    part(pkcs11.CKA_PRIME_1, jwk.p),
    part(pkcs11.CKA_PRIME_2, jwk.q),
    part(pkcs11.CKA_EXPONENT_1, jwk.dp),
    part(pkcs11.CKA_EXPONENT_2, jwk.dq),
    part(pkcs11.CKA_COEFFICIENT, jwk.qi),
  ];
}

function publicTemplate(key: KeyObject): pkcs11.Template {
  const { n = '', e = '' } = createPublicKey(key).export({ format: 'jwk' });
  return [
    { type: pkcs11.CKA_CLASS, value: pkcs11.CKO_PUBLIC_KEY },
    { type: pkcs11.CKA_KEY_TYPE, value: pkcs11.CKK_RSA },
    { type: pkcs11.CKA_PRIVATE, value: false },
    { type: pkcs11.CKA_VERIFY, value: true },
    { type: pkcs11.CKA_MODULUS, value: Buffer.from(n, 'base64url') },
    { type: pkcs11.CKA_PUBLIC_EXPONENT, value: Buffer.from(e, 'base64url') },
  ];
}
