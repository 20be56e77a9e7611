import path from 'node:path';
import { type Result, succeed } from '../../../shared/errors/result.ts';
import { readCsv } from './csv.ts';
import { FileRefusal } from './refusal.ts';
import type { SheetFit } from './sheet-choice.ts';
import { refuseOtherContainer, refuseOtherPackage, sniff } from './sniff.ts';
import type { Table } from './table.ts';
import { readXlsx } from './xlsx.ts';
import { openZip } from './zip.ts';

/**
 * Reads the one sheet to import out of a file's bytes: of several with content the first that `fits`,
 * if one of them does. What a file can do wrong is answered with a
 * code of `fileCodes` and a sentence for the clerk; what is thrown is a bug of the reading. The
 * time and memory it takes are bounded from outside, by the process it runs in.
 */
export async function readTable(
  bytes: Uint8Array,
  fileName: string,
  fits: SheetFit = () => true,
): Promise<Result<Table>> {
  try {
    return succeed(await readByForm(bytes, fileName, fits));
  } catch (error) {
    if (error instanceof FileRefusal) return error.toFailure();
    throw error;
  }
}

async function readByForm(bytes: Uint8Array, fileName: string, fits: SheetFit): Promise<Table> {
  switch (sniff(bytes)) {
    case 'zip': {
      const parts = await openZip(bytes);
      refuseOtherPackage(parts);
      return readXlsx(parts, fits);
    }
    case 'ole2': {
      refuseOtherContainer(bytes);
      // loaded for these files alone: it is larger than all the rest
      const { readXls } = await import('./xls.ts');
      return readXls(bytes, fits);
    }
    case 'text':
      return readCsv(bytes, path.basename(fileName));
  }
}
