import type { TrendPoint } from '../../../shared/ipc/month-close.ts';
import { formatFen, toFen } from '../../../shared/rules/money.ts';
import { ask } from '../../bridge.ts';
import { useReading } from '../../state/reading.ts';
import { countText } from '../../text/numbers.ts';
import { trend as words } from '../../text/sync-difference.ts';

const readTrend = () => ask('month.trend', {});
const WIDTH = 360;
const HEIGHT = 84;
const SLOTS = 12;
/** The smallest bar still shows where the bottom is. */
const LEAST = 0.3;

/** Accounts and money of the last twelve months, from figures and syncs. */
export function Trend() {
  const { value } = useReading(readTrend, 'roster');
  if (!value) return null;
  const { points } = value;
  return (
    <section className="sync-difference" aria-label={words.title}>
      <h2>{words.title}</h2>
      {points.length < 2 ? (
        <p className="muted">{words.few}</p>
      ) : (
        <div className="trend">
          <Bars
            title={words.accounts}
            points={points}
            valueOf={({ accounts }) => accounts}
            text={countText}
          />
          <Bars
            title={words.money}
            points={points}
            valueOf={({ fen }) => fen}
            text={(fen) => formatFen(toFen(fen))}
          />
        </div>
      )}
      {points.length >= 2 && <p className="muted">{words.scale}</p>}
    </section>
  );
}

interface BarsProps {
  readonly title: string;
  readonly points: readonly TrendPoint[];
  readonly valueOf: (point: TrendPoint) => number;
  readonly text: (value: number) => string;
}

function Bars({ title, points, valueOf, text }: BarsProps) {
  const values = points.map(valueOf);
  const heights = barHeights(values);
  const slot = WIDTH / SLOTS;
  const spoken = points.map((point) =>
    words.point(String(point.businessMonth), text(valueOf(point))),
  );
  const [first, last] = [points[0], points[points.length - 1]];
  return (
    <figure>
      <figcaption>
        <span className="muted">{title}</span>
        <strong>{last && text(valueOf(last))}</strong>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={words.alternative(title, spoken.join('，'))}
      >
        {heights.map((height, at) => (
          <rect
            key={points[at]?.businessMonth}
            className={at === heights.length - 1 ? 'trend-last' : 'trend-bar'}
            x={at * slot + 3}
            y={HEIGHT - 1 - height * (HEIGHT - 6)}
            width={slot - 6}
            height={height * (HEIGHT - 6)}
          >
            <title>{spoken[at]}</title>
          </rect>
        ))}
        <line className="trend-base" x1={0} x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
      </svg>
      <div className="trend-months muted">
        <span>{first?.businessMonth}</span>
        <span>{last?.businessMonth}</span>
      </div>
    </figure>
  );
}

/** 0 to 1. Months differ by little: the bars begin somewhat below the least of them, never above zero. */
function barHeights(values: readonly number[]): number[] {
  const most = Math.max(...values);
  const least = Math.min(...values);
  const bottom = Math.max(0, least - ((most - least) * LEAST) / (1 - LEAST));
  return values.map((value) => {
    if (most === bottom) return most === 0 ? 0 : 1;
    return (value - bottom) / (most - bottom);
  });
}
