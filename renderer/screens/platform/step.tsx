import { StateWord } from '../../parts/state-word.tsx';
import type { Tone } from '../../parts/state-word.tsx';
import { platform as words } from '../../text/platform.ts';

export type StepState = keyof typeof words.stepState;

const tones: Readonly<Record<StepState, Tone>> = {
  waiting: 'idle',
  busy: 'busy',
  done: 'good',
  failed: 'bad',
};

interface StepProps {
  readonly number: number;
  readonly title: string;
  readonly note?: string | null;
  readonly state: StepState;
  /** In place of the usual word, where the step waits for the clerk. */
  readonly waitingWord?: string;
  readonly children: React.ReactNode;
}

/** One numbered step of the start, with its state in a word. */
export function Step({ number, title, note, state, waitingWord, children }: StepProps) {
  return (
    <li className="step">
      <span className="step-number" aria-hidden="true">
        {number}
      </span>
      <div className="step-body">
        <div className="step-head">
          <h2>{title}</h2>
          {note && <span className="badge">{note}</span>}
          <span className="step-state">
            <StateWord tone={tones[state]}>
              {state === 'waiting'
                ? (waitingWord ?? words.stepState.waiting)
                : words.stepState[state]}
            </StateWord>
          </span>
        </div>
        {children}
      </div>
    </li>
  );
}
