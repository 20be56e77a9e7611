import { catalogue } from '../../../shared/errors/catalogue.ts';
import type { UnitStatus } from '../../../shared/ipc/data.ts';
import type { WindowStatus } from '../../../shared/ipc/window.ts';
import type { FilingWindow } from '../../../shared/rules/window.ts';
import { closedText } from '../../text/filing.ts';
import { hindrance as words } from '../../text/registration.ts';

/** Why nothing can be confirmed now, and what brings it back. */
export interface Hindrance {
  readonly text: string;
  readonly action: 'startPlatform' | 'reconnect' | null;
}

/**
 * null when 确认 may be tried. A gateway that does not answer at the moment is no hindrance: the
 * attempt says by itself what came of it.
 */
export function findHindrance(
  status: WindowStatus,
  unit: UnitStatus,
  window: FilingWindow | undefined,
): Hindrance | null {
  if (unit.stopped) return { text: catalogue[unit.stopped].text, action: null };
  if (status.key.state !== 'unlocked') return { text: words.noKey, action: 'startPlatform' };
  if (unit.channel === 'off') return { text: words.offline, action: 'reconnect' };
  if (unit.openOrders > 0) return { text: catalogue.ORDER_IN_FLIGHT.text, action: null };
  const closed = window ? closedText(window) : '';
  return closed === '' ? null : { text: closed, action: null };
}
