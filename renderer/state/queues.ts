import type { Draft } from '../../shared/ipc/entries.ts';
import { succeed } from '../../shared/errors/result.ts';
import type { Result } from '../../shared/errors/result.ts';
import { entryKindSchema } from '../../shared/wire/primitives.ts';
import { ask } from '../bridge.ts';
import { useReading } from './reading.ts';
import type { Reading } from './reading.ts';

async function readQueues(): Promise<Result<readonly Draft[]>> {
  const drafts: Draft[] = [];
  for (const kind of entryKindSchema.options) {
    const answer = await ask('queue.list', { kind });
    if (!answer.ok) return answer;
    drafts.push(...answer.value.drafts);
  }
  return succeed(drafts);
}

/** 待确认队列 of all kinds, each in order of entry: an entry is checked against all of them. */
export function useQueues(): Reading<readonly Draft[]> {
  return useReading(readQueues, 'queue');
}
