import { useCallback } from 'react';
import type { UnitStatus } from '../../../shared/ipc/data.ts';
import { succeed } from '../../../shared/errors/result.ts';
import type { FilingWindow } from '../../../shared/rules/window.ts';
import { ask } from '../../bridge.ts';
import { useCentreTime, useFilingWindow } from '../../state/centre-time.ts';
import { openScreen } from '../../state/navigation.ts';
import type { Screen } from '../../state/navigation.ts';
import { useReading } from '../../state/reading.ts';
import { countText } from '../../text/numbers.ts';
import { agoText, dateText } from '../../text/time.ts';
import { today as words } from '../../text/today.ts';
import { sumOrders } from './review.ts';
import { readUnsynced } from './unsynced.ts';
import { WindowBar } from './window-bar.tsx';

/** What is pending, how long the window is open, and what the centre is at. */
export function Today({ unit }: { unit: UnitStatus }) {
  const window = useFilingWindow();
  const { parameters } = unit;
  return (
    <section className="page today" aria-label={words.title}>
      <h1>{words.title}</h1>
      <Todo unit={unit} window={window} />
      <h2>{words.window}</h2>
      {window && parameters ? (
        <WindowBar window={window} rules={parameters.filing} />
      ) : (
        <p className="muted">{words.parametersMissing}</p>
      )}
      <h2>{words.notices}</h2>
      {parameters && parameters.notices.length > 0 ? (
        <ul className="notices">
          {parameters.notices.map((notice) => (
            <li key={notice.id}>
              <strong>{notice.title}</strong>
              <span className="muted">{dateText(notice.publishedAt)}</span>
              <p>{notice.text}</p>
            </li>
          ))}
        </ul>
      ) : (
        <p className="muted">{words.noticesNone}</p>
      )}
    </section>
  );
}

function Todo({ unit, window }: { unit: UnitStatus; window: FilingWindow | undefined }) {
  const now = useCentreTime();
  const month = window?.businessMonth;
  const read = useCallback(
    () =>
      month === undefined
        ? Promise.resolve(succeed({ orders: [], fetchedAt: null }))
        : ask('orders.list', { kind: 'registration', businessMonth: month }),
    [month],
  );
  const { value } = useReading(read, 'orders');
  const readBehind = useCallback(
    () => readUnsynced(value?.orders ?? [], unit.lastSyncAt),
    [value, unit.lastSyncAt],
  );
  const behind = useReading(readBehind, 'roster').value ?? 0;
  const review = sumOrders(value?.orders ?? []);
  const queued = unit.queueCounts.registration;
  const reviewed = [
    review.pending > 0 ? words.reviewCount(review.pending) : '',
    review.succeeded > 0 ? words.succeededCount(review.succeeded) : '',
    review.failed > 0 ? words.failedCount(review.failed) : '',
  ].filter((part) => part !== '');
  return (
    <ul className="todo">
      <Line
        title={words.queue}
        text={queued > 0 ? words.queueCount(queued) : words.queueEmpty}
        isDue={queued > 0}
        go={{ screen: 'registration', label: words.toRegistration }}
      />
      <Line
        title={words.open}
        text={unit.openOrders > 0 ? words.openCount(unit.openOrders) : words.openNone}
        isDue={unit.openOrders > 0}
        go={{ screen: 'registration-results', label: words.toResults }}
      />
      <Line
        title={words.review}
        text={reviewed.length > 0 ? reviewed.join('，') : words.reviewNone}
        isDue={review.failed > 0}
        go={{ screen: 'registration-results', label: words.toResults }}
      />
      <Line
        title={words.roster}
        text={
          behind > 0
            ? words.rosterBehind(behind)
            : unit.lastSyncAt
              ? words.rosterState(countText(unit.rosterCount), agoText(unit.lastSyncAt, now))
              : words.rosterNever
        }
        isDue={unit.lastSyncAt === null || behind > 0}
        go={{ screen: 'roster-sync', label: words.toSync }}
      />
    </ul>
  );
}

interface LineProps {
  readonly title: string;
  readonly text: string;
  readonly isDue: boolean;
  readonly go: { readonly screen: Screen; readonly label: string };
}

function Line({ title, text, isDue, go }: LineProps) {
  return (
    <li className="todo-line">
      <span className="todo-title">{title}</span>
      <span className={isDue ? 'todo-due' : 'muted'}>{text}</span>
      <button
        type="button"
        className="link"
        onClick={() => {
          openScreen(go.screen);
        }}
      >
        {go.label}
      </button>
    </li>
  );
}
