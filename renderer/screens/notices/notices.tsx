import { Button } from 'antd';
import type { UnitStatus } from '../../../shared/ipc/data.ts';
import type { CentreNotice } from '../../../shared/wire/parameters.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { FailureNote } from '../../parts/failure-note.tsx';
import { useCentreTime } from '../../state/centre-time.ts';
import {
  markNotices,
  noticesOf,
  openNotice,
  unreadOf,
  useMarkFailure,
  useOpenNotice,
  useReadNotices,
} from '../../state/notices.ts';
import { notices as words, outageText } from '../../text/notices.ts';
import { dateText } from '../../text/time.ts';
import { outageState } from './outage.ts';

/** 中心通知: titles on the left, the text of one on the right. */
export function Notices({ unit }: { unit: UnitStatus }) {
  const all = noticesOf(unit);
  const known = useReadNotices();
  const unread = unreadOf(all, known);
  const chosen = useOpenNotice();
  const failure = useMarkFailure();
  const shown = all.find(({ id }) => id === chosen);
  return (
    <section className="full" aria-label={words.title}>
      <div className="full-head">
        <h1>{words.title}</h1>
        <span className="muted">
          {unread.length > 0 ? words.unreadCount(unread.length) : words.about}
        </span>
        <div className="push">
          <Button
            disabled={unread.length === 0}
            onClick={() => void markNotices(unread.map(({ id }) => id))}
          >
            {words.allRead}
          </Button>
        </div>
      </div>
      {failure && <FailureNote code={failure.code} detail={failure.detail} />}
      {all.length === 0 ? (
        <EmptyNote
          title={words.emptyTitle}
          next={unit.parameters ? words.emptyNext : words.missingNext}
        />
      ) : (
        <div className="notice-split">
          <ul className="notice-entries" aria-label={words.list}>
            {all.map((notice) => (
              <li key={notice.id}>
                <NoticeEntry
                  notice={notice}
                  isUnread={unread.includes(notice)}
                  isCurrent={notice.id === shown?.id}
                />
              </li>
            ))}
          </ul>
          {shown ? <NoticeText notice={shown} /> : <EmptyNote title="" next={words.choose} />}
        </div>
      )}
    </section>
  );
}

interface NoticeEntryProps {
  readonly notice: CentreNotice;
  readonly isUnread: boolean;
  readonly isCurrent: boolean;
}

function NoticeEntry({ notice, isUnread, isCurrent }: NoticeEntryProps) {
  const { id, title, publishedAt, outage } = notice;
  return (
    <button
      type="button"
      className={isUnread ? 'notice-entry notice-unread' : 'notice-entry'}
      aria-current={isCurrent ? 'true' : undefined}
      onClick={() => {
        openNotice(id);
      }}
    >
      <UnreadDot isUnread={isUnread} />
      <span>
        <span className="notice-title">{title}</span>
        <span className="notice-line muted">{words.published(dateText(publishedAt))}</span>
        {outage && <OutageLine outage={outage} />}
      </span>
    </button>
  );
}

export function UnreadDot({ isUnread }: { isUnread: boolean }) {
  return isUnread ? (
    <span className="notice-dot" role="img" aria-label={words.unread} />
  ) : (
    <span className="notice-dot" aria-hidden="true" />
  );
}

/** When, and whether it is on or over. */
function OutageLine({ outage }: { outage: NonNullable<CentreNotice['outage']> }) {
  const state = outageState(outage, useCentreTime());
  const suffix = state === 'ahead' ? '' : `（${words.outageStates[state]}）`;
  return (
    <span className={state === 'over' ? 'notice-line muted' : 'notice-line warn'}>
      {words.outageAt(outageText(outage))}
      {suffix}
    </span>
  );
}

function NoticeText({ notice }: { notice: CentreNotice }) {
  const { title, text, publishedAt, outage } = notice;
  const now = useCentreTime();
  const state = outage && outageState(outage, now);
  return (
    <article className="notice-text" aria-label={title}>
      <h2>{title}</h2>
      <p className="muted">{words.published(dateText(publishedAt))}</p>
      {outage && (
        <p className={state === 'over' ? 'muted' : 'notice-outage'}>
          {words.outageAt(outageText(outage))}
          {state === 'on' || state === 'over' ? `（${words.outageStates[state]}）` : ''}
          {state !== 'over' && `。${words.outageEffect}`}
        </p>
      )}
      <p>{text}</p>
    </article>
  );
}
