import type { Screen } from '../../shared/ipc/screens.ts';
import type { TopicContent } from './content.ts';
import { batch, batchSend, templates } from './topics/batch.ts';
import { auditTrail, backup, notices, questions, terms } from './topics/care.ts';
import {
  confirm,
  counter,
  missedBackPay,
  queue,
  reduction,
  registration,
  shortfallBackPay,
} from './topics/entries.ts';
import { reconciliation, results, rosterQuery, sync } from './topics/queries.ts';
import { documents, exporting } from './topics/papers.ts';
import { key, schedule, start, today } from './topics/start.ts';

/** Every page of the help, by the name links use. */
export const topics = {
  start,
  key,
  today,
  schedule,
  registration,
  reduction,
  'missed-back-pay': missedBackPay,
  'shortfall-back-pay': shortfallBackPay,
  queue,
  confirm,
  counter,
  templates,
  batch,
  'batch-send': batchSend,
  results,
  'roster-query': rosterQuery,
  sync,
  reconciliation,
  documents,
  exporting,
  notices,
  backup,
  'audit-trail': auditTrail,
  questions,
  terms,
} as const satisfies Readonly<Record<string, TopicContent>>;

export type TopicId = keyof typeof topics;

export const topicIds = Object.keys(topics) as TopicId[];

export function isTopicId(name: string): name is TopicId {
  return Object.hasOwn(topics, name);
}

interface TopicGroup {
  readonly title: string;
  readonly ids: readonly TopicId[];
}

/** The contents, in the order of the work. */
export const topicGroups: readonly TopicGroup[] = [
  { title: '入门', ids: ['start', 'key', 'today', 'schedule'] },
  {
    title: '单笔业务',
    ids: [
      'registration',
      'reduction',
      'missed-back-pay',
      'shortfall-back-pay',
      'queue',
      'confirm',
      'counter',
    ],
  },
  { title: '批量业务', ids: ['templates', 'batch', 'batch-send'] },
  { title: '查询与同步', ids: ['results', 'roster-query', 'sync', 'reconciliation'] },
  { title: '单据与导出', ids: ['documents', 'exporting'] },
  { title: '保管与其他', ids: ['notices', 'backup', 'audit-trail', 'questions', 'terms'] },
];

/** Which page explains which screen. */
const topicOfScreen: Readonly<Record<Screen, TopicId>> = {
  today: 'today',
  'roster-sync': 'sync',
  backup: 'backup',
  registration: 'registration',
  reduction: 'reduction',
  'missed-back-pay': 'missed-back-pay',
  'shortfall-back-pay': 'shortfall-back-pay',
  'batch-registration': 'batch',
  'batch-reduction': 'batch',
  'batch-missed-back-pay': 'batch',
  'batch-shortfall-back-pay': 'batch',
  templates: 'templates',
  'audit-trail': 'audit-trail',
  counter: 'counter',
  'registration-results': 'results',
  'back-pay-results': 'results',
  'reduction-results': 'results',
  'month-close': 'reconciliation',
  applications: 'documents',
  'order-story': 'confirm',
  'roster-query': 'roster-query',
  notices: 'notices',
  help: 'start',
  diagnostics: 'questions',
  about: 'start',
};

export function topicOf(screen: Screen): TopicId {
  return topicOfScreen[screen];
}
