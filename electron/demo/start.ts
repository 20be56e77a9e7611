import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { bundledCalendar } from '../../shared/rules/calendar.ts';
import { filingRulesSchema, type FilingRules } from '../../shared/rules/window.ts';
import type { Centre } from './centre/centre.ts';
import { Challenges } from './centre/challenges.ts';
import { CentreClock, readClockMark, writeClockMark } from './centre/clock.ts';
import { type CentreDatabase, openCentreDatabase } from './centre/database.ts';
import { Downloads } from './centre/downloads.ts';
import { seedTermsOf } from './centre/practice-terms.ts';
import { CentreSeal } from './centre/seal.ts';
import { answerMessage, bindAnswer, sealAnswer } from './centre/service.ts';
import { FaultyAnswers } from './fault-answers.ts';
import { FaultControl } from './faults.ts';
import { createGateway, signedAnswer } from './gateway.ts';
import type { CentreOptions } from './options.ts';
import { ensureFailures } from './people/seed.ts';
import { ensurePki, type Pki } from './pki.ts';
import { nextOpenMs } from './review/calendar.ts';
import { advanceReview } from './review/progress.ts';
import { readConfiguration, setUpPractice, writeConfiguration } from './setup.ts';

const REVIEW_TICK_MS = 250;
const CLOCK_MARK_MS = 10_000;
const LAST_ANSWERS_MS = 1_000;

/** Published hours (manual 一(二)), and those of a practice at any hour. */
const hours = {
  real: { openTime: '09:00', closeTime: '16:30' },
  always: { openTime: '00:00', closeTime: '23:59' },
} as const;

export interface RunningCentre {
  readonly centre: Centre;
  readonly port: number;
  stop(): Promise<void>;
}

/** Makes what the folder lacks, opens the books, listens. `report` is told of the centre's own faults. */
export async function startCentre(
  options: CentreOptions,
  report: (error: unknown) => void,
): Promise<RunningCentre> {
  const folder = resolve(options.folder);
  if (readConfiguration(folder) === null) {
    await setUpPractice({ folder, key: options.key, unit: options.unit });
  }
  const pki = await ensurePki(folder);
  const centre = openCentre(openCentreDatabase(folder), pki, options);
  ensureFailures(centre.db, seedTermsOf(centre));
  const server = openGateway(centre, pki, options, report);
  server.listen(options.port, options.host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  noteAddress(folder, port);
  const stopReview = startReview(centre, report);
  const mark = setInterval(() => {
    writeClockMark(centre.db, centre.clock.nowMs());
  }, CLOCK_MARK_MS);
  const stop = async () => {
    clearInterval(mark);
    stopReview();
    await closeGateway(server);
    writeClockMark(centre.db, centre.clock.nowMs());
    centre.db.close();
  };
  return { centre, port, stop };
}

function openCentre(db: CentreDatabase, pki: Pki, options: CentreOptions): Centre {
  const filing = filingRulesSchema.parse({ ...hours[options.hours], ...bundledCalendar });
  const clock = new CentreClock();
  if (options.nowMs !== null) clock.setTo(options.nowMs);
  else if (options.hours === 'always') clock.setTo(Math.max(Date.now(), readClockMark(db)));
  const keepOpen = () => {
    if (options.hours === 'always') moveToOpenDay(clock, filing);
  };
  keepOpen();
  return {
    db,
    clock,
    filing,
    keepOpen,
    seal: new CentreSeal(pki.centre),
    bankAnchors: [new X509Certificate(pki['bank-ca'].certificatePem)],
    challenges: new Challenges(),
    downloads: new Downloads(db),
    parameters: new Map(),
    limits: {
      sessionIdleMs: options.sessionIdleMs,
      sessionLifeMs: options.sessionLifeMs,
      reviewMs: options.reviewMs,
      batchMs: options.batchMs,
    },
  };
}

/** Only forward, and only when the window is closed; the signed hello tells every client. */
function moveToOpenDay(clock: CentreClock, filing: FilingRules): void {
  const nowMs = clock.nowMs();
  const openMs = nextOpenMs(nowMs, filing);
  if (openMs > nowMs) clock.setTo(openMs);
}

function openGateway(
  centre: Centre,
  pki: Pki,
  options: CentreOptions,
  report: (error: unknown) => void,
): Server {
  const faulty =
    options.faults === null ? null : new FaultyAnswers(centre, new FaultControl(options.faults));
  return createGateway({
    identity: pki.gateway,
    bodyIdleMs: options.bodyIdleMs,
    requestMs: options.requestMs,
    report,
    answer: async (incoming) =>
      faulty
        ? faulty.answer(incoming)
        : signedAnswer(sealAnswer(centre, answerMessage(centre, incoming))),
    refuseSize: (hash) =>
      sealAnswer(centre, bindAnswer(centre, hash, { code: 'WLP207', body: null })),
  });
}

/** Answers under way get a moment to leave; then every connection ends. */
async function closeGateway(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const cut = setTimeout(() => {
    server.closeAllConnections();
  }, LAST_ANSWERS_MS);
  await closed;
  clearTimeout(cut);
}

/** The file beside the keys tells where the centre really listens. */
function noteAddress(folder: string, port: number): void {
  const configuration = readConfiguration(folder);
  if (!configuration || configuration.gateway.port === port) return;
  const gateway = { ...configuration.gateway, port };
  writeConfiguration(folder, { ...configuration, gateway });
}

function startReview(centre: Centre, report: (error: unknown) => void): () => void {
  let timer: NodeJS.Timeout;
  const tick = () => {
    let hasMore = false;
    try {
      hasMore = advanceReview(centre);
    } catch (error) {
      report(error);
    }
    timer = setTimeout(tick, hasMore ? 0 : REVIEW_TICK_MS);
  };
  timer = setTimeout(tick, 0);
  return () => {
    clearTimeout(timer);
  };
}
