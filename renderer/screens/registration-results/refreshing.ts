import { useState } from 'react';
import type { Failure } from '../../../shared/errors/result.ts';
import { ask } from '../../bridge.ts';

export interface Refreshing {
  readonly busy: boolean;
  readonly failure: Failure | undefined;
  /** How many results changed at the last refresh. */
  readonly changed: number | undefined;
  readonly refresh: () => Promise<void>;
}

/** Asks the centre now; whatever the answer, `reload` reads again what is shown. */
export function useRefreshing(reload: () => Promise<void>): Refreshing {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const [changed, setChanged] = useState<number>();
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
