import type { UnitStatus } from '../../../shared/ipc/data.ts';
import { batchScreens, entryScreens, openScreen, useScreen } from '../../state/navigation.ts';
import type { Screen } from '../../../shared/ipc/screens.ts';
import { entryKindSchema } from '../../../shared/wire/primitives.ts';
import { noticesOf, unreadOf, useReadNotices } from '../../state/notices.ts';
import { counter } from '../../text/counter.ts';
import { menu as words } from '../../text/frame.ts';
import { countOf } from '../../text/kinds.ts';
import { notices } from '../../text/notices.ts';

interface Group {
  readonly title: string;
  readonly entries: readonly Screen[];
}

const groups: readonly Group[] = [
  {
    title: words.groups.system,
    entries: ['roster-sync', 'templates', 'backup', 'audit-trail', 'applications'],
  },
  {
    title: words.groups.change,
    entries: [
      ...entryKindSchema.options.flatMap((kind) => [entryScreens[kind], batchScreens[kind]]),
      'counter',
    ],
  },
  {
    title: words.groups.query,
    entries: [
      'registration-results',
      'back-pay-results',
      'reduction-results',
      'roster-query',
      'month-close',
    ],
  },
  { title: words.groups.help, entries: ['help', 'diagnostics', 'about'] },
];

interface SideMenuProps {
  readonly unit: UnitStatus;
  readonly onQuit: () => void;
}

/** The manual's four menus (四(一)), with 今日 above and the queue's count. */
export function SideMenu({ unit, onQuit }: SideMenuProps) {
  const unread = unreadOf(noticesOf(unit), useReadNotices()).length;
  return (
    <nav className="menu">
      <div role="menu" aria-label={words.label} tabIndex={-1} onKeyDown={moveFocus}>
        <Entry screen="today" />
        <Entry screen="notices" {...unreadCounts(unread)} />
        {groups.map((group) => (
          <div key={group.title} role="group" aria-label={group.title}>
            <h2 className="menu-group">{group.title}</h2>
            {group.entries.map((screen) => (
              <Entry key={screen} screen={screen} {...countsOf(screen, unit)} />
            ))}
            {group.title === words.groups.system && (
              <button type="button" role="menuitem" className="menu-entry" onClick={onQuit}>
                {words.quit}
              </button>
            )}
          </div>
        ))}
      </div>
    </nav>
  );
}

/** Arrow keys go from entry to entry. */
function moveFocus(event: React.KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const entries = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=menuitem]')];
  const at = entries.findIndex((entry) => entry === document.activeElement);
  entries[(at + step + entries.length) % entries.length]?.focus();
  event.preventDefault();
}

interface Counts {
  readonly count?: number;
  /** The number with what it counts. */
  readonly meaning?: string;
}

function unreadCounts(count: number): Counts {
  return { count, meaning: notices.unreadCount(count) };
}

function countsOf(screen: Screen, unit: UnitStatus): Counts {
  if (screen === 'counter') {
    const count = unit.counterCount;
    return { count, meaning: words.atCounter(counter.count(count)) };
  }
  const kind = entryKindSchema.options.find((one) => entryScreens[one] === screen);
  if (!kind) return {};
  const count = unit.queueCounts[kind];
  return { count, meaning: words.queued(countOf(kind, count)) };
}

function Entry({ screen, count = 0, meaning }: Counts & { screen: Screen }) {
  const isCurrent = useScreen() === screen;
  return (
    <button
      type="button"
      role="menuitem"
      className="menu-entry"
      aria-current={isCurrent ? 'page' : undefined}
      onClick={() => {
        openScreen(screen);
      }}
    >
      {words[screen]}
      {count > 0 && (
        <span className="menu-count" title={meaning}>
          {count}
        </span>
      )}
    </button>
  );
}
