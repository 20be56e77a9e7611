import { type OrderEvent, type OrderState, transition } from '../../../shared/orders/states.ts';

/**
 * The one way a state changes. Throws where the table has no place for the event: whoever calls
 * has to know that it has one, and what the centre says is held against the table before it is
 * stored (`hasPlace`).
 */
export function nextState(state: OrderState, event: OrderEvent): OrderState {
  const next = transition(state, event);
  if (next === undefined) throw new Error(`order state: ${event} has no place in ${state}`);
  return next;
}

export function hasPlace(state: OrderState, event: OrderEvent): boolean {
  return transition(state, event) !== undefined;
}
