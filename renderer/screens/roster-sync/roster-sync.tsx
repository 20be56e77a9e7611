import { Button, Progress } from 'antd';
import type { UnitStatus } from '../../../shared/ipc/data.ts';
import { FailureNote } from '../../parts/failure-note.tsx';
import { cancelSync, startSync, useSync } from '../../state/sync.ts';
import type { SyncProgress, SyncSummary } from '../../state/sync.ts';
import { countText } from '../../text/numbers.ts';
import { rosterSync as words } from '../../text/roster-sync.ts';
import { stampText } from '../../text/time.ts';
import { percentOf } from './percent.ts';
import { SyncDifference } from './sync-difference.tsx';
import { Trend } from './trend.tsx';

/** 职工信息同步 (manual 五(二)). */
export function RosterSync({ unit }: { unit: UnitStatus }) {
  const sync = useSync();
  const isOnline = unit.channel === 'online';
  const isRunning = sync.kind === 'running';
  return (
    <section className="page" aria-label={words.title}>
      <h1>{words.title}</h1>
      <p>{words.about}</p>
      <ul className="plain-list">
        {words.when.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <dl className="facts">
        <div>
          <dt>{words.last}</dt>
          <dd>{unit.lastSyncAt ? stampText(unit.lastSyncAt) : words.never}</dd>
        </div>
        <div>
          <dt>{words.count}</dt>
          <dd>{words.records(countText(unit.rosterCount))}</dd>
        </div>
      </dl>
      <div className="buttons">
        <Button type="primary" disabled={!isOnline || isRunning} onClick={() => void startSync()}>
          {words.start}
        </Button>
        <Button disabled={!isRunning} onClick={() => void cancelSync()}>
          {words.cancel}
        </Button>
        {!isOnline && !isRunning && <span className="warn">{words.offline}</span>}
      </div>
      <div className="sync-result" aria-live="polite">
        {sync.kind === 'running' && <Running progress={sync.progress} />}
        {sync.kind === 'done' && !isOlder(sync.summary, unit) && <Summary summary={sync.summary} />}
        {sync.kind === 'failed' &&
          (sync.code === 'SYNC_CANCELLED' ? (
            <p className="muted">{words.cancelled}</p>
          ) : (
            <FailureNote code={sync.code} detail={sync.detail} />
          ))}
      </div>
      <SyncDifference parameters={unit.parameters} />
      <Trend />
    </section>
  );
}

/** 单位网上对账 has synced since: what it brought is below, and these figures are no longer the last. */
function isOlder({ at }: SyncSummary, { lastSyncAt }: UnitStatus): boolean {
  return lastSyncAt !== null && lastSyncAt > at;
}

function Running({ progress }: { progress: SyncProgress }) {
  return (
    <div className="sync-running">
      <Progress type="circle" size={96} percent={percentOf(progress)} />
      <div>
        <p className="sync-phase">{words.phase[progress.phase]}</p>
        <p className="muted">
          {progress.of > 0 && words.rows(countText(progress.rows), countText(progress.of))}
        </p>
      </div>
    </div>
  );
}

const modeWords: Readonly<Record<SyncSummary['mode'], string>> = {
  full: words.full,
  delta: words.delta,
  unchanged: words.unchanged,
};

function Summary({ summary }: { summary: SyncSummary }) {
  return (
    <div className="sync-summary" role="status">
      <p>
        <strong className="good">{words.done}</strong> {modeWords[summary.mode]}
      </p>
      <dl className="counts">
        <div className="good">
          <dt>{words.added}</dt>
          <dd>{countText(summary.added)}</dd>
        </div>
        <div className="busy">
          <dt>{words.changed}</dt>
          <dd>{countText(summary.changed)}</dd>
        </div>
        <div className="muted">
          <dt>{words.removed}</dt>
          <dd>{countText(summary.removed)}</dd>
        </div>
        <div>
          <dt>{words.total}</dt>
          <dd>{countText(summary.count)}</dd>
        </div>
      </dl>
    </div>
  );
}
