import { fenToPlain, toFen } from '../../../shared/rules/money.ts';
import type { FundType } from '../../../shared/wire/primitives.ts';
import { openScreen } from '../../state/navigation.ts';
import { changeDesk, withProposal } from './entry-desk.ts';
import { emptyForm } from './form.ts';
import type { Form } from './form.ts';

/** What is known of months that were not paid. */
export interface MissedMonths {
  readonly personalAccount: string;
  readonly fundType: FundType | undefined;
  readonly from: number;
  readonly to: number;
  /** Fen; null where it is not known. */
  readonly base: number | null;
  readonly unitRatio: number | null;
}

/** As it would stand in the form had the clerk typed it. */
export function missedForm(missed: MissedMonths): Form {
  const { personalAccount, fundType = '', from, to, base, unitRatio } = missed;
  return {
    ...emptyForm(fundType),
    ...{ personalAccount, from: String(from), to: String(to) },
    base: base === null ? '' : fenToPlain(toFen(base)),
    ratio: unitRatio === null ? '' : String(unitRatio),
  };
}

/** Opens 漏缴补缴 with person and months in the form; nothing is stored before the clerk says 录入. */
export function openMissedBackPay(missed: MissedMonths): void {
  const form = missedForm(missed);
  changeDesk('missedBackPay', form.fundType, (desk) => withProposal(desk, form));
  openScreen('missed-back-pay');
}
