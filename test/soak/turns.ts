import type { SeededRandom } from '../../electron/demo/people/random.ts';
import type { Result } from '../../shared/errors/result.ts';
import type { Order } from '../../shared/ipc/data.ts';
import type { EntryKind } from '../../shared/wire/primitives.ts';
import type { Auditor } from './auditor.ts';
import type { SoakCentre } from './centre.ts';
import { isGood } from './batch-rows.ts';
import type { BatchClerk, SeenBatch } from './batch-clerk.ts';
import type { Clerk, Told } from './clerk.ts';
import type { Fault, Scene } from './faults/fault.ts';
import { drawFault, faults } from './faults/list.ts';
import type { WrongClient } from './hook/source-edits.ts';
import type { Copies } from './past.ts';
import type { StepLog } from './step-log.ts';
import type { Tally } from './tally.ts';

const ORDER_ENTRIES_MAX = 20;
const SETTLED_WITHIN_MS = 8_000;
const FIRST_PC_SHARE = 0.75;
const SYNC_SHARE = 0.12;
const FAULT_SHARE = 0.5;
const EDIT_SHARE = 0.1;
const REMOVAL_SHARE = 0.08;
const TOGETHER_SHARE = 0.04;
const COPY_SHARE = 0.02;
/** Of the turns; rows that may not be sent and imports that break off make it less of the orders. */
const BATCH_SHARE = 0.3;
const IMPORT_SHARE = 0.4;
const MEND_SHARE = 0.5;
const REFRESH_SHARE = 0.5;
const TIDY_SHARE = 0.1;

/** The fault that makes a wrong client show: one answer lost, or a death after the order has left. */
const revealing: Readonly<Record<WrongClient, string>> = {
  retriesAnew: 'dropAfter',
  storesLate: 'dataKilledBeforeAnswer',
};

export interface TurnParts {
  readonly random: SeededRandom;
  readonly centre: SoakCentre;
  readonly clerks: readonly Clerk[];
  /** Each clerk's batches. */
  readonly batches: ReadonlyMap<Clerk, BatchClerk>;
  readonly auditor: Auditor;
  readonly copies: Copies;
  readonly log: StepLog;
  readonly tally: Tally;
  readonly wrongClient: WrongClient | undefined;
}

/** One turn of a run: a clerk types a few entries, changes her mind, and confirms, with or without a fault. */
export class Turns {
  readonly #parts: TurnParts;
  #turn = 0;

  constructor(parts: TurnParts) {
    this.#parts = parts;
  }

  async take(): Promise<void> {
    this.#turn += 1;
    const { random, centre, auditor, copies } = this.#parts;
    const clerk = this.#pickClerk();
    const told: Told = { failures: [] };
    await clerk.pc.up();
    if (random.chance(SYNC_SHARE)) await this.#read(told, () => clerk.sync());
    const desk = this.#parts.wrongClient ? undefined : this.#batchesOf(clerk);
    if (desk && random.chance(BATCH_SHARE)) await this.#takeBatch(clerk, desk, told);
    else await this.#takeEntries(clerk, told);
    centre.strike();
    centre.forgetStrikes();
    await centre.up();
    await clerk.pc.up();
    await clerk.settled(SETTLED_WITHIN_MS);
    auditor.lookAt(clerk.pc);
    if (told.failures.length > 0 || random.chance(TIDY_SHARE)) {
      await clerk.tidy(told);
      await desk?.tidy(told);
    }
    if (random.chance(COPY_SHARE)) copies.copyClient(clerk.pc);
    if (random.chance(COPY_SHARE)) copies.copyCentre();
  }

  async #takeEntries(clerk: Clerk, told: Told): Promise<void> {
    const kind = this.#parts.wrongClient ? 'shortfallBackPay' : clerk.pickKind();
    for (let i = this.#entryCount(); i > 0; i -= 1) await clerk.enter(kind, told);
    await this.#changeMind(clerk, kind, told);
    const drafts = (await clerk.drafts(kind)).slice(0, ORDER_ENTRIES_MAX);
    if (drafts.length === 0) return;
    const confirm = () => clerk.confirm(kind, drafts);
    await this.#confirm(this.#scene(clerk, kind, told, confirm), drafts.length, 'single');
  }

  /** A file brought in, or rows of one from before; what is good of it is sent. */
  async #takeBatch(clerk: Clerk, desk: BatchClerk, told: Told): Promise<void> {
    const { random, auditor } = this.#parts;
    const kind = clerk.pickKind();
    // people whose last batch is not decided yet may not be in another
    if (random.chance(REFRESH_SHARE)) {
      await this.#read(told, () => clerk.pc.client['orders.refresh']({}));
    }
    if (random.chance(IMPORT_SHARE)) await desk.bringIn(kind, this.#rowCount(), told);
    let batch = await desk.pick(kind);
    if (!batch) {
      await desk.bringIn(kind, this.#rowCount(), told);
      batch = await desk.pick(kind);
    }
    if (!batch) return;
    await desk.changeMind(batch, told);
    if (random.chance(MEND_SHARE)) await desk.mend(batch, told);
    const seen: SeenBatch | undefined = await desk.see(batch.id);
    const rows = seen?.rows.filter(isGood).length ?? 0;
    if (!seen || rows === 0) return;
    const confirm = async () => {
      const sent = await desk.send(seen);
      auditor.noteRows(clerk.pc);
      return sent;
    };
    await this.#confirm(this.#scene(clerk, kind, told, confirm), rows, 'batch');
  }

  async #confirm(scene: Scene, entries: number, origin: 'single' | 'batch'): Promise<void> {
    const { random, tally, log, wrongClient } = this.#parts;
    const { clerk, told, tx } = scene;
    const fault = wrongClient ? this.#reveal(wrongClient) : this.#draw();
    const facts = { turn: this.#turn, pc: clerk.pc.name, tx, origin, entries };
    log.write('order', { ...facts, fault: fault?.name });
    if (fault) {
      const struck = await fault.strike(scene);
      tally.struck(fault.name, struck);
      log.write('fault', { turn: this.#turn, fault: fault.name, struck, told: codesOf(told) });
    } else if (random.chance(TOGETHER_SHARE)) {
      tally.struck('twoPcsAtOnce', await this.#together(clerk, scene));
    } else {
      await scene.confirm();
      if (told.failures.length > 0) log.write('told', { turn: this.#turn, told: codesOf(told) });
    }
    for (const { code } of told.failures) tally.told(code);
  }

  /** Both computers confirm at the same moment, whatever waits there. */
  async #together(clerk: Clerk, scene: Scene): Promise<number> {
    const other = this.#parts.clerks.find((each) => each !== clerk);
    if (!other) return 0;
    await other.pc.up();
    const told: Told = { failures: [] };
    const kind = other.pickKind();
    await other.enter(kind, told);
    const drafts = (await other.drafts(kind)).slice(0, ORDER_ENTRIES_MAX);
    if (drafts.length === 0) return 0;
    const theirs = this.#scene(other, kind, told, () => other.confirm(kind, drafts));
    const [a, b] = await Promise.all([scene.confirm(), theirs.confirm()]);
    await other.settled(SETTLED_WITHIN_MS);
    this.#parts.auditor.lookAt(other.pc);
    return a.ok && b.ok ? 1 : 0;
  }

  async #changeMind(clerk: Clerk, kind: EntryKind, told: Told): Promise<void> {
    const { random } = this.#parts;
    if (random.chance(EDIT_SHARE)) {
      const [draft] = await clerk.drafts(kind);
      if (draft) await clerk.edit(draft, told);
    }
    if (!random.chance(REMOVAL_SHARE)) return;
    const drafts = (await clerk.drafts(kind)).slice(-random.whole(1, 2));
    if (drafts.length === 0) return;
    await clerk.remove(drafts, told);
    if (random.chance(0.6)) await clerk.restore(drafts, told);
  }

  #scene(clerk: Clerk, kind: EntryKind, told: Told, confirm: () => Promise<Result<Order>>): Scene {
    const { random, centre, copies } = this.#parts;
    const { pc } = clerk;
    return {
      ...{ random, centre, pc, clerk, told, tx: clerk.txOf(kind) },
      confirm: () => this.#read(told, confirm),
      sync: () => this.#read(told, () => clerk.sync()),
      enter: async () => {
        for (let i = this.#entryCount(); i > 0; i -= 1) await clerk.enter(kind, told);
      },
      bringIn: (between) =>
        this.#batchesOf(clerk)?.bringIn(kind, this.#rowCount(), told, between) ?? Promise.resolve(),
      past: {
        restoreClient: async () => {
          const isBack = await copies.restoreClient(pc);
          if (isBack) this.#batchesOf(clerk)?.reopen();
          return isBack;
        },
        centreHasMoved: () => copies.centreHasMoved(),
        changeRatio: () => {
          copies.changeRatio();
        },
      },
    };
  }

  async #read<T>(told: Told, ask: () => Promise<Result<T>>): Promise<Result<T>> {
    const result = await ask();
    if (!result.ok) told.failures.push(result);
    return result;
  }

  #draw(): Fault | undefined {
    const { random } = this.#parts;
    return random.chance(FAULT_SHARE) ? drawFault(random) : undefined;
  }

  /** Every other turn goes well: what was filed wrongly can be filed again. */
  #reveal(wrongClient: WrongClient): Fault | undefined {
    if (this.#turn % 2 === 0) return undefined;
    return faults.find(({ name }) => name === revealing[wrongClient]);
  }

  #batchesOf(clerk: Clerk): BatchClerk | undefined {
    return this.#parts.batches.get(clerk);
  }

  /** A few rows, now and then a page of them. */
  #rowCount(): number {
    const { random } = this.#parts;
    return random.chance(0.8) ? random.whole(1, 6) : random.whole(7, ORDER_ENTRIES_MAX);
  }

  #pickClerk(): Clerk {
    const { random, clerks, wrongClient } = this.#parts;
    const [first, second] = clerks;
    if (!first || !second) throw new Error('two computers are needed');
    return wrongClient || random.chance(FIRST_PC_SHARE) ? first : second;
  }

  /** Mostly one, now and then a whole list. */
  #entryCount(): number {
    const { random } = this.#parts;
    const share = random.fraction();
    if (share < 0.6) return 1;
    return share < 0.93 ? random.whole(2, 5) : random.whole(6, ORDER_ENTRIES_MAX);
  }
}

function codesOf({ failures }: Told): string[] {
  return failures.map(({ code, detail }) => `${code} ${detail.slice(0, 120)}`.trim());
}
