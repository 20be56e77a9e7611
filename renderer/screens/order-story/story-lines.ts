import type { Order } from '../../../shared/ipc/data.ts';
import type { Story, StoryStep } from '../../../shared/ipc/story.ts';
import type { Tone } from '../../parts/state-word.tsx';
import { countOf } from '../../text/kinds.ts';
import { orderStory as words } from '../../text/order-story.ts';
import { secondText } from '../../text/time.ts';

/** One line of the story, as the clerk reads it. */
export interface StoryLine {
  readonly key: string;
  readonly at: string;
  readonly tone: Tone;
  readonly title: string;
  readonly text: string;
  /** Why, as it was noted; absent or empty for most. */
  readonly reason?: string;
}

/** From the entry to the last result; steps stand in the order in which they happened. */
export function storyLines(order: Order, story: Story): StoryLine[] {
  const steps = story.steps.map((step, index) => ({
    key: String(step.number),
    at: step.at,
    reason: step.words,
    ...describeStep(step, story.steps.slice(index + 1), order, story),
  }));
  return [...enteredLine(story), ...steps, ...resultLines(order, story)];
}

function enteredLine({ enteredFrom, enteredTo, batchName }: Story): StoryLine[] {
  if (enteredFrom === null) return [];
  const span = enteredTo !== null && secondText(enteredTo) !== secondText(enteredFrom);
  const text = batchName !== '' ? words.imported(batchName) : '';
  const until = span ? words.enteredSpan(secondText(enteredFrom), secondText(enteredTo)) : text;
  return [{ key: 'entered', at: enteredFrom, tone: 'idle', title: words.entered, text: until }];
}

function resultLines({ kind }: Order, { results }: Story): StoryLine[] {
  return results.flatMap(({ state, at, count }) => {
    if (state === 'pending') return [];
    const tone = state === 'succeeded' ? 'good' : state === 'failed' ? 'bad' : 'busy';
    const title = words.resultStep(words.result[state], countOf(kind, count));
    return [{ key: `${state} ${at}`, at, tone, title, text: words.resultAbout } as const];
  });
}

type Described = Pick<StoryLine, 'tone' | 'title' | 'text'>;

function describeStep(
  step: StoryStep,
  later: readonly StoryStep[],
  order: Order,
  story: Story,
): Described {
  const { event, code } = step;
  const { detail } = words;
  const reason = reasonOf(step);
  const plain = (tone: Tone, text: string): Described => ({ tone, title: titleOf(step), text });
  switch (event) {
    case 'confirmed':
    case 'kept':
    case 'opened':
      return plain('idle', step.sn === '' ? '' : `${words.sn} ${step.sn}`);
    case 'signed':
      return plain('idle', detail.signed);
    case 'sending':
      return { tone: 'busy', title: titleOf(step), text: sendingText(step, later) };
    case 'answered':
      return plain(code === '000000' ? 'good' : 'warn', words.said(step.words, code));
    case 'unanswered':
      return plain('warn', `${reason}${detail.unanswered}`);
    case 'receipt':
      return receiptStep(step, order, story);
    case 'voided':
      return plain('warn', `${reason}${detail.voided}`);
    case 'remade':
      return plain('busy', detail.remade(step.sn));
    case 'returned':
    case 'givenUp':
      return plain('warn', `${reason}${detail.nothingLeft(words.place[order.origin])}`);
    case 'waitsOn':
      return plain('warn', `${reason}${detail.waitsOn}`);
  }
}

/** As a sentence, for more to follow. */
function reasonOf({ words: said, code }: StoryStep): string {
  if (said === '') return '';
  return `${words.said(said, code).replace(/。$/u, '')}。`;
}

function titleOf({ event, attempt }: StoryStep): string {
  if (event === 'sending') return words.event.sending(attempt);
  if (event === 'receipt') return words.event.receipt(0);
  return words.event[event];
}

/** What is said beside a sending; its outcome is the step after it, where one was noted. */
function sendingText({ attempt, sn }: StoryStep, later: readonly StoryStep[]): string {
  const { detail } = words;
  const next = later.find((step) => step.sn === sn || step.sn === '');
  const isBroken = next?.event === 'sending' || (next?.event === 'receipt' && later[0] === next);
  const about = attempt > 1 ? detail.sendingAgain : detail.sending;
  return isBroken ? `${about}${detail.broken}` : about;
}

function receiptStep(step: StoryStep, order: Order, { receipt }: Story): Described {
  const isApplied = order.state === 'applied';
  const { detail } = words;
  const text = isApplied
    ? detail.applied(order.serialNumber)
    : detail.rejected(words.place[order.origin]);
  const reason = reasonOf(step);
  const title = words.event.receipt(receipt?.number ?? order.receiptNumber);
  return { tone: isApplied ? 'good' : 'bad', title, text: `${text}${reason}` };
}

/** All of it as plain text, for a letter or the telephone. */
export function storyText(order: Order, story: Story): string {
  const { receipt } = story;
  const head = `${words.title}：${words.of(order.kind, order.origin, countOf(order.kind, order.count))}`;
  const lines = storyLines(order, story).map(({ at, title, text }) =>
    [secondText(at), title, text].filter((part) => part !== '').join(' '),
  );
  const sent = story.submissions
    .filter(({ digest }) => digest !== '')
    .map(
      ({ sn, digest, bytes }) =>
        `${words.sn} ${sn}，${words.digest} ${digest}，${words.bytes(String(bytes))}`,
    );
  const received = receipt
    ? [`${words.receiptNumber} ${receipt.number}，${words.receiptHash} ${receipt.hash}`]
    : [];
  return [head, `${words.oid} ${order.oid}`, ...lines, ...sent, ...received].join('\n');
}
