import type { SeededRandom } from '../../electron/demo/people/random.ts';
import type { Result } from '../../shared/errors/result.ts';
import type { Draft } from '../../shared/ipc/entries.ts';
import type { EntryKind } from '../../shared/wire/primitives.ts';
import type { Auditor } from './auditor.ts';
import type { SoakCentre } from './centre.ts';
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

/** The fault that makes a wrong client show: one answer lost, or a death after the order has left. */
const revealing: Readonly<Record<WrongClient, string>> = {
  retriesAnew: 'dropAfter',
  storesLate: 'dataKilledBeforeAnswer',
};

export interface TurnParts {
  readonly random: SeededRandom;
  readonly centre: SoakCentre;
  readonly clerks: readonly Clerk[];
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
    const kind = this.#parts.wrongClient ? 'shortfallBackPay' : clerk.pickKind();
    for (let i = this.#entryCount(); i > 0; i -= 1) await clerk.enter(kind, told);
    await this.#changeMind(clerk, kind, told);
    const drafts = (await clerk.drafts(kind)).slice(0, ORDER_ENTRIES_MAX);
    if (drafts.length > 0) await this.#confirm(clerk, kind, drafts, told);
    centre.strike();
    centre.forgetStrikes();
    await centre.up();
    await clerk.pc.up();
    await clerk.settled(SETTLED_WITHIN_MS);
    auditor.lookAt(clerk.pc);
    if (told.failures.length > 0 || random.chance(0.1)) await clerk.tidy(told);
    if (random.chance(COPY_SHARE)) copies.copyClient(clerk.pc);
    if (random.chance(COPY_SHARE)) copies.copyCentre();
  }

  async #confirm(
    clerk: Clerk,
    kind: EntryKind,
    drafts: readonly Draft[],
    told: Told,
  ): Promise<void> {
    const { random, tally, log, wrongClient } = this.#parts;
    const scene = this.#scene(clerk, kind, drafts, told);
    const fault = wrongClient ? this.#reveal(wrongClient) : this.#draw();
    const facts = { turn: this.#turn, pc: clerk.pc.name, kind, entries: drafts.length };
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
    const theirs = this.#scene(other, kind, drafts, told);
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

  #scene(clerk: Clerk, kind: EntryKind, drafts: readonly Draft[], told: Told): Scene {
    const { random, centre, copies } = this.#parts;
    const { pc } = clerk;
    return {
      ...{ random, centre, pc, clerk, told, tx: clerk.txOf(kind) },
      confirm: () => this.#read(told, () => clerk.confirm(kind, drafts)),
      sync: () => this.#read(told, () => clerk.sync()),
      enter: async () => {
        for (let i = this.#entryCount(); i > 0; i -= 1) await clerk.enter(kind, told);
      },
      past: {
        restoreClient: () => copies.restoreClient(pc),
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
