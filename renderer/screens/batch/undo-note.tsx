import { Button } from 'antd';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { batch as words } from '../../text/batch.ts';
import { common } from '../../text/common.ts';
import { forgetUndoable, undo, useShown } from './shown-batch.ts';
import type { Undoable } from './shown-batch.ts';

function saidOf({ what, name, seqs }: Undoable): string {
  switch (what) {
    case 'rows':
      return words.removed(seqs.length);
    case 'discarded':
      return words.discarded(name);
    case 'replaced':
      return words.replaced(name);
  }
}

/** Lies over the end of the work, so that nothing moves; stays until it is used or closed. */
export function UndoNote({ kind }: { kind: EntryKind }) {
  const { undoable } = useShown(kind);
  if (!undoable) return null;
  return (
    <div className="undo-bar batch-undo" role="status">
      <span>{saidOf(undoable)}</span>
      <button type="button" className="link" onClick={() => void undo(kind)}>
        {words.undo}
      </button>
      <Button
        type="text"
        size="small"
        onClick={() => {
          forgetUndoable(kind);
        }}
      >
        {common.close}
      </Button>
    </div>
  );
}
