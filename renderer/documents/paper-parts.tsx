import type { Paper } from './paper.ts';

/** Title and facts, as a document begins. */
export function Opening({ title, facts }: Pick<Paper, 'title' | 'facts'>) {
  return (
    <>
      <h1>{title}</h1>
      <dl className="paper-facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** Notes and the room to sign, as it ends. */
export function Closing({ notes, signatures }: Pick<Paper, 'notes' | 'signatures'>) {
  return (
    <div className="paper-closing">
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      <div className="paper-signatures">
        {signatures.map((signature) => (
          <span key={signature}>{signature}</span>
        ))}
      </div>
    </div>
  );
}
