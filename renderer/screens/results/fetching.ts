import { useEffect, useEffectEvent, useState } from 'react';
import type { Failure } from '../../../shared/errors/result.ts';
import { ask } from '../../bridge.ts';

/** However short the centre's interval: a screen that is looked at need not ask more often. */
const FETCH_SECONDS_MIN = 5;

interface FetchingTerms {
  /** A session is open. */
  readonly isOnline: boolean;
  /** How often the centre wants to be asked. */
  readonly everySeconds: number;
  /** Reads again what is shown. */
  readonly reload: () => Promise<void>;
}

export interface Fetching {
  readonly busy: boolean;
  /** Of what the clerk asked for; what the screen asks by itself fails without a word: its age tells. */
  readonly failure: Failure | undefined;
  /** How many results changed when the clerk last asked. */
  readonly changed: number | undefined;
  readonly refresh: () => Promise<void>;
}

/** Asks the centre when the screen opens, when it comes online, from then on, and when the clerk says so. */
export function useFetching({ isOnline, everySeconds, reload }: FetchingTerms): Fetching {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const [changed, setChanged] = useState<number>();
  const fetchByItself = useEffectEvent(async () => {
    if (busy) return;
    const answer = await ask('orders.refresh', {});
    if (answer.ok) setFailure(undefined);
    await reload();
  });
  const everyMs = Math.max(FETCH_SECONDS_MIN, everySeconds) * 1_000;
  useEffect(() => {
    if (!isOnline) return;
    let timer: ReturnType<typeof setTimeout>;
    let isLeft = false;
    const goOn = async () => {
      await fetchByItself();
      // an answer may outlast the screen
      if (!isLeft) timer = setTimeout(() => void goOn(), everyMs);
    };
    void goOn();
    return () => {
      isLeft = true;
      clearTimeout(timer);
    };
  }, [isOnline, everyMs]);

  async function refresh() {
    if (busy) return;
    setBusy(true);
    setFailure(undefined);
    setChanged(undefined);
    const answer = await ask('orders.refresh', {});
    if (answer.ok) setChanged(answer.value.changed);
    else setFailure(answer);
    await reload();
    setBusy(false);
  }
  return { busy, failure, changed, refresh };
}
