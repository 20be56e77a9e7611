import type { ReactNode } from 'react';

export interface PaperColumn {
  readonly title: string;
  readonly widthMm: number;
  readonly align?: 'right' | 'center';
  /** Breaks where it is too long; other columns keep one line. */
  readonly wraps?: boolean;
}

/** A document as it goes on A4: what it says, not how its pages fall. */
export interface Paper {
  readonly title: string;
  readonly landscape: boolean;
  /** Tells the pages of one document from those of another; on each page. */
  readonly mark: string;
  /** Above the table of the first page. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly columns: readonly PaperColumn[];
  /** One text alone takes the whole line. */
  readonly rows: readonly (readonly string[])[];
  /** Last rows of the table, on the page of its last row; one text alone as well. */
  readonly totals: readonly (readonly string[])[];
  /** Below the table. */
  readonly notes: readonly string[];
  readonly signatures: readonly string[];
  /** Pages that are no list, such as a form; they stand before the table, or alone where it has no row. */
  readonly sheets?: readonly ReactNode[];
}
