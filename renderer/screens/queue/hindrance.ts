import { catalogue } from '../../../shared/errors/catalogue.ts';
import type { ErrorCode } from '../../../shared/errors/catalogue.ts';
import type { UnitStatus } from '../../../shared/ipc/data.ts';
import type { WindowStatus } from '../../../shared/ipc/window.ts';
import type { FilingWindow } from '../../../shared/rules/window.ts';
import { closedText } from '../../text/filing.ts';
import { isTooOld } from '../frame/notice.ts';
import { hindrance as words } from '../../text/queue.ts';

/** What gets around a hindrance: bringing something back, or leaving the order to the opening. */
export type HindranceAction = 'startPlatform' | 'reconnect' | 'waitForOpening';

/** Why nothing can be confirmed now, and what can be done about it. */
export interface Hindrance {
  readonly text: string;
  readonly action: HindranceAction | null;
  /** Whose entry explains it. */
  readonly code?: ErrorCode;
}

function hindranceBy(code: ErrorCode): Hindrance {
  return { text: catalogue[code].text, action: null, code };
}

/**
 * null when 确认 may be tried. Outside the hours key and channel do not matter yet: they are needed
 * at the opening. A gateway that does not answer at the moment is no hindrance: the attempt says by
 * itself what came of it.
 */
export function findHindrance(
  status: WindowStatus,
  unit: UnitStatus,
  window: FilingWindow,
): Hindrance | null {
  if (unit.stopped) return hindranceBy(unit.stopped);
  const closed = closedText(window);
  if (closed !== '') return { text: closed, action: 'waitForOpening' };
  if (isTooOld(status)) return hindranceBy('CLIENT_TOO_OLD');
  if (status.key.state !== 'unlocked') return { text: words.noKey, action: 'startPlatform' };
  if (unit.channel === 'off') return { text: words.offline, action: 'reconnect' };
  if (unit.openOrders > 0) return hindranceBy('ORDER_IN_FLIGHT');
  return null;
}
