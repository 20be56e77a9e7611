import type { Restored, RestorePreview } from '../../../shared/ipc/backups.ts';
import { backup as words } from '../../text/backup.ts';
import { stampText } from '../../text/time.ts';
import { bringsLines, bringsNotes, holdsText, newerLines } from './holds-text.ts';

/** What is in a backup, what would come, and what stays as it is. */
export function RestorePreviewFacts({ preview }: { preview: RestorePreview }) {
  const { backup, brings, newerHere } = preview;
  const newer = newerLines(newerHere);
  return (
    <div className="restore-preview">
      <dl className="facts">
        <div>
          <dt>{words.at}</dt>
          <dd>{stampText(backup.at)}</dd>
        </div>
        <div>
          <dt>{words.inBackup}</dt>
          <dd>{holdsText(backup.holds)}</dd>
        </div>
      </dl>
      <BackupBrings restored={brings} />
      <h2>{words.newerHere}</h2>
      {newer.length > 0 ? <Lines lines={newer} /> : <p className="muted">{words.newerNone}</p>}
      <p className="muted">
        {words.promise}
        {words.rosterNote}
      </p>
    </div>
  );
}

/** Before: what will come. After (`isDone`): what has come. */
export function BackupBrings({ restored, isDone = false }: BringsProps) {
  const lines = bringsLines(restored);
  return (
    <div className="restore-preview" role={isDone ? 'status' : undefined}>
      {isDone ? (
        <p className="good">
          <strong>{words.done}</strong>
        </p>
      ) : (
        <h2>{words.brings}</h2>
      )}
      {lines.length > 0 ? (
        <Lines lines={lines} />
      ) : (
        <p className="muted">{isDone ? words.doneNothing : words.bringsNothing}</p>
      )}
      {bringsNotes(restored).map((note) => (
        <p key={note} className="muted">
          {note}
        </p>
      ))}
    </div>
  );
}

interface BringsProps {
  readonly restored: Restored;
  readonly isDone?: boolean;
}

function Lines({ lines }: { lines: readonly string[] }) {
  return (
    <ul className="plain-list restore-lines">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
