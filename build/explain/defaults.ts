/**
 * What an input may leave out. These are the values of the 2010 manual, or where it names none
 * those the practice centre works with; a centre sends its own.
 */
export const manualTerms = {
  fundTypes: ['10' as const],
  /** 六.1 */
  nameLimit: 5,
  /** 六.7 */
  ratioMin: 5,
  ratioMax: 12,
  /** Not in the manual. */
  subsidyRatioMin: 1,
  subsidyRatioMax: 25,
  backPayNoticeMonths: 12,
};

/** 一(二) */
export const manualHours = { openTime: '09:00', closeTime: '16:30' };

/** 七 names the reasons; their codes are not in the manual. */
export const practiceReasons = [
  ['01', '离休'],
  ['02', '退休'],
  ['03', '调出'],
  ['04', '辞职'],
  ['05', '解聘'],
  ['06', '辞退'],
  ['07', '开除'],
  ['08', '死亡'],
  ['09', '合同终止'],
  ['99', '其他'],
].map(([code = '', label = '']) => ({ code, label }));

/** 月缴存额 of a roster row whose fund has no policy for the month. */
export const ROUNDING_WITHOUT_POLICY = 'yuanHalfUp';
