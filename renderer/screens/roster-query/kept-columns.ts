import { useEffect, useState } from 'react';
import type { Failure } from '../../../shared/errors/result.ts';
import type { RosterColumn } from '../../../shared/ipc/queries.ts';
import { ask } from '../../bridge.ts';

/** What the list shows until a clerk chooses otherwise. */
export const usualColumns: readonly RosterColumn[] = [
  'personalAccount',
  'idNumber',
  'fundType',
  'status',
  'base',
  'unitRatio',
  'unitFen',
  'personalFen',
  'monthly',
];

export interface KeptColumns {
  readonly chosen: readonly RosterColumn[];
  readonly failure: Failure | undefined;
  readonly choose: (columns: readonly RosterColumn[]) => Promise<void>;
}

/** The columns as chosen last on this computer; a choice that could not be kept holds for now. */
export function useKeptColumns(): KeptColumns {
  const [chosen, setChosen] = useState(usualColumns);
  const [failure, setFailure] = useState<Failure>();
  useEffect(() => {
    let isShown = true;
    void ask('query.columns', {}).then((answer) => {
      if (!isShown) return;
      if (!answer.ok) setFailure(answer);
      else if (answer.value.columns) setChosen(answer.value.columns);
    });
    return () => {
      isShown = false;
    };
  }, []);
  async function choose(columns: readonly RosterColumn[]) {
    setChosen(columns);
    const answer = await ask('query.keepColumns', { columns: [...columns] });
    setFailure(answer.ok ? undefined : answer);
  }
  return { chosen, failure, choose };
}
