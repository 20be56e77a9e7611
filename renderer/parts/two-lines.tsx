import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import { ErrorMark } from './error-link.tsx';

interface TwoLinesProps {
  readonly text: string;
  /** All of it, for what does not fit. */
  readonly title?: string;
  readonly className?: string;
  /** Whose entry explains it. */
  readonly code?: ErrorCode | undefined;
}

/** A sentence in a row of the grid: wraps to a second line before anything of it is cut. */
export function TwoLines({ text, title = text, className = '', code }: TwoLinesProps) {
  return (
    <span className={`two-lines ${className}`} title={title}>
      <span>{text}</span>
      {code && <ErrorMark code={code} />}
    </span>
  );
}
