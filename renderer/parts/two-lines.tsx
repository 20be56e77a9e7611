interface TwoLinesProps {
  readonly text: string;
  /** All of it, for what does not fit. */
  readonly title?: string;
  readonly className?: string;
}

/** A sentence in a row of the grid: wraps to a second line before anything of it is cut. */
export function TwoLines({ text, title = text, className = '' }: TwoLinesProps) {
  return (
    <span className={`two-lines ${className}`} title={title}>
      <span>{text}</span>
    </span>
  );
}
