/**
 * The life of an order on the client (docs/orders.md draws it).
 * draft: bytes stored, not signed · signed: signed bytes stored, nothing left this computer ·
 * sent: may have left; ends only with a receipt or the centre's signed void ·
 * applied / rejected: the centre's receipt is here · void: never took effect and never will.
 */
export const orderStates = ['draft', 'signed', 'sent', 'applied', 'rejected', 'void'] as const;
export type OrderState = (typeof orderStates)[number];

/**
 * abandon: given up before a signature existed · sign: verified signature stored ·
 * send: about to leave ·
 * receiptApplied / receiptRejected: a verified receipt for exactly these bytes or this oid ·
 * voided: the centre's signed statement that the serial is closed unused.
 * A receipt also meets a draft that waits for the opening, or one abandoned, where this file is a
 * restored copy and the original went out from another one.
 */
export const orderEvents = [
  'abandon',
  'sign',
  'send',
  'receiptApplied',
  'receiptRejected',
  'voided',
] as const;
export type OrderEvent = (typeof orderEvents)[number];

const table: Record<OrderState, Partial<Record<OrderEvent, OrderState>>> = {
  draft: {
    sign: 'signed',
    abandon: 'void',
    receiptApplied: 'applied',
    receiptRejected: 'rejected',
  },
  // A receipt can meet a signed order after a restored backup: the original left before the copy was made.
  signed: {
    send: 'sent',
    receiptApplied: 'applied',
    receiptRejected: 'rejected',
  },
  sent: {
    send: 'sent',
    receiptApplied: 'applied',
    receiptRejected: 'rejected',
    voided: 'void',
  },
  applied: { receiptApplied: 'applied' },
  rejected: { receiptRejected: 'rejected' },
  // Only where the centre has not closed the serial itself: then it would be a fork.
  void: { voided: 'void', receiptApplied: 'applied', receiptRejected: 'rejected' },
};

/** The next state, or undefined where the event has no place: a bug of the caller or a lie of the peer. */
export function transition(state: OrderState, event: OrderEvent): OrderState | undefined {
  return table[state][event];
}
