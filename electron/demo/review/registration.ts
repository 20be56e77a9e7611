import type { Policy } from '../../../shared/rules/policy.ts';
import type {
  ItemIssue,
  RegistrationItem,
  RegistrationOrder,
} from '../../../shared/wire/orders.ts';
import { type Bench, judgeItems, type Raise as RaiseFor } from './judgement.ts';
import { monthlyPart, yuanText } from './money.ts';
import { findIdFault, findNameFault, type IdFault, type NameFault, personOf } from './person.ts';
import { describeRatios, policyInForce, registrationRatios } from './policy.ts';

/** The rules of 职工登记 as the centre reads them (manual 六); nothing is taken from the client's word. */

type Raise = RaiseFor<RegistrationItem>;

const nameText: Readonly<Record<NameFault, string>> = {
  NAME_CHARACTERS: '姓名含有不能使用的字符',
  NAME_TOO_LONG: '姓名超过允许的长度，请到柜面办理',
};
const idText: Readonly<Record<IdFault, string>> = {
  ID_LENGTH: '证件号码不是15位或18位',
  ID_CHARACTERS: '证件号码含有不能使用的字符',
  ID_BIRTH_DATE: '证件号码中的出生日期不正确',
  ID_CHECK: '证件号码校验不符，请到柜面办理',
};

export function judgeRegistration(bench: Bench, order: RegistrationOrder): ItemIssue[] {
  const people = new PeopleCheck(bench);
  return judgeItems(order.items, (item, raise) => {
    checkIdentity(bench, item, raise);
    people.check(item, raise);
    checkMoney(bench, item, raise);
  });
}

function checkIdentity({ terms, today }: Bench, item: RegistrationItem, raise: Raise): void {
  const nameFault = findNameFault(item.name, terms.nameLimit);
  if (nameFault) raise('name', nameFault, nameText[nameFault]);
  if (item.idType !== '01')
    raise('idType', 'ID_TYPE_COUNTER', '网上登记凭身份证办理，请到柜面办理');
  const idFault = findIdFault(item.idNumber, today);
  if (idFault) raise('idNumber', idFault, idText[idFault]);
}

/** One person once: in this order, among the accounts of this unit, among what is under review. */
class PeopleCheck {
  readonly #seen = new Map<string, number>();
  readonly #isActive;
  readonly #isUnderReview;
  readonly #unit: string;

  constructor({ db, unit }: Bench) {
    this.#unit = unit;
    this.#isActive = db.prepare(
      "SELECT 1 FROM employee WHERE id18 = ? AND fund_type = ? AND unit = ? AND status = '01' AND removed = 0",
    );
    this.#isUnderReview = db.prepare(
      `SELECT 1 FROM item WHERE unit = ? AND id18 = ? AND fund_type = ? AND kind = 'registration'
       AND state IN ('pending', 'processing')`,
    );
  }

  check({ seq, idNumber, fundType }: RegistrationItem, raise: Raise): void {
    const person = personOf(idNumber);
    const earlier = this.#seen.get(`${person} ${fundType}`);
    if (earlier !== undefined) {
      raise('idNumber', 'DUPLICATE_IN_QUEUE', `存在相同的记录（与第${earlier}条）`);
      return;
    }
    this.#seen.set(`${person} ${fundType}`, seq);
    if (this.#isActive.get(person, fundType, this.#unit) !== undefined) {
      raise('idNumber', 'ACCOUNT_ACTIVE', '存在正常缴存账户');
    }
    if (this.#isUnderReview.get(this.#unit, person, fundType) !== undefined) {
      raise('idNumber', 'UNDER_REVIEW', '存在相同的记录，该职工的登记正在中心审核');
    }
  }
}

function checkMoney(bench: Bench, item: RegistrationItem, raise: Raise): void {
  const { terms, businessMonth } = bench;
  const policy = policyInForce(terms.policies, item.fundType, businessMonth);
  if (!terms.fundTypes.includes(item.fundType) || !policy) {
    raise('fundType', 'FUND_TYPE_UNKNOWN', '资金性质不正确');
    return;
  }
  if (item.base < policy.minBase) {
    raise('base', 'BASE_BELOW', `缴存基数低于最低缴存基数${yuanText(policy.minBase)}元`);
  }
  if (item.base > policy.maxBase) {
    raise('base', 'BASE_ABOVE', `缴存基数高于最高缴存基数${yuanText(policy.maxBase)}元`);
  }
  checkRatios(bench, item, raise);
  checkPart('unitFen', item, item.unitRatio, policy, raise);
  checkPart('personalFen', item, item.personalRatio, policy, raise);
}

/** Uniform unit: its own ratio. Per employee: within the range. Fund 11: paid by the unit alone. */
function checkRatios({ terms }: Bench, item: RegistrationItem, raise: Raise): void {
  const range = registrationRatios(terms, item.fundType);
  if (item.unitRatio < range.min || item.unitRatio > range.max) {
    const msg = `单位缴存比例${item.unitRatio}%，${describeRatios(range)}`;
    raise('unitRatio', 'RATIO_NOT_ALLOWED', msg);
  }
  const personal = item.fundType === '11' ? 0 : item.unitRatio;
  if (item.personalRatio !== personal) {
    const msg = `个人缴存比例${item.personalRatio}%，应为${personal}%`;
    raise('personalRatio', 'RATIO_NOT_ALLOWED', msg);
  }
}

function checkPart(
  field: 'unitFen' | 'personalFen',
  item: RegistrationItem,
  ratio: number,
  policy: Policy,
  raise: Raise,
): void {
  const due = monthlyPart(item.base, ratio, policy.rounding);
  if (BigInt(item[field]) === due) return;
  const msg = `月缴存额与计算的月缴存额不一致：${yuanText(item[field])}元，应为${yuanText(due)}元`;
  raise(field, 'AMOUNT_MISMATCH', msg);
}
