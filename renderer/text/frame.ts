import { application } from './documents.ts';
import { auditTrail } from './audit-trail.ts';
import { batchKindWords } from './batch.ts';
import { backup } from './backup.ts';
import { counter } from './counter.ts';
import { help } from './help.ts';
import { kindWords } from './kinds.ts';
import { monthClose } from './month-close.ts';
import { notices } from './notices.ts';
import { orderStory } from './order-story.ts';
import { results } from './results.ts';
import { templates } from './templates.ts';

export const menu = {
  label: '功能菜单',
  today: '今日',
  groups: {
    system: '系统管理',
    change: '变更登记',
    query: '综合查询',
    help: '帮助',
  },
  'roster-sync': '职工信息同步',
  backup: backup.title,
  registration: kindWords.registration,
  reduction: kindWords.reduction,
  'missed-back-pay': kindWords.missedBackPay,
  'shortfall-back-pay': kindWords.shortfallBackPay,
  'batch-registration': batchKindWords.registration,
  'batch-reduction': batchKindWords.reduction,
  'batch-missed-back-pay': batchKindWords.missedBackPay,
  'batch-shortfall-back-pay': batchKindWords.shortfallBackPay,
  templates: templates.title,
  applications: application.title,
  'audit-trail': auditTrail.title,
  counter: counter.title,
  'registration-results': results.title.registration,
  'back-pay-results': results.title.backPay,
  'reduction-results': results.title.reduction,
  'order-story': orderStory.title,
  'roster-query': '职工缴存明细查询',
  'month-close': monthClose.title,
  notices: notices.title,
  help: help.title,
  diagnostics: help.diagnostics,
  about: '关于',
  quit: '退出系统',
  quitQuestion: '退出系统',
  quitDrafts: (count: number) =>
    count === 0
      ? '没有待确认的记录。'
      : `待确认队列中的 ${count} 条记录会保留在本机，下次登录可继续。`,
  quitWaiting: (count: number) =>
    `${count} 批业务等到办理时间自动发送，退出后不会发送，下次登录后继续。`,
  quitOpen: (count: number) => `${count} 批业务还在等待中心答复，下次登录后程序会自动查询结果。`,
  queued: (count: string) => `待确认 ${count}`,
  atCounter: (count: string) => `待柜面 ${count}`,
} as const;

export const keyWords = {
  unknown: '未检测',
  absent: '未插入',
  present: '未输口令',
  unlocked: '已就绪',
  driverMissing: '缺驱动',
  failed: '出错',
} as const;

export const platformWords = {
  off: '未启动',
  starting: '启动中',
  keyOnly: '未连接',
  online: '已连接',
  connecting: '连接中',
  waiting: '连接中断',
  signedOut: '未登录中心',
} as const;

export const topBar = {
  key: '网银盾',
  platform: '外联平台',
  sync: '同步',
  never: '从未同步',
  syncing: '正在同步',
  keyLabel: '名称',
  keySerial: '序列号',
  keySubject: '证书',
  driver: '驱动',
  detail: '说明',
  protocol: '加密协议',
  gatewaySubject: '网关证书',
  rosterCount: '本机职工记录',
  records: (count: string) => `${count} 条`,
  lastSync: '上次同步',
  rosterVersion: '数据版本',
  enterPin: '输入口令',
  start: '启动外联平台',
  stop: '停止外联平台',
  reconnect: '重新连接',
  syncNow: '立即同步',
} as const;

export const bar = {
  label: '需要处理',
  hostRestarting: '后台程序正在重新启动，已录入的数据都在，请稍候片刻。',
  hostGivenUp: '后台程序已停止，请退出后重新打开程序。已录入的数据都在。',
  quit: '退出系统',
  openOrders: (count: number) =>
    `${count} 批业务已发送，等待中心答复。程序会自动查询，请勿重新录入。`,
  openOrdersOffline: (count: number) =>
    `${count} 批业务还没有中心答复。联机后程序会自动查询，请勿重新录入。`,
  see: '查看',
  read: '知道了',
  diskFull:
    '磁盘空间不足：已有的数据可以查看，不能录入、修改、确认或同步。请清理磁盘，空间够了再操作一次即可继续。',
  backupFailed: (why: string) => `自动备份没有成功：${why}已录入的数据都在本机。`,
  keyInterrupted: '网银盾驱动出错后已重新启动，请重新输入口令。已录入的数据都在。',
  rosterMissing: '本机还没有职工信息，查询和核对都不完整，请先同步。',
  tooOld:
    '本程序版本过低，不能联机，已录入的数据都在。请联系单位的技术支持安装最新版程序后再同步和确认。',
  keyPulled: '网银盾已拔出，已录入的数据都在。插回后输入口令即可继续。',
  gatewayAway: (count: number) => `与中心的连接中断，${count} 条待确认记录保存在本机。`,
  startPlatform: '启动外联平台',
  syncNow: '立即同步',
  reconnect: '重新连接',
  waiting: (batches: number, when: string) =>
    `${batches} 批业务等到 ${when} 自动发送，现在还没有提交给中心。`,
  waitingNeeds: '届时网银盾和外联平台须就绪。',
  waitingHeld: (why: string) => `还没有发送：${why}`,
  cancelWaiting: '取消等待',
} as const;
