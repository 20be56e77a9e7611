import { createPublicKey, randomBytes, X509Certificate } from 'node:crypto';
import pkcs11 from 'pkcs11js';
import { isReusable, issueKeyCertificate } from './key-certificate.ts';
import type { DemoKey, DemoKeyOrder } from './key-order.ts';

const RSA_BITS = 2_048;
const LABEL_BYTES = 32;
const OBJECTS_MAX = 64;
const publicExponent = Buffer.from([1, 0, 1]);
const READ_WRITE = pkcs11.CKF_SERIAL_SESSION | pkcs11.CKF_RW_SESSION;

/**
 * Makes a key on a PKCS#11 token, or finds the one made before. The private key is born on the
 * token and never leaves it. The calls block, so this belongs in a process of its own; for SoftHSM,
 * SOFTHSM2_CONF must be set before. Throws what the driver throws.
 */
export async function makePkcs11Key(order: DemoKeyOrder, modulePath: string): Promise<DemoKey> {
  const api = new pkcs11.PKCS11();
  api.load(modulePath);
  api.C_Initialize();
  try {
    const slot = findToken(api, order.label) ?? initializeToken(api, order);
    const session = api.C_OpenSession(slot, READ_WRITE);
    const serial = trim(api.C_GetTokenInfo(slot).serialNumber);
    const existing = readCertificates(api, session).find((der) =>
      isReusable(der, order.bank, order.holder),
    );
    if (existing !== undefined) return describeKey(order.label, serial, existing, false);
    api.C_Login(session, pkcs11.CKU_USER, order.pin);
    destroyObjects(api, session);
    const der = await makePair(api, session, order);
    api.C_Logout(session);
    return describeKey(order.label, serial, der, true);
  } finally {
    api.C_Finalize();
    api.close();
  }
}

function describeKey(label: string, serial: string, der: Buffer, isNew: boolean): DemoKey {
  return { label, serial, certificatePem: new X509Certificate(der).toString(), isNew };
}

function findToken(api: pkcs11.PKCS11, label: string): Buffer | undefined {
  return api.C_GetSlotList(true).find((slot) => {
    const info = api.C_GetTokenInfo(slot);
    return isInitialized(info) && trim(info.label) === label;
  });
}

/** The slot is looked up anew afterwards: SoftHSM gives an initialised token another slot id. */
function initializeToken(api: pkcs11.PKCS11, order: DemoKeyOrder): Buffer {
  const free = api.C_GetSlotList(true).find((slot) => !isInitialized(api.C_GetTokenInfo(slot)));
  if (free === undefined) throw new Error('no free slot for a new token');
  api.C_InitToken(free, order.soPin, padLabel(order.label));
  const slot = findToken(api, order.label);
  if (slot === undefined) throw new Error('the new token is not in any slot');
  const session = api.C_OpenSession(slot, READ_WRITE);
  api.C_Login(session, pkcs11.CKU_SO, order.soPin);
  api.C_InitPIN(session, order.pin);
  api.C_Logout(session);
  api.C_CloseSession(session);
  return slot;
}

async function makePair(api: pkcs11.PKCS11, session: Buffer, order: DemoKeyOrder): Promise<Buffer> {
  const id = randomBytes(16);
  const common = [
    { type: pkcs11.CKA_TOKEN, value: true },
    { type: pkcs11.CKA_ID, value: id },
    { type: pkcs11.CKA_LABEL, value: order.label },
  ];
  const { publicKey } = api.C_GenerateKeyPair(
    session,
    { mechanism: pkcs11.CKM_RSA_PKCS_KEY_PAIR_GEN },
    [
      ...common,
      { type: pkcs11.CKA_MODULUS_BITS, value: RSA_BITS },
      { type: pkcs11.CKA_PUBLIC_EXPONENT, value: publicExponent },
      { type: pkcs11.CKA_VERIFY, value: true },
    ],
    [
      ...common,
      { type: pkcs11.CKA_PRIVATE, value: true },
      { type: pkcs11.CKA_SENSITIVE, value: true },
      { type: pkcs11.CKA_EXTRACTABLE, value: false },
      { type: pkcs11.CKA_SIGN, value: true },
    ],
  );
  const spki = readPublicKey(api, session, publicKey);
  const { raw } = await issueKeyCertificate(order.bank, order.holder, spki);
  api.C_CreateObject(session, [
    ...common,
    { type: pkcs11.CKA_CLASS, value: pkcs11.CKO_CERTIFICATE },
    { type: pkcs11.CKA_CERTIFICATE_TYPE, value: pkcs11.CKC_X_509 },
    { type: pkcs11.CKA_PRIVATE, value: false },
    // The token wants the field; nobody reads it, the certificate itself is read.
    { type: pkcs11.CKA_SUBJECT, value: Buffer.from(order.holder.unitName) },
    { type: pkcs11.CKA_VALUE, value: raw },
  ]);
  return raw;
}

function readPublicKey(api: pkcs11.PKCS11, session: Buffer, key: Buffer): Buffer {
  const [modulus, exponent] = api.C_GetAttributeValue(session, key, [
    { type: pkcs11.CKA_MODULUS },
    { type: pkcs11.CKA_PUBLIC_EXPONENT },
  ]);
  if (!modulus || !exponent) throw new Error('the token does not show the public key');
  const jwk = {
    kty: 'RSA',
    n: modulus.value.toString('base64url'),
    e: exponent.value.toString('base64url'),
  };
  return createPublicKey({ key: jwk, format: 'jwk' }).export({ format: 'der', type: 'spki' });
}

function readCertificates(api: pkcs11.PKCS11, session: Buffer): readonly Buffer[] {
  const template = [{ type: pkcs11.CKA_CLASS, value: pkcs11.CKO_CERTIFICATE }];
  return findObjects(api, session, template).flatMap((object) => {
    const [value] = api.C_GetAttributeValue(session, object, [{ type: pkcs11.CKA_VALUE }]);
    return value === undefined ? [] : [value.value];
  });
}

/** A demonstration token holds one key: what an earlier bank or unit left is cleared. */
function destroyObjects(api: pkcs11.PKCS11, session: Buffer): void {
  for (const object of findObjects(api, session, [])) api.C_DestroyObject(session, object);
}

function findObjects(
  api: pkcs11.PKCS11,
  session: Buffer,
  template: pkcs11.Template,
): readonly Buffer[] {
  api.C_FindObjectsInit(session, template);
  const found = api.C_FindObjects(session, OBJECTS_MAX);
  api.C_FindObjectsFinal(session);
  return found;
}

function isInitialized(info: pkcs11.TokenInfo): boolean {
  return (info.flags & pkcs11.CKF_TOKEN_INITIALIZED) !== 0;
}

/** `C_InitToken` takes exactly 32 bytes of UTF-8, padded with blanks; the binding does not pad. */
function padLabel(label: string): string {
  const length = Buffer.byteLength(label, 'utf8');
  if (length > LABEL_BYTES)
    throw new Error(`token label over ${String(LABEL_BYTES)} bytes: ${label}`);
  return label + ' '.repeat(LABEL_BYTES - length);
}

function trim(text: string): string {
  return text.replaceAll('\0', ' ').trim();
}
