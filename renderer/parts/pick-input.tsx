import { Input } from 'antd';
import type { InputProps } from 'antd';
import { useRef, useState } from 'react';

interface PickInputProps<Option> {
  readonly id: string;
  /** Of the list, for a screen reader. */
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** What can be picked for the text that stands there; empty for none. */
  readonly options: readonly Option[];
  readonly optionKey: (option: Option) => string;
  readonly render: (option: Option) => React.ReactNode;
  /** Under the options, such as how many more there are. */
  readonly more?: React.ReactNode;
  /** The options are on their way: Enter waits for them. */
  readonly isLooking: boolean;
  readonly onPick: (option: Option) => void;
  /** Enter with nothing to pick. */
  readonly onEnter: () => void;
  readonly input: InputProps;
}

/**
 * A text field with a list under it that the arrow keys walk and Enter picks from. A single match is
 * ready for Enter; of several one has to be chosen, so that nothing is picked unseen. The list lies
 * over what stands below and moves nothing.
 */
export function PickInput<Option>(props: PickInputProps<Option>) {
  const { id, options, optionKey, value, onPick } = props;
  const [isFocused, setFocused] = useState(false);
  const [dismissed, setDismissed] = useState<string>();
  const [chosen, setChosen] = useState<{ readonly of: string; readonly at: number }>();
  const list = useRef<HTMLUListElement>(null);
  const isOpen = isFocused && dismissed !== value && options.length > 0;
  const only = options.length === 1 ? 0 : -1;
  const active = chosen?.of === value ? chosen.at : only;
  const listId = `${id}-list`;

  function choose(at: number) {
    setChosen({ of: value, at: Math.min(Math.max(at, 0), options.length - 1) });
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }

  function pick(option: Option) {
    onPick(option);
    setChosen(undefined);
  }

  function onKeyDown(event: React.KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp':
        event.preventDefault();
        if (!isOpen) setDismissed(undefined);
        else choose(active + (event.key === 'ArrowDown' ? 1 : -1));
        return;
      case 'Escape':
        if (isOpen) event.stopPropagation();
        setDismissed(value);
        return;
      case 'Enter': {
        event.preventDefault();
        const option = options[active];
        if (isOpen && option) pick(option);
        else if (isOpen) choose(0);
        else if (!props.isLooking) props.onEnter();
        return;
      }
      default:
    }
  }

  return (
    <div className="pick" style={{ anchorName: `--${id}` }}>
      <Input
        {...props.input}
        id={id}
        autoComplete="off"
        value={value}
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && active >= 0 ? `${listId}-${active}` : undefined}
        onChange={(event) => {
          setDismissed(undefined);
          props.onChange(event.target.value);
        }}
        onFocus={(event) => {
          setFocused(true);
          props.input.onFocus?.(event);
        }}
        onBlur={(event) => {
          setFocused(false);
          props.input.onBlur?.(event);
        }}
        onKeyDown={onKeyDown}
      />
      {isOpen && (
        <div className="pick-list" style={{ positionAnchor: `--${id}` }}>
          <ul id={listId} role="listbox" aria-label={props.label} ref={list}>
            {options.map((option, at) => (
              <li
                key={optionKey(option)}
                id={`${listId}-${at}`}
                role="option"
                aria-selected={at === active}
                className={at === active ? 'pick-active' : ''}
                onMouseDown={(event) => {
                  // the field keeps the focus
                  event.preventDefault();
                }}
                onClick={() => {
                  pick(option);
                }}
                onKeyDown={onKeyDown}
              >
                {props.render(option)}
              </li>
            ))}
          </ul>
          {props.more && <p className="pick-more">{props.more}</p>}
        </div>
      )}
    </div>
  );
}
