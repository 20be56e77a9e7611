import { useEffect, useState } from 'react';
import { filingWindow } from '../../shared/rules/window.ts';
import type { FilingWindow } from '../../shared/rules/window.ts';
import { useWindowStatus } from './window-status.ts';

const TICK_MS = 10_000;

/** The centre's clock, ms since 1970; moves every ten seconds. */
export function useCentreTime(): number {
  const offset = useWindowStatus()?.unit?.clockOffsetMs ?? 0;
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, TICK_MS);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return now + offset;
}

/** undefined until the centre's rules are here. */
export function useFilingWindow(): FilingWindow | undefined {
  const rules = useWindowStatus()?.unit?.parameters?.filing;
  const now = useCentreTime();
  return rules && filingWindow(now, rules);
}
