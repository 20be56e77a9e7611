import type { InputProps } from 'antd';
import { Input } from 'antd';
import { useEffect, useRef } from 'react';
import type { ErrorCode } from '../../../shared/errors/catalogue.ts';
import { ErrorMark } from '../../parts/error-link.tsx';
import { messageId } from '../../parts/field.tsx';
import { shortLabel } from '../../text/entry.ts';
import type { FieldMessage } from './messages.ts';
import type { FieldName } from './form.ts';

export const fieldId = (field: string) => `entry-${field}`;

export function focusField(field: string): void {
  document.getElementById(fieldId(field))?.focus();
}

/** All that one field of the form shows and does. */
export interface FieldState {
  readonly field: FieldName;
  readonly label: string;
  readonly value: string;
  /** The gravest first; empty for none. */
  readonly messages: readonly FieldMessage[];
  /** In grey while there is nothing else to say. */
  readonly hint: string;
  readonly onChange: (text: string) => void;
  readonly onFocus: () => void;
  readonly onLeave: () => void;
  /** Enter: the next field, or 录入. */
  readonly onEnter: () => void;
}

const TYPED_MAX = 80;

/** The attributes that a field's input has, whatever kind of input it is. */
export function inputProps(state: FieldState, message: string): InputProps {
  const isWrong = isWrongField(state);
  return {
    maxLength: TYPED_MAX,
    'aria-describedby': messageId(message),
    'aria-invalid': isWrong,
    ...(isWrong ? { status: 'error' as const } : {}),
    onFocus: state.onFocus,
    onBlur: state.onLeave,
  };
}

function TextInput({ state, message }: { state: FieldState; message: string }) {
  return (
    <Input
      {...inputProps(state, message)}
      id={fieldId(state.field)}
      autoComplete="off"
      value={state.value}
      onChange={(event) => {
        state.onChange(event.target.value);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
        event.preventDefault();
        state.onEnter();
      }}
    />
  );
}

function isWrongField({ messages }: FieldState): boolean {
  return messages.some(({ tone }) => tone === 'error');
}

/** One message with the fields it is about, where they have to be named. */
interface NamedMessage extends FieldMessage {
  readonly of: string;
}

/** What concerns both months of a span, whichever of them it was found in. */
const ofSpan: readonly ErrorCode[] = [
  'MONTH_ORDER',
  'MONTHS_REPEATED',
  'SPAN_LONG',
  'POLICY_EARLY',
  'POLICY_MISSING',
];

/** All that stands against the fields of a row, the gravest first; fields side by side are named. */
export function messagesOfRow(states: readonly FieldState[]): NamedMessage[] {
  const all = states.flatMap(({ messages, label }) =>
    messages.map((message) => ({
      ...message,
      of: states.length > 1 && !ofSpan.includes(message.code) ? shortLabel(label) : '',
    })),
  );
  const merged: NamedMessage[] = [];
  for (const message of all.toSorted((a, b) => a.weight - b.weight)) {
    const at = merged.findIndex(
      ({ code, text, more }) => code + text + more === message.code + message.text + message.more,
    );
    const same = merged[at];
    if (same) merged[at] = { ...same, of: `${same.of}、${message.of}` };
    else merged.push(message);
  }
  return merged.map((one) => (one.text.startsWith(one.of) ? { ...one, of: '' } : one));
}

interface MessageLinesProps {
  readonly messages: readonly NamedMessage[];
  /** In grey while there is nothing else to say. */
  readonly hint: string;
}

/** Every message in full, one below the other; two lines are kept free for them. */
export function MessageLines({ messages, hint }: MessageLinesProps) {
  const end = useRef<HTMLDivElement>(null);
  const said = messages.map(({ of, text, more }) => of + text + more).join();
  useEffect(() => {
    // what is said of the field that is typed in comes into sight
    const field = end.current?.closest('.field');
    if (said !== '' && field?.contains(document.activeElement))
      field.scrollIntoView({ block: 'nearest' });
  }, [said]);
  return (
    <div ref={end}>
      {messages.length === 0 && <p className="field-hint">{hint}</p>}
      {messages.map(({ code, of, tone, text, more }) => (
        <p key={`${of} ${code} ${more}`} className={`field-${tone}`}>
          {of !== '' && `${of}：`}
          {text}
          <span className="field-more">{more}</span>
          <ErrorMark code={code} />
        </p>
      ))}
    </div>
  );
}

/** One or two fields side by side that share the lines below them. */
export function FieldRow({ states }: { states: readonly FieldState[] }) {
  const [first] = states;
  if (!first) return null;
  const id = fieldId(first.field);
  return (
    <div className="field">
      <div className={states.length > 1 ? 'field-pair' : 'field-one'}>
        {states.map((state) => (
          <div key={state.field} className="field-cell">
            <label htmlFor={fieldId(state.field)}>{state.label}</label>
            <TextInput state={state} message={id} />
          </div>
        ))}
      </div>
      <div className="field-message" id={messageId(id)} aria-live="polite">
        <MessageLines
          messages={messagesOfRow(states)}
          hint={states.map(({ hint }) => hint).find((hint) => hint !== '') ?? ''}
        />
      </div>
    </div>
  );
}
