import type { RegistrationItem, RegistrationOrder } from '../../../shared/wire/orders.ts';
import type { Draft } from '../../../shared/ipc/data.ts';

/** Types of document the wire knows; drafts of this entry carry 01 (身份证). */
type IdType = RegistrationItem['idType'];

export interface OrderTerms {
  readonly origin: 'single' | 'batch';
  readonly businessMonth: number;
}

/** The body of a WL1001, its items in the order of the drafts, numbered from 1. */
export function makeRegistrationOrder(
  drafts: readonly Draft[],
  { origin, businessMonth }: OrderTerms,
): RegistrationOrder {
  return {
    kind: 'registration',
    origin,
    businessMonth,
    totals: { count: drafts.length, fen: sumOf(drafts) },
    items: drafts.map((draft, index) => ({
      seq: index + 1,
      fundType: draft.fundType,
      name: draft.name,
      idType: draft.typed.idType as IdType,
      idNumber: draft.idNumber,
      base: draft.base,
      unitRatio: draft.unitRatio,
      personalRatio: draft.personalRatio,
      unitFen: draft.unitFen,
      personalFen: draft.personalFen,
    })),
  };
}

/** Sum of 月缴存额 in fen; throws when it leaves the safe integers. */
export function sumOf(drafts: readonly Draft[]): number {
  const total = drafts.reduce((sum, draft) => sum + draft.totalFen, 0);
  if (!Number.isSafeInteger(total)) throw new RangeError('the total is not a safe integer');
  return total;
}
