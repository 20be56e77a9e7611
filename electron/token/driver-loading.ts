import { existsSync } from 'node:fs';
import { fail, type Result, succeed } from '../../shared/errors/result.ts';
import type { TokenProvider } from '../../shared/ipc/token.ts';
import { DriverFault, type KeyDriver } from './key-driver.ts';
import { SoftwareDriver } from './software-driver.ts';

/**
 * Loads the driver a configuration names. KEY_DRIVER_MISSING: no such file, or not a module of this
 * architecture; KEY_DRIVER_FAILED: it loaded and then refused.
 */
export async function loadDriver(provider: TokenProvider): Promise<Result<KeyDriver>> {
  switch (provider.kind) {
    case 'software':
      return succeed(new SoftwareDriver(provider.folder));
    case 'pkcs11':
      return loadPkcs11(provider.modulePath);
  }
}

/** The native binding is loaded only here, so that the software key works without it. */
async function loadPkcs11(modulePath: string): Promise<Result<KeyDriver>> {
  // A bare file name is looked up by the system, as for drivers in the Windows folder.
  const isPath = modulePath.includes('/') || modulePath.includes('\\');
  if (isPath && !existsSync(modulePath)) return fail('KEY_DRIVER_MISSING', modulePath);
  const { Pkcs11Driver } = await import('./pkcs11-driver.ts');
  const { ModuleMissing } = await import('./pkcs11-module.ts');
  try {
    return succeed(new Pkcs11Driver(modulePath));
  } catch (error) {
    if (error instanceof ModuleMissing) {
      return fail('KEY_DRIVER_MISSING', `${modulePath}: ${error.message}`);
    }
    if (error instanceof DriverFault) return fail('KEY_DRIVER_FAILED', error.message);
    throw error;
  }
}
