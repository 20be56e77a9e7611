interface FieldProps {
  readonly label: string;
  readonly id: string;
  /** Under the field, in space kept free for it. */
  readonly message?: React.ReactNode;
  readonly tone?: 'error' | 'notice' | 'hint';
  readonly children: React.ReactNode;
}

export function messageId(id: string): string {
  return `${id}-message`;
}

/** A labelled field with room kept free for its message. */
export function Field({ label, id, message, tone = 'hint', children }: FieldProps) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children}
      <div className={`field-message field-${tone}`} id={messageId(id)} aria-live="polite">
        {message}
      </div>
    </div>
  );
}
