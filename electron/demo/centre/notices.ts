import { instantAt } from '../../../shared/rules/dates.ts';
import { previousMonth } from '../../../shared/rules/months.ts';
import type { BusinessMonth } from '../../../shared/rules/months.ts';
import { closingOf } from '../../../shared/rules/window.ts';
import type { FilingRules } from '../../../shared/rules/window.ts';
import type { CentreNotice } from '../../../shared/wire/parameters.ts';
import { FROZEN_NUMBER, practiceFailures } from '../people/units.ts';

/** By the centre's clock, on the month's last day: an hour in which something is still to be sent. */
const OUTAGE_FROM = '12:00';
const OUTAGE_UNTIL = '12:30';
/** On the last day of the month before, so that nothing is dated ahead while the month runs. */
const ANNOUNCED_AT = '09:00';

const { active, held } = practiceFailures;
const welcome: CentreNotice = {
  id: 'welcome',
  title: '欢迎使用演练系统',
  text: [
    '本系统供单位经办人练习使用，单位、职工和金额均为虚构，所办业务不产生任何实际效力。',
    '职工登记确认后由中心审核，批量业务由中心处理，演练中几秒钟即有结果；单笔减少和补缴即时生效。',
    `批量减少或补缴个人客户号以 ${String(FROZEN_NUMBER).padStart(7, '0')} 结尾的职工，可以看到处理失败的情形。`,
    `登记 ${active.name}（${active.idNumber}）或 ${held.name}（${held.idNumber}），可以看到审核失败的情形。`,
  ].join('\n'),
  publishedAt: '2026-01-04T01:00:00.000Z',
};

/** Sample notices. They follow from the month alone, so the parameters keep their version within it. */
export function noticesOf(month: BusinessMonth, rules: FilingRules): CentreNotice[] {
  const { on } = closingOf(month, rules);
  const fromMs = instantAt(on, OUTAGE_FROM);
  const iso = (ms: number) => new Date(ms).toISOString();
  const maintenance: CentreNotice = {
    id: `maintenance-${month}`,
    title: `${Number(on.slice(5, 7))}月${Number(on.slice(8, 10))}日午间系统维护`,
    text: [
      `本期截止日 ${OUTAGE_FROM} 至 ${OUTAGE_UNTIL} 系统维护，期间不能登录、同步和确认。`,
      '已录入的记录保存在各单位的电脑里，不受影响。请安排在维护之前或之后确认。',
      '这是演练用的通知，演练中心在这段时间照常办理。',
    ].join('\n'),
    publishedAt: iso(instantAt(closingOf(previousMonth(month), rules).on, ANNOUNCED_AT)),
    outage: { from: iso(fromMs), until: iso(instantAt(on, OUTAGE_UNTIL)) },
  };
  return [maintenance, welcome];
}
