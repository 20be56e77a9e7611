import type { KeyAndCertificate } from '../certificates.ts';
import type { KeyHolder } from './key-certificate.ts';
import { makeSoftwareKey } from './software-key.ts';

export type DemoKeyTarget =
  | { readonly kind: 'pkcs11'; readonly modulePath: string }
  | { readonly kind: 'software'; readonly folder: string };

export const DEMO_KEY_LABEL = '演示钥匙';

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

/** Makes the clerk's key of the demonstration; calling it again returns the same key. */
export async function makeDemoKey(order: DemoKeyOrder, target: DemoKeyTarget): Promise<DemoKey> {
  switch (target.kind) {
    case 'software':
      return makeSoftwareKey(order, target.folder);
    case 'pkcs11': {
      // The native binding is loaded only where a PKCS#11 module is used.
      const { makePkcs11Key } = await import('./pkcs11-key.ts');
      return makePkcs11Key(order, target.modulePath);
    }
  }
}
