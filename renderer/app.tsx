import { useEffect, useState } from 'react';
import type { Result } from '../shared/errors/result.ts';
import type { Description } from '../shared/ipc/window.ts';
import { ask } from './bridge.ts';
import { FailureNote } from './parts/failure-note.tsx';
import { Frame } from './screens/frame/frame.tsx';
import { HelpDialogue } from './screens/help/help-dialogue.tsx';
import { Start } from './screens/start.tsx';
import { useClock } from './state/centre-time.ts';
import { DescriptionContext } from './state/description.ts';
import { followMenuBar } from './state/navigation.ts';
import { followSync } from './state/sync.ts';
import { followStatus, useWindowStatus } from './state/window-status.ts';

/** Before sign-in the start screens, after it the main window. */
export function App() {
  const [description, setDescription] = useState<Result<Description>>();
  const status = useWindowStatus();
  useClock();
  useEffect(() => {
    const ends = [followStatus(), followSync(), followMenuBar()];
    void ask('app.describe', {}).then(setDescription);
    return () => {
      for (const end of ends) end();
    };
  }, []);
  if (description?.ok === false) {
    return (
      <main className="start">
        <FailureNote code={description.code} detail={description.detail} />
      </main>
    );
  }
  if (!description || !status) return <main className="start" aria-busy="true" />;
  return (
    <DescriptionContext value={description.value}>
      {status.unit ? <Frame status={status} unit={status.unit} /> : <Start status={status} />}
      <HelpDialogue />
    </DescriptionContext>
  );
}
