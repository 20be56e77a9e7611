import { Popover } from 'antd';
import { useState } from 'react';
import type { ErrorCode } from '../../../shared/errors/catalogue.ts';
import { ErrorLink } from '../../parts/error-link.tsx';
import { StateWord } from '../../parts/state-word.tsx';
import type { ShownState } from './states.ts';

interface StatusPanelProps {
  readonly name: string;
  readonly state: ShownState;
  readonly facts: readonly (readonly [label: string, value: string])[];
  /** What has failed, for its entry in 错误说明. */
  readonly code?: ErrorCode;
  /** The one action; `close` shuts the panel. */
  readonly action?: (close: () => void) => React.ReactNode;
}

/** A state of the top bar; a click opens its details and the one thing that can be done. */
export function StatusPanel({ name, state, facts, code, action }: StatusPanelProps) {
  const [open, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
  };
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      destroyOnHidden
      content={
        <section
          className="panel"
          aria-label={name}
          onKeyDown={(event) => {
            if (event.key === 'Escape') close();
          }}
        >
          <h2>{name}</h2>
          <dl className="facts">
            {facts
              .filter(([, value]) => value !== '')
              .map(([label, value]) => (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
          </dl>
          {code && <ErrorLink code={code} />}
          {action && <div className="buttons">{action(close)}</div>}
        </section>
      }
    >
      <button type="button" className="top-state" aria-haspopup="dialog" aria-expanded={open}>
        <StateWord tone={state.tone}>
          {name} <span className="top-word">{state.word}</span>
        </StateWord>
      </button>
    </Popover>
  );
}
