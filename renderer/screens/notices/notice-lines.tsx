import type { UnitStatus } from '../../../shared/ipc/data.ts';
import { openScreen } from '../../state/navigation.ts';
import { noticesOf, openNotice, unreadOf, useReadNotices } from '../../state/notices.ts';
import { notices as words, outageText } from '../../text/notices.ts';
import { dateText } from '../../text/time.ts';
import { today } from '../../text/today.ts';
import { UnreadDot } from './notices.tsx';

const FEW = 5;

/** On 今日: the newest ones by title; a click opens one. */
export function NoticeLines({ unit }: { unit: UnitStatus }) {
  const all = noticesOf(unit);
  const unread = unreadOf(all, useReadNotices());
  if (all.length === 0) return <p className="muted">{today.noticesNone}</p>;
  return (
    <>
      <ul className="notices">
        {all.slice(0, FEW).map((notice) => {
          const { id, title, publishedAt, outage } = notice;
          const isUnread = unread.includes(notice);
          return (
            <li key={id} className={isUnread ? 'today-notice notice-unread' : 'today-notice'}>
              <UnreadDot isUnread={isUnread} />
              <span>
                <button
                  type="button"
                  className="link notice-title"
                  onClick={() => {
                    openNotice(id);
                    openScreen('notices');
                  }}
                >
                  {title}
                </button>
                {outage && (
                  <span className="notice-line">{words.outageAt(outageText(outage))}</span>
                )}
              </span>
              <span className="muted">{dateText(publishedAt)}</span>
            </li>
          );
        })}
      </ul>
      {all.length > FEW && (
        <button
          type="button"
          className="link"
          onClick={() => {
            openScreen('notices');
          }}
        >
          {words.all(all.length)}
        </button>
      )}
    </>
  );
}
