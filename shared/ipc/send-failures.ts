/** What a signature of the key may fail with. */
export const keyFailures = [
  'KEY_ABSENT',
  'KEY_REMOVED',
  'KEY_LATE',
  'KEY_NOT_LOGGED_IN',
  'KEY_SIGNATURE_BAD',
  'KEY_DRIVER_FAILED',
] as const;

/** Whatever asks the centre may fail with. */
export const sendFailures = [
  ...keyFailures,
  'GATEWAY_UNREACHABLE',
  'GATEWAY_UNTRUSTED',
  'GATEWAY_DATE',
  'ANSWER_LATE',
  'ANSWER_UNPROVEN',
  'RECEIVE_FAILED',
  'SESSION_EXPIRED',
  'RIGHTS_MISSING',
  'CERTIFICATE_REFUSED',
  'CENTRE_BUSY',
  'CENTRE_MAINTENANCE',
  'CLIENT_TOO_OLD',
  'MESSAGE_REFUSED',
  'NOT_SIGNED_IN',
  // a session that has ended is opened again on the way, which may fail like a sign-in
  'PASSWORD_WRONG',
  'PASSWORD_LOCKED',
  'SIGN_IN_INTERRUPTED',
  'LEDGER_REGRESSED',
  'LEDGER_FORKED',
  'DB_FULL',
  'ORDER_UNCLEAR',
] as const;
