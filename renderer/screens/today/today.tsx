import { useCallback } from 'react';
import type { ErrorCode } from '../../../shared/errors/catalogue.ts';
import type { Order, UnitStatus } from '../../../shared/ipc/data.ts';
import type { StartReport } from '../../../shared/ipc/story.ts';
import { entryKindSchema } from '../../../shared/wire/primitives.ts';
import { codeOfReason } from '../../help/errors/reason.ts';
import { ErrorMark } from '../../parts/error-link.tsx';
import { useCentreTime, useFilingWindow } from '../../state/centre-time.ts';
import { entryScreens, openScreen } from '../../state/navigation.ts';
import type { Screen } from '../../../shared/ipc/screens.ts';
import { useReading } from '../../state/reading.ts';
import { cancelWaiting, waitingOrders } from '../../state/orders.ts';
import { batchKindWords } from '../../text/batch.ts';
import { counter } from '../../text/counter.ts';
import { landingText } from '../../text/filing.ts';
import { countOf, kindWords } from '../../text/kinds.ts';
import { countText } from '../../text/numbers.ts';
import { agoText, momentText } from '../../text/time.ts';
import { today as words } from '../../text/today.ts';
import { useBatchTodos } from '../batch/batch-todos.ts';
import { NoticeLines } from '../notices/notice-lines.tsx';
import { StartNote } from '../start-report/start-note.tsx';
import { OrderList } from './order-list.tsx';
import { landsLate, sumEffective, sumOrders } from './review.ts';
import { readUnsynced } from './unsynced.ts';
import { WindowBar } from './window-bar.tsx';

/** What is pending, how long the window is open, and what the centre is at. */
export function Today({ unit, orders, report }: TodoProps & { report: StartReport | null }) {
  const window = useFilingWindow();
  const { parameters } = unit;
  return (
    <section className="page today" aria-label={words.title}>
      <h1>{words.title}</h1>
      {report && <StartNote report={report} isOnline={unit.channel === 'online'} />}
      <Todo unit={unit} orders={orders} />
      {window && (
        <>
          <h2>{words.orders}</h2>
          <OrderList window={window} />
        </>
      )}
      <h2>{words.window}</h2>
      {window && parameters ? (
        <WindowBar window={window} rules={parameters.filing} />
      ) : (
        <p className="muted">{words.parametersMissing}</p>
      )}
      <h2>{words.notices}</h2>
      <NoticeLines unit={unit} />
    </section>
  );
}

interface TodoProps {
  readonly unit: UnitStatus;
  readonly orders: readonly Order[];
}

function Todo({ unit, orders }: TodoProps) {
  const now = useCentreTime();
  const registrations = orders.filter((order) => order.kind === 'registration');
  const readBehind = useCallback(
    () =>
      readUnsynced(
        orders.filter((order) => order.kind === 'registration'),
        unit.lastSyncAt,
      ),
    [orders, unit.lastSyncAt],
  );
  const behind = useReading(readBehind, 'roster').value ?? 0;
  const batchTodos = useBatchTodos(orders);
  const review = sumOrders(registrations);
  const reviewed = [
    review.pending > 0 ? words.reviewCount(review.pending) : '',
    review.succeeded > 0 ? words.succeededCount(review.succeeded) : '',
    review.failed > 0 ? words.failedCount(review.failed) : '',
  ].filter((part) => part !== '');
  return (
    <ul className="todo">
      <QueueLines unit={unit} />
      {batchTodos.map(({ title, text, kind, screen }) => (
        <Line
          key={title}
          title={title}
          text={text}
          isDue
          go={goTo(screen, words.toKind(batchKindWords[kind]))}
        />
      ))}
      {waitingOrders(orders).map((order) => (
        <WaitingLine
          key={order.oid}
          order={order}
          isLate={unit.parameters !== null && landsLate(order, unit.parameters.filing, now)}
        />
      ))}
      {unit.counterCount > 0 && (
        <Line
          title={counter.title}
          text={words.counterCount(counter.count(unit.counterCount))}
          isDue
          go={goTo('counter', words.toKind(counter.title))}
        />
      )}
      <Line
        title={words.open}
        text={unit.openOrders > 0 ? words.openCount(unit.openOrders) : words.openNone}
        isDue={unit.openOrders > 0}
        go={goTo('registration-results', words.toResults)}
      />
      <Line
        title={words.review}
        text={reviewed.length > 0 ? reviewed.join('，') : words.reviewNone}
        isDue={review.failed > 0}
        go={goTo('registration-results', words.toResults)}
      />
      <EffectiveLine orders={orders} />
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
        go={goTo('roster-sync', words.toSync)}
      />
    </ul>
  );
}

/** One line for each queue that holds something; one that says so when none does. */
function QueueLines({ unit }: { unit: UnitStatus }) {
  const kinds = entryKindSchema.options.filter((kind) => unit.queueCounts[kind] > 0);
  if (kinds.length === 0) {
    const go = goTo('registration', words.toKind(kindWords.registration));
    return <Line title={words.queue} text={words.queueEmpty} isDue={false} go={go} />;
  }
  return kinds.map((kind) => (
    <Line
      key={kind}
      title={kindWords[kind]}
      text={words.queueCount(countOf(kind, unit.queueCounts[kind]))}
      isDue
      go={goTo(entryScreens[kind], words.toKind(kindWords[kind]))}
    />
  ));
}

/** What the centre has done at once: also how an order left to the opening has ended. */
function EffectiveLine({ orders }: { orders: readonly Order[] }) {
  const done = entryKindSchema.options.flatMap((kind) => {
    const count = sumEffective(orders, kind);
    return count > 0 ? [words.effectiveOf(kindWords[kind], countOf(kind, count))] : [];
  });
  if (done.length === 0) return null;
  return <Line title={words.effective} text={done.join('，')} isDue={false} />;
}

function WaitingLine({ order, isLate }: { order: Order; isLate: boolean }) {
  const { kind, count, opensAt, oid, reason } = order;
  if (opensAt === null) return null;
  const line = words.waitingLine(kindWords[kind], countOf(kind, count), momentText(opensAt));
  return (
    <Line
      title={words.waiting}
      code={codeOfReason(reason)}
      text={reason === '' ? line : `${line}。${reason}`}
      {...(isLate ? { more: landingText() } : {})}
      isDue
      go={{ label: words.cancelWaiting, run: () => void cancelWaiting(oid) }}
    />
  );
}

function goTo(screen: Screen, label: string): NonNullable<LineProps['go']> {
  return {
    label,
    run: () => {
      openScreen(screen);
    },
  };
}

interface LineProps {
  readonly title: string;
  readonly text: string;
  /** A second sentence below it. */
  readonly more?: string;
  readonly isDue: boolean;
  /** Whose entry explains it. */
  readonly code?: ErrorCode | undefined;
  readonly go?: { readonly label: string; readonly run: () => void };
}

function Line({ title, text, more, isDue, go, code }: LineProps) {
  return (
    <li className="todo-line">
      <span className="todo-title">{title}</span>
      <span>
        <span className={isDue ? 'todo-due' : 'muted'}>{text}</span>
        {code && <ErrorMark code={code} />}
        {more && <span className="todo-more warn">{more}</span>}
      </span>
      {go && (
        <button type="button" className="link" onClick={go.run}>
          {go.label}
        </button>
      )}
    </li>
  );
}
