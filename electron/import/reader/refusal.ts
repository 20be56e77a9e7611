import { fail, type Failure } from '../../../shared/errors/result.ts';
import type { fileCodes } from '../../../shared/ipc/import.ts';

type FileCode = (typeof fileCodes)[number];

/**
 * Thrown where reading ends, deep inside the parsing of a stream; it never leaves `readTable`, which
 * answers it as a failure. `detail` is a sentence for the clerk.
 */
export class FileRefusal extends Error {
  readonly code: FileCode;
  readonly detail: string;

  constructor(code: FileCode, detail: string) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
  }

  toFailure(): Failure {
    return fail(this.code, this.detail);
  }
}

export function refuse(code: FileCode, detail: string): never {
  throw new FileRefusal(code, detail);
}

/** The file breaks the rules of its own format at `what`. */
export function refuseDamaged(what: string): never {
  throw new FileRefusal('FILE_DAMAGED', `文件已损坏或不完整（${what}）。`);
}
