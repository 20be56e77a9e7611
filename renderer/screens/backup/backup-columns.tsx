import type { BackupView } from '../../../shared/ipc/backups.ts';
import type { Column } from '../../parts/grid-head.tsx';
import { StateWord } from '../../parts/state-word.tsx';
import { TwoLines } from '../../parts/two-lines.tsx';
import { backup as words } from '../../text/backup.ts';
import { stampText } from '../../text/time.ts';
import { holdsText } from './holds-text.ts';

/** Of the list of backups, newest first. */
export function backupColumns(onRestore: (backup: BackupView) => void): Column<BackupView>[] {
  return [
    { key: 'at', title: words.at, width: '140px', render: ({ at }) => stampText(at) },
    {
      key: 'reason',
      title: words.reason,
      width: '104px',
      render: ({ reason }) => words.reasons[reason],
    },
    {
      key: 'holds',
      title: words.holds,
      width: 'minmax(280px, 1fr)',
      render: ({ holds }) => <TwoLines text={holdsText(holds)} />,
    },
    {
      key: 'size',
      title: words.size,
      width: '84px',
      align: 'right',
      render: ({ bytes }) => words.sizeOf(bytes),
    },
    {
      key: 'checked',
      title: words.checked,
      width: '112px',
      render: ({ flaw }) => (
        <span title={flaw === '' ? undefined : words.flawedHint(flaw)}>
          <StateWord tone={flaw === '' ? 'good' : 'warn'}>
            {flaw === '' ? words.sound : words.flawed}
          </StateWord>
        </span>
      ),
    },
    {
      key: 'where',
      title: words.where,
      width: '124px',
      render: ({ portable }) =>
        portable ? (
          words.anywhere
        ) : (
          <span className="warn" title={words.hereOnlyHint}>
            {words.hereOnly}
          </span>
        ),
    },
    {
      key: 'restore',
      title: '',
      width: '72px',
      render: (backup) => (
        <button
          type="button"
          className="link"
          aria-label={words.restoreNamed(stampText(backup.at))}
          onClick={() => {
            onRestore(backup);
          }}
        >
          {words.restore}
        </button>
      ),
    },
  ];
}
