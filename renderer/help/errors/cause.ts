import type { ErrorCode } from '../../../shared/errors/catalogue.ts';

/** Code → 原因, a sentence or two; 文 and 办法 stand in the catalogue itself. */
export type Causes = Partial<Readonly<Record<ErrorCode, string>>>;
