import type { UnitStatus } from '../../../shared/ipc/data.ts';
import { openScreen, useScreen } from '../../state/navigation.ts';
import type { Screen } from '../../state/navigation.ts';
import { menu as words } from '../../text/frame.ts';

interface Group {
  readonly title: string;
  readonly entries: readonly Screen[];
}

const groups: readonly Group[] = [
  { title: words.groups.system, entries: ['roster-sync'] },
  { title: words.groups.change, entries: ['registration'] },
  { title: words.groups.query, entries: ['registration-results', 'roster-query'] },
  { title: words.groups.help, entries: ['about'] },
];

interface SideMenuProps {
  readonly unit: UnitStatus;
  readonly onQuit: () => void;
}

/** The manual's four menus (四(一)), with 今日 above and the queue's count. */
export function SideMenu({ unit, onQuit }: SideMenuProps) {
  return (
    <nav className="menu">
      <div role="menu" aria-label={words.label} tabIndex={-1} onKeyDown={moveFocus}>
        <Entry screen="today" count={0} />
        {groups.map((group) => (
          <div key={group.title} role="group" aria-label={group.title}>
            <h2 className="menu-group">{group.title}</h2>
            {group.entries.map((screen) => (
              <Entry
                key={screen}
                screen={screen}
                count={screen === 'registration' ? unit.queueCounts.registration : 0}
              />
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

function Entry({ screen, count }: { screen: Screen; count: number }) {
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
        <span className="menu-count" title={words.queued(count)}>
          {count}
        </span>
      )}
    </button>
  );
}
