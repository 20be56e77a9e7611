import { countOf, kindWords } from './kinds.ts';
import { countText } from './numbers.ts';

const MEBIBYTE = 1_048_576;

/** 备份与恢复, and the way out of a file that cannot be opened. */
export const backup = {
  title: '备份与恢复',
  about: '每次退出程序、程序更新之前都自动备份。备份加密保存，做好后即打开核对。',
  folder: '备份文件夹',
  kept: '保留',
  keptRule: '当天最近 3 个，之前每天 1 个，共 10 个',
  take: '立即备份',
  taking: '正在备份',
  takeElsewhere: '立即备份到…',
  takeElsewhereHint: '备份到另一个文件夹，例如 U 盘',
  restoreElsewhere: '从其他位置恢复…',
  taken: (folder: string) => `备份完成，已打开核对。存放在 ${folder}`,
  failedAt: (when: string) => `${when} 的自动备份没有完成。`,
  unreadable: (count: number) => `文件夹里另有 ${count} 个文件不是完整的备份，没有列出。`,
  list: '备份清单',
  count: (count: number) => `${count} 个`,
  at: '备份时间',
  reason: '由来',
  reasons: {
    exit: '退出程序时',
    manual: '手工备份',
    update: '程序更新前',
    migration: '数据升级前',
  },
  size: '大小',
  sizeOf: (bytes: number) => `${(bytes / MEBIBYTE).toFixed(1)} MB`,
  holds: '内容',
  checked: '核对',
  sound: '完整',
  flawed: '记录不连续',
  /** `flaw`: the first place, as the mark of a backup names it (`audit 12`, `receipt 3`). */
  flawedHint: (flaw: string) => {
    const [what = '', number = ''] = flaw.split(' ');
    const place = what === 'audit' ? `操作记录第 ${number} 条` : `回执 ${number} 号`;
    return `备份与当时的数据一致，但当时的数据从${place}起已不连续。请联系技术支持。`;
  },
  where: '可恢复到',
  anywhere: '本机和其他电脑',
  hereOnly: '仅本机',
  hereOnlyHint: '做备份前还没有联机登录过，备份里没有可用网银盾打开的密钥。',
  restore: '恢复…',
  restoreNamed: (when: string) => `恢复 ${when} 的备份`,
  emptyTitle: '还没有备份',
  emptyNext: '退出程序时会自动备份，也可以立即备份。',

  dialogue: '从备份恢复',
  reading: '正在打开备份并核对',
  password: '做备份时的交易密码',
  passwordAbout: '这个备份不是用本机现在的密钥加密的，要用做备份时的网银盾和交易密码打开。',
  passwordWrong: '不是做备份时的交易密码，请核对后重新输入。',
  unlock: '打开备份',
  retry: '再试一次',
  inBackup: '备份里有',
  brings: '将恢复到本机',
  bringsNothing: '备份里的内容本机都有，没有要恢复的。',
  newerHere: '本机另有，保持不变',
  newerNone: '没有比备份更新的内容',
  promise: '恢复只补上本机缺少的内容，不覆盖、不删除本机任何记录。',
  rosterNote: '职工信息不从备份恢复，同步时从中心取得。',
  question: '是否恢复',
  restoring: '正在恢复',
  done: '恢复完成。',
  doneNothing: '本机没有变化。',
  openNote: (count: number) =>
    `其中 ${count} 批还没有中心答复，程序会自动查询，不会重复办理，请勿重新录入。`,
  doubledNote: (count: number) =>
    `${count} 条因待确认队列中已有相同的记录，没有放进队列，留存备查。`,
  againNote:
    '做备份之后已经办理过的记录会重新出现在队列或批量文件里，确认或发送时中心不会再次受理，删除即可。',

  draftsOf: (kind: keyof typeof kindWords, count: number) =>
    `${kindWords[kind]} ${countOf(kind, count)}`,
  waiting: (parts: string) => `待确认 ${parts}`,
  drafts: (count: number) => `待确认 ${countText(count)} 条`,
  counter: (count: number) => `待柜面 ${count} 条`,
  /** `2 个批量文件（120 行未发送）` */
  batches: (count: number, rows: number) =>
    `${countText(count)} 个批量文件${rows > 0 ? `（${countText(rows)} 行未发送）` : ''}`,
  orders: (count: number) => `业务 ${countText(count)} 批`,
  openOrders: (count: number) => `${count} 批待答复`,
  receiptsTo: (count: number) => `回执至 ${countText(count)} 号`,
  receipts: (count: number) => `回执 ${countText(count)} 份`,
  roster: (count: number) => `职工信息 ${countText(count)} 条`,
  synced: (when: string) => `${when} 同步的职工信息`,
  nothing: '没有记录',

  rescueLook: '正在查找可用的备份',
  rescueKeeps: '原文件会改名保留在本机，不会删除。',
  rescueFound: '找到最近的完整备份',
  rescueRun: '用这个备份恢复',
  rescueAfter: '恢复后照常登录。做备份之后的回执和职工信息，联机登录并同步时从中心取回。',
  rescueNone: '没有可以直接恢复的备份。',
  rescueLocked: (count: number) =>
    `有 ${count} 个备份要用网银盾和交易密码打开：重新开始并登录后，在“备份与恢复”里恢复。`,
  rescueEmpty: '不用备份，重新开始',
  rescueAnew: '重新开始',
  rescueAnewAbout:
    '重新开始后，联机登录并同步：职工信息和中心已受理业务的回执从中心取回。还没有确认的记录和待柜面清单在中心没有，要从备份恢复或重新录入。',
  rescueQuestion: '重新开始，不恢复备份里的记录？',
  rescueBusy: '正在恢复',
  rescueRestored: '已用备份恢复。',
  rescueBegun: '已重新开始。',
  rescueKept: (name: string) => `原文件改名为 ${name}，保留在本机。`,
  rescueOn: '继续登录',
} as const;
