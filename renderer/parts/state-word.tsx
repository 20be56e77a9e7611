export type Tone = 'good' | 'busy' | 'warn' | 'bad' | 'idle';

/** A state by colour and word, never by colour alone. */
export function StateWord({ tone, children }: { tone: Tone; children: React.ReactNode }) {
  return (
    <span className={`state state-${tone}`}>
      <span className="state-dot" aria-hidden="true" />
      {children}
    </span>
  );
}
