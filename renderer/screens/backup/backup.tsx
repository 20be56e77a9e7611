import { Button } from 'antd';
import { useState } from 'react';
import type { Failure } from '../../../shared/errors/result.ts';
import type { BackupSource, BackupView } from '../../../shared/ipc/backups.ts';
import { ask } from '../../bridge.ts';
import { DataGrid } from '../../parts/data-grid.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { FailureNote } from '../../parts/failure-note.tsx';
import { forgetFailedBackup, readBackups, useFailedBackup } from '../../state/backups.ts';
import { useReading } from '../../state/reading.ts';
import { backup as words } from '../../text/backup.ts';
import { stampText } from '../../text/time.ts';
import { backupColumns } from './backup-columns.tsx';
import { RestoreDialogue } from './restore-dialogue.tsx';

const backupKey = ({ name }: BackupView) => name;
const noBackups: readonly BackupView[] = [];

/** 备份与恢复: what there is, made when and with what in it; one more now; back from one. */
export function Backup() {
  const { value, failure, reload } = useReading(readBackups, 'status');
  const failed = useFailedBackup();
  const [busy, setBusy] = useState<'here' | 'elsewhere'>();
  const [refused, setRefused] = useState<Failure>();
  const [takenIn, setTakenIn] = useState<string>();
  const [restoring, setRestoring] = useState<BackupSource>();
  const backups = value?.backups ?? noBackups;
  const shownFailure = refused ?? failure;

  async function take(elsewhere: boolean) {
    setBusy(elsewhere ? 'elsewhere' : 'here');
    setTakenIn(undefined);
    setRefused(undefined);
    const answer = await ask('backups.take', { elsewhere });
    setBusy(undefined);
    if (!answer.ok) setRefused(answer);
    else if (answer.value.taken) {
      setTakenIn(answer.value.taken.folder);
      forgetFailedBackup();
    }
    await reload();
  }

  async function choose() {
    const answer = await ask('backups.choose', {});
    setRefused(answer.ok ? undefined : answer);
    if (answer.ok && answer.value.chosen) setRestoring(answer.value.chosen.source);
  }

  return (
    <section className="full" aria-label={words.title}>
      <header className="full-head">
        <h1>{words.title}</h1>
        <span className="muted">{words.count(backups.length)}</span>
        <div className="buttons push">
          <Button disabled={busy !== undefined} onClick={() => void choose()}>
            {words.restoreElsewhere}
          </Button>
          <Button
            disabled={busy !== undefined}
            loading={busy === 'elsewhere'}
            title={words.takeElsewhereHint}
            onClick={() => void take(true)}
          >
            {words.takeElsewhere}
          </Button>
          <Button
            type="primary"
            disabled={busy === 'elsewhere'}
            loading={busy === 'here'}
            onClick={() => void take(false)}
          >
            {busy === 'here' ? words.taking : words.take}
          </Button>
        </div>
      </header>
      <p className="muted">{words.about}</p>
      <dl className="facts backup-facts">
        <div>
          <dt>{words.folder}</dt>
          <dd>{value?.folder}</dd>
        </div>
        <div>
          <dt>{words.kept}</dt>
          <dd>{words.keptRule}</dd>
        </div>
      </dl>
      {failed && (
        <div className="backup-failed">
          <p className="warn">{words.failedAt(stampText(failed.at))}</p>
          <FailureNote code={failed.code} detail="" />
        </div>
      )}
      {shownFailure && <FailureNote code={shownFailure.code} detail={shownFailure.detail} />}
      {takenIn !== undefined && (
        <p role="status" className="good">
          {words.taken(takenIn)}
        </p>
      )}
      {value && value.unreadable > 0 && (
        <p className="warn">{words.unreadable(value.unreadable)}</p>
      )}
      <DataGrid
        label={words.list}
        columns={backupColumns(({ name }) => {
          setRestoring(`own:${name}`);
        })}
        total={backups.length}
        rowAt={(index) => backups[index]}
        rowKey={backupKey}
        empty={value && <EmptyNote title={words.emptyTitle} next={words.emptyNext} />}
      />
      {restoring !== undefined && (
        <RestoreDialogue
          key={restoring}
          source={restoring}
          onClose={() => {
            setRestoring(undefined);
          }}
        />
      )}
    </section>
  );
}
