import { useState } from 'react';
import { v7 as newId } from 'uuid';
import type { Failure } from '../../../shared/errors/result.ts';
import type { Issue } from '../../../shared/rules/issue.ts';
import type { UnitTerms } from '../../../shared/rules/policy.ts';
import { checkRegistration } from '../../../shared/rules/registration.ts';
import type { RegistrationContext, RegistrationTyped } from '../../../shared/rules/registration.ts';
import { ask } from '../../bridge.ts';
import { createStore } from '../../state/store.ts';
import { registration as words } from '../../text/registration.ts';
import { contentOf, emptyEntry, tidied, typedOf } from './entry.ts';
import type { Entry, EntryField } from './entry.ts';
import { noticesOf } from './queue-rows.ts';

export interface EntrySubmission {
  readonly entry: Entry;
  readonly typed: RegistrationTyped;
  /** Works on what stands in the form now: a field may be left after the form was emptied. */
  readonly change: (edit: (entry: Entry) => Entry) => void;
  /** Shows a field that is left as it is read; what was said about it stays. */
  readonly tidy: (field: EntryField) => void;
  readonly clear: () => void;
  /** Takes back what was said about a form that is empty. */
  readonly calm: () => void;
  readonly submit: (
    context: RegistrationContext,
    focus: (field: EntryField) => void,
    /** Ids of the rows that wait. */
    waiting: readonly string[],
  ) => Promise<void>;
  readonly busy: boolean;
  /** What was found at 录入; gone with the next change. */
  readonly refused: readonly Issue[];
  readonly failure: Failure | undefined;
  readonly said: string;
}

/** Half an entry waits here while the clerk looks something up in another screen. */
const kept = createStore<Entry | undefined>(undefined);

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

/**
 * Takes one entry into the queue. The draft's id is made once per content: when an answer got lost,
 * 录入 again with the same content asks for the same draft, never for a second one.
 */
export function useEntrySubmission(terms: UnitTerms): EntrySubmission {
  const first = emptyEntry(terms.fundTypes[0] ?? '');
  const entry = kept.use() ?? first;
  const setEntry = kept.set;
  const [refused, setRefused] = useState<readonly Issue[]>([]);
  const [failure, setFailure] = useState<Failure>();
  const [said, setSaid] = useState('');
  const [busy, setBusy] = useState(false);
  const typed = typedOf(entry, terms);

  function change(edit: (entry: Entry) => Entry) {
    const now = kept.get() ?? first;
    const next = edit(now);
    if (JSON.stringify(next) === JSON.stringify(now)) return;
    setEntry(next);
    setRefused([]);
    setFailure(undefined);
    setSaid('');
  }

  function refuse(issues: readonly Issue[], focus: (field: EntryField) => void) {
    setRefused(issues);
    setSaid(words.notEntered);
    const first = issues.find((issue) => issue.severity !== 'notice');
    if (first) focus(first.field as EntryField);
  }

  async function submit(
    context: RegistrationContext,
    focus: (field: EntryField) => void,
    waiting: readonly string[],
  ) {
    if (busy) return;
    const { issues, entry: checked } = checkRegistration(typed, context);
    if (!checked) {
      refuse(issues, focus);
      return;
    }
    const content = contentOf(entry);
    attempt = attemptFor(attempt, content, newId);
    setBusy(true);
    setFailure(undefined);
    const answer = await ask('queue.addRegistration', { id: attempt.id, typed });
    setBusy(false);
    if (!answer.ok) {
      setFailure(answer);
      return;
    }
    attempt = noAttempt;
    if (!answer.value.stored) {
      refuse(answer.value.issues, focus);
      return;
    }
    setEntry(emptyEntry(entry.fundType));
    setRefused([]);
    const { draft } = answer.value;
    const count = new Set([...waiting, draft.id]).size;
    setSaid([words.entered(draft.name, count), ...noticesOf(draft)].join(''));
    focus('name');
  }

  return {
    entry,
    typed,
    change,
    tidy: (field) => {
      const now = kept.get() ?? first;
      setEntry({ ...now, [field]: tidied(field, now[field]) });
    },
    clear: () => {
      setEntry(emptyEntry(entry.fundType));
      setRefused([]);
      setFailure(undefined);
      setSaid('');
    },
    calm: () => {
      if (contentOf(kept.get() ?? first) !== contentOf(emptyEntry(entry.fundType))) return;
      setRefused([]);
      setSaid('');
    },
    submit,
    busy,
    refused,
    failure,
    said,
  };
}
