import type { Page } from 'playwright-core';
import type { z } from 'zod';
import type { ResultOf, ValueOf } from '../../shared/ipc/contract.ts';
import type { WindowBridge, windowContract } from '../../shared/ipc/window.ts';

type Operations = typeof windowContract;

/** Asks as the page itself would, through the bridge its preload exposes. */
export async function askWindow<Op extends keyof Operations>(
  page: Page,
  op: Op,
  request: z.input<Operations[Op]['request']>,
): Promise<ResultOf<Operations, Op>> {
  const answer: unknown = await page.evaluate(
    ([name, payload]) => {
      const { jiaocuntong } = globalThis as unknown as { jiaocuntong: WindowBridge };
      return jiaocuntong.invoke(name as never, payload as never);
    },
    [op, request] as const,
  );
  return answer as ResultOf<Operations, Op>;
}

/** The same where only success will do; a failure throws its code. */
export async function readWindow<Op extends keyof Operations>(
  page: Page,
  op: Op,
  request: z.input<Operations[Op]['request']>,
): Promise<ValueOf<Operations, Op>> {
  const answer = await askWindow(page, op, request);
  if (!answer.ok) throw new Error(`${op}: ${answer.code} ${answer.detail}`);
  return answer.value;
}
