import type { KeyAndCertificate } from '../certificates.ts';
import type { KeyHolder } from './key-certificate.ts';

export interface DemoKeyOrder {
  /** The bank's certificate authority. */
  readonly bank: KeyAndCertificate;
  readonly holder: KeyHolder;
  readonly pin: string;
  readonly soPin: string;
  /** At most 32 bytes of UTF-8. */
  readonly label: string;
}

export interface DemoKey {
  readonly label: string;
  readonly serial: string;
  readonly certificatePem: string;
  /** False when a key made earlier still serves; its PIN is then the one it was made with. */
  readonly isNew: boolean;
}
