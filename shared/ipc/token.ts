import { z } from 'zod';
import { bytesSchema, operation, type EventOf, type ValueOf } from './contract.ts';

/**
 * The token host's contract: a process that holds one PKCS#11 driver (or the software key) and
 * nothing else.
 *
 * Calls run one after another and block the process for as long as the driver does, so the parent
 * keeps the deadline of each operation (`tokenDeadlinesMs`), kills the process when it is late
 * (`KEY_LATE` for whoever waited) and starts a fresh one.
 *
 * A driver that hangs between calls (the host looks at the slots each `PRESENCE_POLL_MS`) shows as a
 * late `presence`. An `open` that failed may be asked again, after the clerk has installed the driver;
 * that is no reason to end the process. Any other call before `open` is a bug.
 *
 * Order of use in a fresh process: `open`, `list`, `login`, `sign`…, `logout`. Only a certificate
 * that this process has listed as usable can be logged in.
 *
 * Removal: a driver that has seen a removal may refuse the right PIN afterwards and burn a try, so
 * the process never serves another login. It emits `presence`, answers every further call with
 * `KEY_REMOVED`, and after `RETIRE_DELAY_MS` ends by itself with `tokenExitCodes.removed`. The
 * supervisor starts a fresh process at once and does not count that exit as a crash. An exit with
 * `tokenExitCodes.driverFailed` (the driver lost its session though the token is still there) is
 * to be counted like a crash. When the removal is met inside a call, that call is answered first.
 */

/** The number of wrong PINs after which common bank keys lock (channel, PIN rules). */
export const PIN_TRIES_ASSUMED = 6;
const PIN_CHARACTERS_MAX = 64;
/** Signed attributes take about 300 bytes; the cap keeps a whole document away from the key. */
const SIGN_INPUT_BYTES_MAX = 65_536;
export const PRESENCE_POLL_MS = 1_000;
/** Time between telling of a removal and the process's end, so that the answers get out. */
export const RETIRE_DELAY_MS = 200;
const BANK_ANCHORS_MAX = 8;

/** Exits the token host chooses itself; anything else is a crash. */
export const tokenExitCodes = { removed: 71, driverFailed: 72 } as const;

const serial = z.string().min(1).max(64);
const fingerprint = z.string().regex(/^[0-9a-f]{64}$/);
const bytes = bytesSchema;
const empty = z.strictObject({});

export const tokenProvider = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pkcs11'), modulePath: z.string().min(1).max(1_024) }),
  z.strictObject({ kind: z.literal('software'), folder: z.string().min(1).max(1_024) }),
]);

export const driverDescription = z.strictObject({
  kind: z.enum(['pkcs11', 'software']),
  /** Path of the module, or the software key's folder. */
  modulePath: z.string(),
  library: z.string(),
  manufacturer: z.string(),
  /** `major.minor`. */
  version: z.string(),
});

export const tokenFlags = z.strictObject({
  initialized: z.boolean(),
  loginRequired: z.boolean(),
  pinCountLow: z.boolean(),
  pinFinalTry: z.boolean(),
  pinLocked: z.boolean(),
});

/** What to do before asking for the PIN. */
export const pinAdvice = z.enum(['ask', 'warnLow', 'confirmLastTry', 'refuse']);

const tokenName = z.strictObject({ label: z.string(), serial: z.string() });

export const tokenDescription = z.strictObject({
  ...tokenName.shape,
  manufacturer: z.string(),
  model: z.string(),
  flags: tokenFlags,
  /** Tries our own record holds as spent since the last success. */
  failedTries: z.int(),
  pinAdvice,
});

/** Why a certificate cannot be used; the rules are tried in this order, the first failure counts. */
export const certificateRule = z.enum([
  'unreadable',
  'notRsa',
  'keyTooSmall',
  'noPrivateKey',
  'modulusDiffers',
  'isCa',
  'issuerUnknown',
  'notYetValid',
  'expired',
  'unitMissing',
]);

export const certificateDescription = z.strictObject({
  tokenSerial: z.string(),
  /** CKA_ID in hex. */
  id: z.string(),
  /** SHA-256 of the DER, lower-case hex. */
  fingerprint: z.string(),
  /** The texts from here to `notAfter` are empty when the certificate is `unreadable`. */
  subject: z.string(),
  commonName: z.string(),
  issuer: z.string(),
  serialNumber: z.string(),
  /** UTC ISO text. */
  notBefore: z.string(),
  notAfter: z.string(),
  certificateDer: bytes,
  /** `true`, or the first rule that failed. */
  usable: z.union([z.literal(true), certificateRule]),
});

/** `present`: the logged-in token is there; before a login, at least one initialised token is. */
const presence = z.strictObject({ present: z.boolean(), tokens: z.array(tokenName) });

const lost = ['KEY_REMOVED', 'KEY_DRIVER_FAILED'] as const;

export const tokenContract = {
  /**
   * Loads the driver; once per process. `stateFile` keeps our own count of failed PINs per token;
   * `triesAssumed` is normally `PIN_TRIES_ASSUMED`.
   */
  open: operation(
    z.strictObject({
      provider: tokenProvider,
      stateFile: z.string().min(1).max(1_024),
      triesAssumed: z.int().min(1).max(20),
    }),
    driverDescription,
    ['KEY_DRIVER_MISSING', 'KEY_DRIVER_FAILED'],
  ),
  /** Reads tokens and certificates; needs no PIN. No token at all is an empty list. */
  list: operation(
    z.strictObject({
      bankAnchorsPem: z.array(z.string().min(1).max(16_384)).min(1).max(BANK_ANCHORS_MAX),
      unitAccount: z.string().regex(/^\d{10,12}$/),
      centreTimeMs: z.int().positive(),
    }),
    z.strictObject({
      tokens: z.array(tokenDescription),
      certificates: z.array(certificateDescription),
    }),
    ['CONFIG_INVALID', ...lost],
  ),
  /** One PIN entry, at most one `C_Login`. `KEY_NO_CERTIFICATE`: not listed here as usable. */
  login: operation(
    z.strictObject({
      tokenSerial: serial,
      fingerprint,
      pin: z.string().max(PIN_CHARACTERS_MAX),
      confirmLastTry: z.boolean(),
    }),
    z.strictObject({ ...tokenName.shape, fingerprint: z.string(), certificateDer: bytes }),
    [
      'PIN_WRONG',
      'PIN_WRONG_LAST_TRY',
      'PIN_LAST_TRY_UNCONFIRMED',
      'PIN_LOCKED',
      'PIN_FORMAT',
      'PIN_UNSET',
      'KEY_ABSENT',
      'KEY_NO_CERTIFICATE',
      'KEY_PRIVATE_MISSING',
      'DB_FULL',
      ...lost,
    ],
  ),
  /**
   * RSASSA-PKCS1-v1_5 with SHA-256 over the bytes as given. The signature has been verified with
   * the certificate's public key before it is answered.
   */
  sign: operation(
    z.strictObject({
      toBeSigned: bytes.refine(
        (input) => input.byteLength > 0 && input.byteLength <= SIGN_INPUT_BYTES_MAX,
      ),
    }),
    z.strictObject({ signature: bytes }),
    ['KEY_NOT_LOGGED_IN', 'KEY_SIGNATURE_BAD', ...lost],
  ),
  logout: operation(empty, z.null(), lost),
  presence: operation(empty, presence, lost),
  /** For the help desk; holds no secret. */
  info: operation(
    empty,
    z.strictObject({
      driver: driverDescription,
      /** `reader`: the slot as the driver calls it; empty where it does not say. */
      tokens: z.array(z.strictObject({ ...tokenDescription.shape, reader: z.string() })),
      loggedIn: tokenName.nullable(),
    }),
    lost,
  ),
} as const;

/** Sent by the host unasked: once after `open`, then only on change. */
export const tokenEvents = { presence } as const;

export type TokenContract = typeof tokenContract;
export type TokenEvents = typeof tokenEvents;
export type TokenOperation = keyof TokenContract;

/** Deadlines the parent keeps, per operation, in milliseconds. */
export const tokenDeadlinesMs: Readonly<Record<TokenOperation, number>> = {
  open: 15_000,
  list: 20_000,
  login: 30_000,
  sign: 30_000,
  logout: 10_000,
  presence: 10_000,
  info: 10_000,
};

export type TokenProvider = z.output<typeof tokenProvider>;
export type DriverDescription = z.output<typeof driverDescription>;
export type TokenFlags = z.output<typeof tokenFlags>;
export type PinAdvice = z.output<typeof pinAdvice>;
export type TokenName = z.output<typeof tokenName>;
export type TokenDescription = z.output<typeof tokenDescription>;
export type CertificateRule = z.output<typeof certificateRule>;
export type CertificateDescription = z.output<typeof certificateDescription>;
export type TokenListing = ValueOf<TokenContract, 'list'>;
export type TokenLogin = ValueOf<TokenContract, 'login'>;
export type TokenPresence = EventOf<TokenEvents, 'presence'>;
