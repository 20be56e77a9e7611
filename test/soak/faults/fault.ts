import type { SeededRandom } from '../../../electron/demo/people/random.ts';
import type { Result } from '../../../shared/errors/result.ts';
import type { Order } from '../../../shared/ipc/data.ts';
import type { SoakCentre } from '../centre.ts';
import type { Clerk, Told } from '../clerk.ts';
import type { Pc } from '../pc.ts';

/** A clerk about to do something, and everything that can go wrong around it. */
export interface Scene {
  readonly random: SeededRandom;
  readonly centre: SoakCentre;
  readonly pc: Pc;
  readonly clerk: Clerk;
  /** The transaction the order is submitted with. */
  readonly tx: string;
  readonly told: Told;
  /** Confirms the order; failures are kept in `told`. */
  readonly confirm: () => Promise<Result<Order>>;
  /** Syncs the roster; failures are kept in `told`. */
  readonly sync: () => Promise<Result<null>>;
  /** Types a few entries more; failures are kept in `told`. */
  readonly enter: () => Promise<void>;
  /** Brings a batch in; `between` after its rows and before the end of the reading. */
  readonly bringIn: (between?: () => void) => Promise<void>;
  /** Copies of the past that can be put back. */
  readonly past: Past;
}

export interface Past {
  /** Puts the client's file back as it was in the copy; false without one. */
  readonly restoreClient: () => Promise<boolean>;
  /** Orders have been decided at the centre since its copy was made. */
  readonly centreHasMoved: () => boolean;
  /** Another ratio of the unit, for the centre's next start. */
  readonly changeRatio: () => void;
}

/** One kind of fault. `strike` does what the clerk was about to do, with the fault around it. */
export interface Fault {
  readonly name: string;
  /** How often it is drawn, against the others. */
  readonly weight: number;
  /** How often it really struck. */
  readonly strike: (scene: Scene) => Promise<number>;
}

export function hasTold({ told }: Scene, ...codes: readonly string[]): boolean {
  return told.failures.some(({ code }) => codes.includes(code));
}
