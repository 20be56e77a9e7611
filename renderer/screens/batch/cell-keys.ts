/** What a key means in the grid. */
export type CellCommand =
  | { readonly type: 'move'; readonly rows: number; readonly columns: number }
  /** To an end of the row, or of the list. */
  | { readonly type: 'end'; readonly of: 'row' | 'list'; readonly last: boolean }
  | { readonly type: 'page'; readonly down: boolean }
  | { readonly type: 'edit' }
  | { readonly type: 'clear' }
  | { readonly type: 'toggle' }
  | { readonly type: 'abandon' }
  /** Stores what was typed and goes on. */
  | { readonly type: 'store'; readonly rows: number; readonly columns: number };

interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

const steps: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** While a cell is typed in: Enter and Tab store and go on, left and right stay in the text. */
export function editingCommand({ key, shiftKey }: Pressed): CellCommand | undefined {
  const back = shiftKey ? -1 : 1;
  switch (key) {
    case 'Enter':
      return { type: 'store', rows: back, columns: 0 };
    case 'Tab':
      return { type: 'store', rows: 0, columns: back };
    case 'ArrowUp':
      return { type: 'store', rows: -1, columns: 0 };
    case 'ArrowDown':
      return { type: 'store', rows: 1, columns: 0 };
    case 'Escape':
      return { type: 'abandon' };
    default:
      return undefined;
  }
}

/** While going from cell to cell; Tab leaves the grid, and what is typed begins an edit by itself. */
export function walkingCommand(pressed: Pressed): CellCommand | undefined {
  const { key, ctrlKey, altKey } = pressed;
  if (altKey) return undefined;
  const step = steps[key];
  if (step) return { type: 'move', rows: step[0], columns: step[1] };
  switch (key) {
    case 'Home':
    case 'End':
      return { type: 'end', of: ctrlKey ? 'list' : 'row', last: key === 'End' };
    case 'PageUp':
    case 'PageDown':
      return { type: 'page', down: key === 'PageDown' };
    case 'Enter':
    case 'F2':
      return { type: 'edit' };
    case 'Backspace':
    case 'Delete':
      return { type: 'clear' };
    case ' ':
      return { type: 'toggle' };
    default:
      return undefined;
  }
}
