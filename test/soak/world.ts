import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { writeSoftHsmConfig } from '../../electron/demo/key/softhsm.ts';
import { SeededRandom } from '../../electron/demo/people/random.ts';
import type { Violation } from './audit/case.ts';
import { Auditor } from './auditor.ts';
import { SoakCentre } from './centre.ts';
import { BatchClerk } from './batch-clerk.ts';
import { Clerk } from './clerk.ts';
import { EntryBook } from './entries.ts';
import { Copies } from './past.ts';
import { Pc } from './pc.ts';
import { StepLog } from './step-log.ts';
import type { WorldResult, WorldTerms } from './terms.ts';
import { Tally } from './tally.ts';
import { Turns } from './turns.ts';
import { Typist } from './typing.ts';
import { UNIT } from './unit.ts';

const AUDIT_EVERY_ORDERS = 200;
/** Every audit reads all books: as they grow, it comes after as much more. */
const AUDIT_GROWTH = 0.5;
const TELL_EVERY_ORDERS = 100;
const QUIET_MS = 30_000;
/** People whose rows the centre turns down after it has taken the order. */
const HELD_PEOPLE = 2;
/** No turn takes so long, whatever strikes in it. */
const TURN_DEADLINE_MS = 180_000;
/** A registration's review and a batch's results, twice over (centre.ts). */
const REVIEWED_MS = 500;
const VIOLATIONS_KEPT_MAX = 50;
/** More turns than this for each order mean that something keeps all of them from being sent. */
const TURNS_PER_ORDER_MAX = 6;
const TURNS_MIN = 200;

/** One centre, two computers of one unit, their clerks, and everything that goes wrong between them. */
export class World {
  readonly #terms: WorldTerms;
  readonly #centre: SoakCentre;
  readonly #pcs: readonly Pc[];
  readonly #clerks: readonly Clerk[];
  readonly #auditor: Auditor;
  readonly #entries = new EntryBook();
  readonly #log: StepLog;
  readonly #tally = new Tally();
  readonly #turns: Turns;
  readonly #violations: Violation[] = [];
  #closing: Promise<void> | undefined;

  constructor(terms: WorldTerms) {
    const { folder, template, wrongClient, programs } = terms;
    this.#terms = terms;
    cpSync(template.folder, folder, { recursive: true });
    for (const key of ['softhsm', 'softhsm-second']) writeSoftHsmConfig(join(folder, key));
    this.#log = new StepLog(join(folder, 'steps.jsonl'));
    const random = new SeededRandom(`${terms.seed} ${terms.name}`);
    const centre = new SoakCentre(folder, template.configuration, programs);
    this.#centre = centre;
    // in every other world the second computer has a key of its own
    const keys = ['softhsm', random.chance(0.5) ? 'softhsm-second' : 'softhsm'];
    this.#pcs = keys.map((key, index) => {
      const name = `pc${index + 1}`;
      const { softHsm, faultModule } = template;
      const softHsmFolder = join(folder, key);
      const own = join(folder, name);
      return new Pc({ name, folder: own, centre, softHsmFolder, softHsm, faultModule, programs });
    });
    const typist = new Typist(random);
    this.#clerks = this.#pcs.map((pc) => new Clerk(pc, this.#entries, typist, random));
    const { centreCaPem } = template.configuration.gateway;
    this.#auditor = new Auditor(centre, this.#pcs, this.#entries, centreCaPem);
    this.#turns = new Turns({
      ...{ random, centre, clerks: this.#clerks, auditor: this.#auditor },
      batches: new Map(
        this.#clerks.map((clerk) => [clerk, new BatchClerk(clerk, this.#entries, typist, random)]),
      ),
      ...{ log: this.#log, tally: this.#tally, wrongClient },
      copies: new Copies(centre, this.#entries, this.#auditor, random),
    });
  }

  /** Never rejects: what breaks off the run is in the result. */
  async run(progress: (text: string) => void): Promise<WorldResult> {
    let error: string | undefined;
    try {
      await this.#start();
      await this.#work(progress);
      await within(TURN_DEADLINE_MS, 'the end', this.#finish());
    } catch (thrown) {
      error = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
      this.#log.write('broken off', { error });
    }
    const result = this.#result(error);
    if (this.#violations.length > 0 || error !== undefined) this.#keep();
    await this.close();
    return result;
  }

  /** Ends every process and gives back what was mounted. Twice is once. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #start(): Promise<void> {
    await this.#centre.start();
    this.#centre.holdBack(UNIT, HELD_PEOPLE);
    for (const pc of this.#pcs) await pc.start();
    for (const clerk of this.#clerks) {
      await clerk.pc.up();
      const synced = await clerk.sync();
      if (!synced.ok) throw new Error(`the first sync: ${synced.code} ${synced.detail}`);
    }
  }

  async #work(progress: (text: string) => void): Promise<void> {
    const { orders } = this.#terms;
    const turnsMax = orders * TURNS_PER_ORDER_MAX + TURNS_MIN;
    let turns = 0;
    let auditAt = AUDIT_EVERY_ORDERS;
    let tellAt = TELL_EVERY_ORDERS;
    while (this.#auditor.decided < orders) {
      turns += 1;
      if (turns > turnsMax) throw new Error(`${turns} turns, ${this.#auditor.decided} orders`);
      await within(TURN_DEADLINE_MS, `turn ${turns}`, this.#turns.take());
      if (this.#auditor.decided >= tellAt) {
        tellAt += TELL_EVERY_ORDERS;
        progress(this.#describe());
      }
      if (this.#auditor.decided < auditAt) continue;
      auditAt += Math.max(AUDIT_EVERY_ORDERS, Math.round(this.#auditor.decided * AUDIT_GROWTH));
      await this.#quieten(false);
      this.#audit(false);
      // one that was found is found again by every audit after it
      if (this.#violations.length > 0 && this.#terms.wrongClient === undefined) return;
    }
  }

  /** The faults stop; what is on its way comes to its end, and every computer learns of everything. */
  async #finish(): Promise<void> {
    await this.#quieten(true);
    await wait(REVIEWED_MS);
    for (const clerk of this.#clerks) {
      await clerk.pc.up();
      const refreshed = await clerk.pc.client['orders.refresh']({});
      if (!refreshed.ok) this.#log.write('refresh', { ...refreshed });
      const synced = await clerk.sync();
      if (!synced.ok) this.#log.write('sync', { ...synced });
    }
    this.#audit(true);
  }

  async #quieten(isLong: boolean): Promise<void> {
    this.#centre.strike();
    await this.#centre.up();
    for (const clerk of this.#clerks) {
      await clerk.pc.up();
      const isSettled = await clerk.settled(isLong ? QUIET_MS : QUIET_MS / 3);
      if (!isSettled) this.#log.write('not settled', { pc: clerk.pc.name });
      this.#auditor.lookAt(clerk.pc);
    }
  }

  #audit(isFinal: boolean): void {
    const found = this.#auditor.audit(isFinal);
    this.#log.write('audit', { isFinal, found: found.length, first: found[0] });
    const known = new Set(this.#violations.map(({ detail }) => detail));
    const fresh = found.filter(({ detail }) => !known.has(detail));
    this.#violations.push(...fresh.slice(0, VIOLATIONS_KEPT_MAX));
  }

  #describe(): string {
    const { decided, audits } = this.#auditor;
    const wrong = this.#violations.length;
    const faults = `${this.#tally.faultKinds} kinds of fault`;
    return `${decided} of ${this.#terms.orders} orders, ${faults}, ${this.#kills} kills, ${audits} audits, ${wrong} violations`;
  }

  get #kills(): number {
    return this.#centre.kills + this.#pcs.reduce((sum, { dataKills }) => sum + dataKills, 0);
  }

  #result(error: string | undefined): WorldResult {
    return {
      orders: this.#auditor.decided,
      batchOrders: this.#auditor.decidedOfBatches,
      entries: this.#entries.entries.size,
      audits: this.#auditor.audits,
      ...this.#tally.read(),
      kills: this.#kills,
      violations: this.#violations.filter(({ rule }) => rule !== 'notSettled'),
      unclear: this.#violations.filter(({ rule }) => rule === 'notSettled').length,
      diskKind: this.#pcs[0]?.disk.kind ?? '',
      ...(error === undefined ? {} : { error }),
    };
  }

  #keep(): void {
    mkdirSync(this.#terms.evidenceFolder, { recursive: true });
    for (const { rule, detail } of this.#violations) this.#log.write('violation', { rule, detail });
    this.#auditor.keep(join(this.#terms.evidenceFolder, this.#terms.name), this.#log.file);
  }

  async #close(): Promise<void> {
    for (const pc of this.#pcs) await pc.close();
    await this.#centre.close();
    this.#log.close();
  }
}

/** Where something waits for ever, the run ends and says where. */
async function within<T>(deadlineMs: number, what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`${what} has not come to its end in ${deadlineMs} ms`));
    }, deadlineMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
