import { useState } from 'react';
import { v7 as newId } from 'uuid';
import type { Failure } from '../../../shared/errors/result.ts';
import type { EntryTyped } from '../../../shared/rules/entry.ts';
import { isForCounter } from '../../../shared/rules/issue.ts';
import type { Issue } from '../../../shared/rules/issue.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { ask } from '../../bridge.ts';
import { entry as words } from '../../text/entry.ts';
import { noticesOf } from '../queue/queue-rows.ts';
import { endEntry } from './editing.ts';
import { afterEntry, changeDesk, withNothing } from './entry-desk.ts';
import type { EntryDesk } from './entry-desk.ts';
import { contentOf, emptyForm } from './form.ts';
import type { Form, Reasons } from './form.ts';

export interface Said {
  readonly tone: 'good' | 'bad';
  readonly text: string;
}

export interface EntrySubmission {
  /** 录入, or 保存修改 while a draft is edited. */
  readonly submit: () => Promise<void>;
  /** 转待柜面; `issues` is all that stands against the entry. */
  readonly toCounter: (issues: readonly Issue[]) => Promise<void>;
  readonly clear: () => void;
  readonly abandon: () => void;
  /** Anything has been typed: what was said of the last try is over. */
  readonly forget: () => void;
  /** A batch is through: what was said of a form that stands empty is over. */
  readonly calm: () => void;
  readonly busy: boolean;
  /** What was found at 录入; gone with the next change. */
  readonly refused: readonly Issue[];
  readonly failure: Failure | undefined;
  readonly said: Said | undefined;
}

/** The content last asked for, and the id of its draft. */
export interface Attempt {
  readonly id: string;
  readonly content: string;
}
const noAttempt: Attempt = { id: '', content: '' };
let attempt = noAttempt;

/** The same content keeps its id until there is a definite answer; other content gets a new one. */
export function attemptFor(last: Attempt, content: string, makeId: () => string): Attempt {
  return last.content === content ? last : { id: makeId(), content };
}

interface Outcome {
  readonly refused: readonly Issue[];
  readonly failure?: Failure;
  readonly said?: Said;
}
const nothing: Outcome = { refused: [] };

interface SubmissionParts {
  readonly kind: EntryKind;
  readonly fundType: string;
  readonly reasons: Reasons;
  /** The record of what stands in the form at that moment. */
  readonly typedOf: (form: Form) => EntryTyped;
  /** The draft edited, as long as it can be. */
  readonly editedId: string | undefined;
  readonly focus: (field: string) => void;
  readonly focusFirst: () => void;
}

/**
 * Takes one entry into the queue. The draft's id is made once per content: when an answer got lost,
 * 录入 again with the same content asks for the same draft, never for a second one.
 */
export function useEntrySubmission(parts: SubmissionParts): EntrySubmission {
  const { kind, fundType, reasons, typedOf, editedId, focus, focusFirst } = parts;
  const [outcome, setOutcome] = useState<Outcome>(nothing);
  const [busy, setBusy] = useState(false);
  const change = (edit: (desk: EntryDesk) => EntryDesk) => changeDesk(kind, fundType, edit);
  const here = () => change((desk) => desk);

  function refuse(issues: readonly Issue[]) {
    const text = editedId === undefined ? words.notEntered : words.notSaved;
    setOutcome({ refused: issues, said: { tone: 'bad', text } });
    const first = issues.find((issue) => issue.severity === 'error') ?? issues[0];
    focus(isForCounter(issues) ? COUNTER : (first?.field ?? ''));
  }

  function end(text: string) {
    attempt = noAttempt;
    endEntry(kind, fundType, editedId);
    setOutcome({ refused: [], said: { tone: 'good', text } });
    focusFirst();
  }

  async function submit() {
    if (busy) return;
    const { form } = here();
    const typed = typedOf(form);
    attempt = attemptFor(attempt, contentOf(kind, form, reasons), newId);
    setBusy(true);
    const answer =
      editedId === undefined
        ? await ask('queue.add', { id: attempt.id, typed })
        : await ask('queue.edit', { id: editedId, typed });
    setBusy(false);
    if (!answer.ok) {
      setOutcome({ refused: [], failure: answer });
      return;
    }
    attempt = noAttempt;
    if (!answer.value.stored) {
      refuse(answer.value.issues);
      return;
    }
    const { draft } = answer.value;
    const done = editedId === undefined ? words.entered(draft.name) : words.saved(draft.name);
    end([done, ...noticesOf(draft)].join(''));
  }

  async function toCounter(issues: readonly Issue[]) {
    if (busy) return;
    if (!isForCounter(issues)) {
      refuse(issues);
      return;
    }
    const { form } = here();
    attempt = attemptFor(attempt, contentOf(kind, form, reasons), newId);
    setBusy(true);
    const answer = await ask('counter.add', { id: attempt.id, typed: typedOf(form) });
    setBusy(false);
    if (answer.ok) end(words.counterMoved(answer.value.draft.name));
    else setOutcome({ refused: [], failure: answer });
  }

  return {
    submit,
    toCounter,
    clear: () => {
      change(withNothing);
      setOutcome(nothing);
      focusFirst();
    },
    abandon: () => {
      change(afterEntry);
      setOutcome(nothing);
      focusFirst();
    },
    forget: () => {
      setOutcome(nothing);
    },
    calm: () => {
      const { form } = here();
      const blank = contentOf(kind, emptyForm(form.fundType), reasons);
      if (contentOf(kind, form, reasons) === blank) setOutcome(nothing);
    },
    busy,
    refused: outcome.refused,
    failure: outcome.failure,
    said: outcome.said,
  };
}

/** The place of the button 转待柜面 among the fields. */
export const COUNTER = 'counter';
