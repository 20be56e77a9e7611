import type { DemoKey, DemoKeyOrder } from './key-order.ts';
import { makeSoftwareKey } from './software-key.ts';

export type DemoKeyTarget =
  | { readonly kind: 'pkcs11'; readonly modulePath: string }
  | { readonly kind: 'software'; readonly folder: string };

export const DEMO_KEY_LABEL = '演示钥匙';

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
