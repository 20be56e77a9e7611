import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import {
  type ItemResult,
  type Receipt,
  resultsAnswerSchema,
  submitTransactions,
} from '../../../shared/wire/orders.ts';
import {
  manifestAnswerSchema,
  pageAnswerSchema,
  parseRosterLine,
  type RosterRow,
} from '../../../shared/wire/roster.ts';
import { CentreProcess } from './centre-process.ts';
import { makeSigner, RawClient } from './raw-client.ts';
import {
  findPeople,
  findPerson,
  type orderOf,
  type Person,
  STOPPED_EARLY,
} from './sample-entries.ts';

export const UNIT = '9900000500';
/** 正常, and not the person who is frozen. */
export const ACTIVE = "fund_type = '10' AND status = '01' AND personal_account NOT LIKE '%0000011'";
/** The first people of a unit have long names, which no registration takes. */
const LONG_NAMES = 6;

/** A centre and a client that sends right orders; tells what became of them. */
export class AcceptingCentre {
  readonly centre = new CentreProcess();
  readonly #clients = new Map<string, RawClient>();
  #active: Person[] = [];
  #stopped: Person[] = [];

  async start(...options: string[]): Promise<void> {
    await this.centre.start(...options);
    await this.signIn(UNIT);
    this.#active = findPeople(this.centre, UNIT, ACTIVE).slice(LONG_NAMES);
    this.#stopped = findPeople(this.centre, UNIT, STOPPED_EARLY);
  }

  async signIn(unit: string): Promise<RawClient> {
    const client = new RawClient(this.centre, unit, await makeSigner(this.centre, unit));
    await client.signIn();
    this.#clients.set(unit, client);
    return client;
  }

  async remove(): Promise<void> {
    for (const client of this.#clients.values()) client.close();
    await this.centre.remove();
  }

  get client(): RawClient {
    const client = this.#clients.get(UNIT);
    if (!client) throw new Error('not started');
    return client;
  }

  /** Each test has people of its own. */
  takeActive(): Person {
    return take(this.#active);
  }

  takeStopped(): Person {
    return take(this.#stopped);
  }

  async send(
    order: ReturnType<typeof orderOf>,
    by = this.client,
  ): Promise<{ receipt: Receipt; bytes: Buffer; oid: string }> {
    const oid = randomUUID();
    const ids = { sn: by.nextSerial(), oid };
    const bytes = by.signed(submitTransactions[order.kind], order, ids);
    const answer = await by.sendSigned(bytes);
    const { receipt } = by.readReceipt(answer.receipt);
    if (receipt.state === 'applied') {
      const { count, fen, serialNumber } = receipt;
      expect(answer.body).toEqual({ count, fen, serialNumber });
    }
    return { receipt, bytes, oid };
  }

  async resultsOf(oid: string): Promise<ItemResult[]> {
    const answer = await this.client.ask('WL2004', { cursor: 0, limit: 2_000 });
    const { results } = resultsAnswerSchema.parse(answer.body);
    return results.filter((result) => result.oid === oid).sort((a, b) => a.seq - b.seq);
  }

  async settled(oid: string): Promise<ItemResult[]> {
    for (let tries = 0; tries < 100; tries += 1) {
      const own = await this.resultsOf(oid);
      const isDone = own.every(({ state }) => state === 'succeeded' || state === 'failed');
      if (own.length > 0 && isDone) return own;
      await wait(100);
    }
    throw new Error('never settled');
  }

  async versionNow(): Promise<number> {
    const answer = await this.client.ask('WL3001', { have: 0 });
    return manifestAnswerSchema.parse(answer.body).version;
  }

  /** Rows a client gets that holds `have`. */
  async delta(have: number): Promise<RosterRow[]> {
    const asked = await this.client.ask('WL3001', { have });
    const { downloadId, mode, version } = manifestAnswerSchema.parse(asked.body);
    if (version === have) return [];
    expect(mode).toBe('delta');
    const page = await this.client.ask('WL3002', { downloadId, page: 0 });
    const lines = pageAnswerSchema.parse(page.body).content.split('\n').slice(0, -1);
    return lines.map((line) => {
      const parsed = parseRosterLine(line);
      if (!parsed || !('put' in parsed)) throw new Error(`no row: ${line}`);
      return parsed.put;
    });
  }

  /** As the centre has the person now. */
  rowOf({ account, fund }: Pick<Person, 'account' | 'fund'>): Person {
    return findPerson(
      this.centre,
      UNIT,
      `personal_account = '${account}' AND fund_type = '${fund}'`,
    );
  }
}

function take(from: Person[]): Person {
  const person = from.shift();
  if (!person) throw new Error('nobody left');
  return person;
}
