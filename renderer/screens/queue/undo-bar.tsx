import { Button } from 'antd';
import { catalogue } from '../../../shared/errors/catalogue.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { ErrorLink } from '../../parts/error-link.tsx';
import { common } from '../../text/common.ts';
import { countOf } from '../../text/kinds.ts';
import { queue as words } from '../../text/queue.ts';
import { ruleOf } from '../entry/messages.ts';
import type { Removal } from './removal.ts';

interface UndoBarProps {
  readonly kind: EntryKind;
  readonly removal: Removal;
  readonly onUndo: () => void;
  readonly onClose: () => void;
}

/** Lies over the end of the list, so that nothing moves; stays until it is used or closed. */
export function UndoBar({ kind, removal, onUndo, onClose }: UndoBarProps) {
  const { count, refused } = removal;
  const [first] = refused;
  return (
    <div className="undo-bar" role="status">
      {first ? (
        <span className="bad">
          {words.refused(countOf(kind, refused.length))}：{catalogue[first.code].text}
          {ruleOf(first)}
          <ErrorLink code={first.code} />
        </span>
      ) : (
        <>
          <span>{words.removed(countOf(kind, count))}</span>
          <button type="button" className="link" onClick={onUndo}>
            {words.undo}
          </button>
        </>
      )}
      <Button type="text" size="small" onClick={onClose}>
        {common.close}
      </Button>
    </div>
  );
}
