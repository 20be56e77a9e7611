import type { RequestOf, ValueOf } from '../../../shared/ipc/contract.ts';
import type { importContract } from '../../../shared/ipc/import.ts';

export type MarkRequest = RequestOf<typeof importContract, 'import.mark'>;
export type MarkedWorkbook = ValueOf<typeof importContract, 'import.mark'>;
