import type { InputProps } from 'antd';
import { Input } from 'antd';
import { messageId } from '../../parts/field.tsx';
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
  readonly message: FieldMessage | undefined;
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
  const isWrong = state.message?.tone === 'error';
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

/** Two lines kept free under a row: what is wrong and what to do, or a hint. */
export function MessageLines({ message, hint }: Pick<FieldState, 'message' | 'hint'>) {
  if (!message) return <span>{hint}</span>;
  return (
    <>
      <span title={message.text}>{message.text}</span>
      <span className="field-more" title={message.more}>
        {message.more}
      </span>
    </>
  );
}

/** Two mistakes side by side have a line each. */
function eachOf(states: readonly FieldState[]): FieldMessage {
  const [text = '', more = ''] = states.map(
    (state) => `${state.label}：${state.message?.text ?? ''}`,
  );
  return { tone: 'error', text, more };
}

/** One or two fields side by side that share the lines below them. */
export function FieldRow({ states }: { states: readonly FieldState[] }) {
  const [first] = states;
  if (!first) return null;
  const wrong = states.filter((state) => state.message?.tone === 'error');
  const speaking = wrong[0] ?? states.find((state) => state.message);
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
      <div
        className={`field-message field-${speaking?.message?.tone ?? 'hint'}`}
        id={messageId(id)}
        aria-live="polite"
      >
        <MessageLines
          message={wrong.length > 1 ? eachOf(wrong) : speaking?.message}
          hint={states.map(({ hint }) => hint).find((hint) => hint !== '') ?? ''}
        />
      </div>
    </div>
  );
}
