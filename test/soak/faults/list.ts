import type { SeededRandom } from '../../../electron/demo/people/random.ts';
import type { Fault } from './fault.ts';
import { keyFaults } from './key-faults.ts';
import { killFaults } from './kill-faults.ts';
import { networkFaults } from './network-faults.ts';
import { worldFaults } from './world-faults.ts';

export const faults: readonly Fault[] = [
  ...networkFaults,
  ...killFaults,
  ...keyFaults,
  ...worldFaults,
];

const weights = faults.reduce((sum, { weight }) => sum + weight, 0);

export function drawFault(random: SeededRandom): Fault {
  let left = random.fraction() * weights;
  for (const fault of faults) {
    left -= fault.weight;
    if (left < 0) return fault;
  }
  throw new RangeError('no fault drawn');
}
