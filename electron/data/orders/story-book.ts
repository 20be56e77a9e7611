import type { OrderStep } from '../../../shared/ipc/story.ts';
import type { Clock, UnitDatabase } from '../ports.ts';

interface Told {
  readonly oid: string;
  readonly event: OrderStep;
  readonly sn?: string;
  readonly attempt?: number;
  readonly code?: string;
  readonly words?: string;
}

/** Table `order_event`: written in the transaction of the change it tells, never changed. */
export class StoryBook {
  readonly #clock: Clock;
  readonly #tell;

  constructor({ handle }: UnitDatabase, clock: Clock) {
    this.#clock = clock;
    this.#tell = handle.prepare(
      `INSERT INTO order_event (oid, at, event, sn, attempt, code, words)
       VALUES (@oid, @at, @event, @sn, @attempt, @code, @words)`,
    );
  }

  /** Inside a `write`. */
  tell({ oid, event, sn = '', attempt = 0, code = '', words = '' }: Told): void {
    this.#tell.run({ oid, at: this.#clock.now(), event, sn, attempt, code, words });
  }
}
