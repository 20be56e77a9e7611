import { isDeepStrictEqual } from 'node:util';
import { succeed } from '../../shared/errors/result.ts';
import type { Failure, Result } from '../../shared/errors/result.ts';
import type { Handlers } from '../../shared/ipc/contract.ts';
import type { dataContract, dataEvents } from '../../shared/ipc/data.ts';
import type { Emit } from '../host/contract.ts';
import { report } from '../host/report.ts';
import { ChangeTeller } from './changes.ts';
import type { KeySign } from './ports.ts';
import { offerRescue, runRescue } from './backup/rescue.ts';
import { readFacts } from './diagnostics/facts.ts';
import { notSignedIn, openUnit } from './unit.ts';
import type { OpenRequest, Unit } from './unit.ts';

type DataHandlers = Handlers<typeof dataContract>;

export interface DataHostOptions {
  readonly emit: Emit<typeof dataEvents>;
  readonly keySign: KeySign;
}

/** Every operation of the data host, over at most one open unit. */
export class DataHost {
  readonly #options: DataHostOptions;
  readonly #changes: ChangeTeller;
  #open: { readonly request: OpenRequest; readonly unit: Unit } | undefined;

  constructor(options: DataHostOptions) {
    this.#options = options;
    this.#changes = new ChangeTeller((what) => {
      options.emit('changed', { what });
    });
  }

  readonly handlers: DataHandlers = {
    'unit.open': (request) => this.#openUnit(request),
    'unit.close': async () => {
      await this.close();
      return succeed({});
    },
    'unit.status': () => this.#signedIn((unit) => succeed(unit.status())),

    'channel.hello': (request) => this.#opened((unit) => unit.session.hello(request)),
    'session.signIn': (request) =>
      this.#opened(async (unit) => {
        const signedIn = await unit.session.signIn(request);
        if (!signedIn.ok) return signedIn;
        unit.roster.warmUp();
        if (signedIn.value.online) await this.#comeOnline(unit);
        this.#changes.tell('status', 'queue', 'orders', 'roster', 'batches');
        return signedIn;
      }),
    'session.goOnline': (request) =>
      this.#opened(async (unit) => {
        const online = await unit.session.goOnline(request);
        if (online.ok) await this.#comeOnline(unit);
        return online;
      }),
    'session.signOut': (request) => {
      const unit = this.#open?.unit;
      unit?.sync.cancel();
      return unit ? unit.session.signOut(request) : succeed({});
    },

    'roster.sync': () =>
      this.#signedIn(async (unit) => {
        const refreshed = await unit.parameters.refresh();
        return refreshed.ok ? unit.sync.run() : refreshed;
      }),
    'roster.cancelSync': () => succeed({ wasRunning: this.#open?.unit.sync.cancel() ?? false }),
    'roster.query': (request) => this.#signedIn((unit) => unit.roster.query(request)),
    'roster.person': (request) =>
      this.#signedIn((unit) => succeed({ person: unit.roster.person(request) ?? null })),

    'queue.list': (request) => this.#signedIn((unit) => unit.queue.list(request)),
    'queue.add': (request) => this.#signedIn((unit) => unit.queue.add(request)),
    'queue.edit': (request) => this.#signedIn((unit) => unit.queue.edit(request)),
    'queue.remove': (request) => this.#signedIn((unit) => unit.queue.remove(request)),
    'queue.restore': (request) => this.#signedIn((unit) => unit.queue.restore(request)),

    'counter.add': (request) => this.#signedIn((unit) => unit.counter.add(request)),
    'counter.list': () => this.#signedIn((unit) => unit.counter.list()),
    'counter.remove': (request) => this.#signedIn((unit) => unit.counter.remove(request)),

    'batches.begin': (request) => this.#signedIn((unit) => unit.batches.begin(request)),
    'batches.append': (request) => this.#signedIn((unit) => unit.batches.append(request)),
    'batches.finish': (request) => this.#signedIn((unit) => unit.batches.finish(request)),
    'batches.drop': (request) => this.#signedIn((unit) => unit.batches.drop(request)),
    'batches.marks': (request) => this.#signedIn((unit) => unit.batches.marks(request)),
    'batches.list': (request) => this.#signedIn((unit) => unit.batches.list(request)),
    'batches.rows': (request) => this.#signedIn((unit) => unit.batches.rows(request)),
    'batches.issues': (request) => this.#signedIn((unit) => unit.batches.issues(request)),
    'batches.edit': (request) => this.#signedIn((unit) => unit.batches.edit(request)),
    'batches.remove': (request) => this.#signedIn((unit) => unit.batches.remove(request)),
    'batches.restore': (request) => this.#signedIn((unit) => unit.batches.restore(request)),
    'batches.rename': (request) => this.#signedIn((unit) => unit.batches.rename(request)),
    'batches.discard': (request) => this.#signedIn((unit) => unit.batches.discard(request)),
    'batches.recheck': (request) => this.#signedIn((unit) => unit.batches.recheck(request)),
    'batches.send': (request) =>
      this.#signedIn(async (unit) => {
        const source = unit.batches.source(request);
        return source.ok ? unit.orders.place(source.value, request.waitForOpening) : source;
      }),

    'orders.confirm': (request) => this.#signedIn((unit) => unit.orders.confirm(request)),
    'orders.cancelWaiting': (request) =>
      this.#signedIn((unit) => unit.orders.cancelWaiting(request)),
    'orders.list': (request) => this.#signedIn((unit) => unit.orders.list(request)),
    'orders.items': (request) => this.#signedIn((unit) => unit.orders.items(request)),
    'orders.evidence': (request) => this.#signedIn((unit) => unit.orders.evidence(request)),
    'receipts.verify': (request) => this.#signedIn((unit) => unit.orders.verifyReceipt(request)),
    'output.note': (request) => this.#signedIn((unit) => unit.noteOutput(request)),
    'story.order': (request) => this.#signedIn((unit) => unit.orders.story(request)),
    'story.start': (request) => this.#signedIn((unit) => unit.orders.startReport(request)),
    'story.startRead': (request) => this.#signedIn((unit) => unit.orders.markStartRead(request)),
    'audit.list': (request) => this.#signedIn((unit) => unit.trail.list(request)),
    'audit.check': (request) => this.#signedIn((unit) => unit.trail.check(request)),
    'audit.from': (request) => this.#signedIn((unit) => unit.trail.from(request)),
    'query.orders': (request) => this.#signedIn((unit) => unit.queries.orders(request)),
    'query.items': (request) => this.#signedIn((unit) => unit.queries.items(request)),
    'query.roster': (request) => this.#signedIn((unit) => unit.queries.roster(request)),
    'query.reveal': (request) => this.#signedIn((unit) => unit.queries.reveal(request)),
    'query.columns': (request) => this.#signedIn((unit) => unit.queries.columns(request)),
    'query.keepColumns': (request) => this.#signedIn((unit) => unit.queries.keepColumns(request)),
    'orders.refresh': (request) => this.#signedIn((unit) => unit.orders.refresh(request)),

    'month.compare': (request) => this.#signedIn((unit) => unit.months.compare(request)),
    'month.read': (request) => this.#signedIn((unit) => unit.months.read(request)),
    'month.lines': (request) => this.#signedIn((unit) => unit.months.lines(request)),
    'month.trend': (request) => this.#signedIn((unit) => unit.months.trend(request)),
    'syncs.list': (request) => this.#signedIn((unit) => unit.syncs.list(request)),
    'syncs.changes': (request) => this.#signedIn((unit) => unit.syncs.changes(request)),
    'syncs.drafts': (request) => this.#signedIn((unit) => unit.syncs.drafts(request)),

    'backups.list': () => this.#signedIn((unit) => unit.backups.list()),
    'backups.acknowledge': () => this.#signedIn((unit) => unit.backups.acknowledge()),
    'backups.take': (request) => this.#signedIn((unit) => unit.backups.take(request)),
    'backups.inspect': (request) => this.#signedIn((unit) => unit.backups.inspect(request)),
    'backups.restore': (request) =>
      this.#signedIn(async (unit) => {
        const restored = await unit.backups.restore(request);
        // an order that came without an answer is cleared up at once
        if (restored.ok) unit.orders.online();
        return restored;
      }),

    'notices.marks': (request) => this.#signedIn((unit) => unit.notices.list(request)),
    'notices.markRead': (request) => this.#signedIn((unit) => unit.notices.mark(request)),
    'diagnostics.data': async () => {
      const unit = this.#open?.unit;
      return succeed({ facts: unit ? await readFacts(unit) : null });
    },

    'rescue.offer': (request) => offerRescue(request),
    'rescue.run': async (request) => {
      await this.close();
      return runRescue(request);
    },
  };

  async close(): Promise<void> {
    const unit = this.#open?.unit;
    this.#open = undefined;
    await unit?.close();
  }

  /** The same request again finds the unit as it is, signed in or not. */
  async #openUnit(request: OpenRequest): Promise<Result<{ everSignedIn: boolean }>> {
    if (!this.#open || !isDeepStrictEqual(this.#open.request, request)) {
      await this.close();
      const opened = openUnit(request, {
        keySign: this.#options.keySign,
        changed: (...what) => {
          this.#changes.tell(...what);
        },
        progress: (progress) => {
          this.#options.emit('sync.progress', progress);
        },
        checking: (progress) => {
          this.#options.emit('batch.progress', progress);
        },
      });
      if (!opened.ok) return opened;
      this.#open = { request, unit: opened.value };
    }
    return succeed({ everSignedIn: this.#open.unit.everSignedIn() });
  }

  /** Fresh parameters first: what goes out next is computed with them. */
  async #comeOnline(unit: Unit): Promise<void> {
    const refreshed = await unit.parameters.refresh();
    // the session stands: entries go on with the parameters that are here, and a sync asks again
    if (!refreshed.ok) report(`parameters: ${refreshed.code} ${refreshed.detail}`);
    unit.orders.online();
    await unit.backups.seal();
  }

  #opened<T>(work: (unit: Unit) => T | Promise<T>): T | Promise<T> | Failure {
    return this.#open ? work(this.#open.unit) : notSignedIn;
  }

  #signedIn<T>(work: (unit: Unit) => T | Promise<T>): T | Promise<T> | Failure {
    return this.#open?.unit.session.isSignedIn ? work(this.#open.unit) : notSignedIn;
  }
}
