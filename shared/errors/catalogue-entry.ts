/**
 * Every failure the program can tell a clerk: what happened, what to do next,
 * whether the same step may be tried again, and whether the order may have reached the centre.
 */
export interface CatalogueEntry {
  /** What happened, one short sentence. */
  readonly text: string;
  /** What to do next. */
  readonly next: string;
  /** The same step may simply be tried again. */
  readonly retry: boolean;
  /** The centre may have the order: never ask the clerk to enter it again. */
  readonly mayHaveArrived: boolean;
}

export function entry(
  text: string,
  next: string,
  flags: Partial<CatalogueEntry> = {},
): CatalogueEntry {
  return { text, next, retry: false, mayHaveArrived: false, ...flags };
}

export const again = { retry: true } as const;
export const unclear = { mayHaveArrived: true } as const;
