import { dateAt } from '../../../shared/rules/dates.ts';
import type { FilingRules, FilingWindow } from '../../../shared/rules/window.ts';
import { useCentreTime } from '../../state/centre-time.ts';
import { closingText, filing, landingText } from '../../text/filing.ts';
import { today as words } from '../../text/today.ts';
import { filingDays } from './filing-days.ts';

interface WindowBarProps {
  readonly window: FilingWindow;
  readonly rules: FilingRules;
}

/** The month's window as a bar from the 21st to its closing day, with today on it. */
export function WindowBar({ window, rules }: WindowBarProps) {
  const now = dateAt(useCentreTime());
  const days = filingDays(window, rules);
  const first = days[0]?.date ?? window.closesOn;
  return (
    <div className="window-bar">
      <p>{closingText(window)}</p>
      <div className="window-days" role="img" aria-label={words.windowBar(first, window.closesOn)}>
        {days.map((day) => (
          <span
            key={day.date}
            title={day.date}
            className={`window-day ${day.date === now ? 'window-now' : ''} ${
              day.date < now ? 'window-past' : ''
            } ${day.isWorkday ? '' : 'window-rest'}`}
          >
            {Number(day.date.slice(8, 10))}
          </span>
        ))}
      </div>
      <p className="muted">{words.hours(rules.openTime, rules.closeTime)}</p>
      {window.mayLandNextMonth && <p className="warn">{landingText()}</p>}
      {!window.calendarKnown && <p className="warn">{filing.calendarUnknown}</p>}
    </div>
  );
}
