import { z } from 'zod';

/**
 * A key that is a folder instead of a device, for demonstration on machines without a PKCS#11
 * token. It stands under the same rules as a real one: PIN, own counter, lock. Removing it means
 * renaming or moving the folder away.
 */
export const softwareKeyFiles = {
  token: 'token.json',
  key: 'key.json',
  tries: 'tries.json',
  certificate: 'certificate.pem',
} as const;

export const SOFTWARE_KEY_TRIES_MAX = 6;
export const SOFTWARE_KEY_PIN_BYTES_MIN = 6;
export const SOFTWARE_KEY_PIN_BYTES_MAX = 16;

export const softwareToken = z.strictObject({
  version: z.literal(1),
  label: z.string().min(1).max(32),
  serial: z.string().regex(/^[0-9A-F]{16}$/),
  /** Hex, as CKA_ID of key and certificate. */
  keyId: z.string().regex(/^([0-9a-f]{2})+$/),
});

const base64 = z.base64();

/** The private key as PKCS#8 DER, sealed with AES-256-GCM under scrypt of the PIN. */
export const softwareSealedKey = z.strictObject({
  version: z.literal(1),
  scrypt: z.strictObject({
    cost: z.int().min(16_384).max(131_072),
    blockSize: z.literal(8),
    parallelization: z.literal(1),
    salt: base64,
  }),
  nonce: base64,
  tag: base64,
  sealed: base64,
});

export const softwareTries = z.strictObject({ failed: z.int().min(0) });

export type SoftwareToken = z.output<typeof softwareToken>;
export type SoftwareSealedKey = z.output<typeof softwareSealedKey>;
