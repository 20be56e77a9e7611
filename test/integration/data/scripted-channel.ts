import type { z } from 'zod';
import type { Channel } from '../../../electron/data/ports.ts';
import { fail, succeed } from '../../../shared/errors/result.ts';
import type { Result } from '../../../shared/errors/result.ts';

/** Answers with what it was given for a transaction; without that the gateway is not there. */
export class ScriptedChannel implements Channel {
  readonly state = 'online';
  readonly answers = new Map<string, unknown>();
  readonly asked: [tx: string, body: unknown][] = [];

  ask<Body extends z.ZodType>(
    tx: string,
    body: unknown,
    answer: Body,
  ): Promise<Result<z.output<Body>>> {
    this.asked.push([tx, body]);
    if (!this.answers.has(tx)) return Promise.resolve(fail('GATEWAY_UNREACHABLE'));
    return Promise.resolve(succeed(answer.parse(this.answers.get(tx))));
  }
}
