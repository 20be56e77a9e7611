import { succeed } from '../../../shared/errors/result.ts';
import type { Result } from '../../../shared/errors/result.ts';
import { parametersAnswerSchema, parametersSchema } from '../../../shared/wire/parameters.ts';
import type { Parameters } from '../../../shared/wire/parameters.ts';
import { readUnit } from '../db/unit-row.ts';
import type { Channel, ParameterBook, UnitContext } from '../ports.ts';

export interface BookContext extends UnitContext {
  readonly channel: Channel;
  /** Inside the `write` that stores new parameters. */
  readonly recheck: (parameters: Parameters) => void;
}

/** The parameters in force, and every version before: an order names the one it was computed with. */
export class StoredParameters implements ParameterBook {
  readonly #context: BookContext;
  #current: Parameters | null;

  constructor(context: BookContext) {
    this.#context = context;
    this.#current = readCurrent(context);
  }

  current(): Parameters | null {
    return this.#current;
  }

  at(version: number): Parameters | null {
    return version === this.#current?.version ? this.#current : readVersion(this.#context, version);
  }

  async refresh(): Promise<Result<{ changed: boolean }>> {
    const have = this.#current?.version ?? 0;
    const { channel } = this.#context;
    const answer = await channel.ask('WL4001', { have }, parametersAnswerSchema);
    if (!answer.ok) return answer;
    const { parameters } = answer.value;
    if (!parameters || parameters.version === this.#current?.version) {
      return succeed({ changed: false });
    }
    const stored = this.#store(parameters);
    if (!stored.ok) return stored;
    this.#current = parameters;
    this.#context.changed('status', 'queue', 'batches');
    return succeed({ changed: true });
  }

  #store(parameters: Parameters): Result<undefined> {
    const { database, clock, audit, recheck } = this.#context;
    const { version, source, businessMonth } = parameters;
    return database.write(() => {
      database.handle
        .prepare(
          `INSERT INTO parameters (version, content, received_at) VALUES (?, ?, ?)
           ON CONFLICT (version) DO UPDATE
             SET content = excluded.content, received_at = excluded.received_at`,
        )
        .run(version, JSON.stringify(parameters), clock.now());
      database.handle
        .prepare('UPDATE unit SET parameter_version = ?, business_month = ?')
        .run(version, businessMonth);
      recheck(parameters);
      audit.record('parameters', { version, source, businessMonth });
      return succeed(undefined);
    });
  }
}

function readCurrent(context: UnitContext): Parameters | null {
  return readVersion(context, readUnit(context.database).parameterVersion);
}

function readVersion({ database }: UnitContext, version: number): Parameters | null {
  const content = database.handle
    .prepare<[number], string>('SELECT content FROM parameters WHERE version = ?')
    .pluck()
    .get(version);
  return content === undefined ? null : parametersSchema.parse(JSON.parse(content));
}
