import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { DataHost } from '../../../electron/data/host.ts';
import type { KeySign } from '../../../electron/data/ports.ts';
import { issueKeyCertificate } from '../../../electron/demo/key/key-certificate.ts';
import {
  findPracticeUnit,
  PRACTICE_PASSWORD,
  PRACTICE_USER,
} from '../../../electron/demo/people/units.ts';
import { ensurePki } from '../../../electron/demo/pki.ts';
import type { Result } from '../../../shared/errors/result.ts';
import type { Gateway, Order, OrderItem } from '../../../shared/ipc/data.ts';
import type { Draft } from '../../../shared/ipc/entries.ts';
import type { EntryTyped } from '../../../shared/rules/entry.ts';
import type { EntryKind, FundType } from '../../../shared/wire/primitives.ts';
import type { RosterRow } from '../../../shared/wire/roster.ts';
import { checkCharacter } from '../../../shared/rules/identity.ts';
import { UNIT } from './demo-centre.ts';

export interface UnitKey {
  readonly certificate: Uint8Array;
  readonly privateKey: KeyObject;
}

/** A key of the unit: made here, certified by the practice bank. */
export async function makeUnitKey(folder: string, unitAccount = UNIT): Promise<UnitKey> {
  const pki = await ensurePki(folder);
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const spki = pair.publicKey.export({ format: 'der', type: 'spki' });
  const unitName = findPracticeUnit(unitAccount)?.name ?? '';
  const holder = { unitAccount, unitName, userName: PRACTICE_USER };
  const certificate = await issueKeyCertificate(pki['bank-ca'], holder, spki);
  return { certificate: new Uint8Array(certificate.raw), privateKey: pair.privateKey };
}

export function signWith(key: UnitKey): KeySign {
  return (toBeSigned) =>
    Promise.resolve({
      ok: true,
      value: new Uint8Array(sign('sha256', toBeSigned, key.privateKey)),
    });
}

export const DATABASE_KEY = 'c0'.repeat(32);

/** The value, or the failure as a thrown error that names its code. */
export function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(`${result.code}: ${result.detail}`);
}

let people = 0;

/** Someone nobody has registered yet. */
export function makePerson(): Extract<EntryTyped, { kind: 'registration' }> {
  people += 1;
  const digits = `990101${String(19_700_101 + (people % 28))}${String(100 + people)}`;
  return {
    kind: 'registration',
    fundType: '10',
    name: '示例职工',
    idType: '01',
    idNumber: digits + checkCharacter(digits),
    base: '8000.00',
  };
}

/** The data host of one computer, called as main would call it. */
export class Clerk {
  readonly host: DataHost;
  keySign: KeySign;
  /** Of this computer's file; another computer has another. */
  databaseKey = DATABASE_KEY;
  clientVersion = '0.1.0';
  readonly #unitAccount: string;
  readonly #key: UnitKey;
  readonly #folder: string;
  readonly #gateway: Gateway;

  constructor(folder: string, gateway: Gateway, key: UnitKey, unitAccount = UNIT) {
    this.#unitAccount = unitAccount;
    this.#folder = folder;
    this.#gateway = gateway;
    this.#key = key;
    this.keySign = signWith(key);
    this.host = new DataHost({
      emit: () => undefined,
      keySign: (toBeSigned) => this.keySign(toBeSigned),
    });
  }

  get openRequest() {
    return {
      folder: this.#folder,
      unitAccount: this.#unitAccount,
      user: PRACTICE_USER,
      databaseKey: this.databaseKey,
      gateway: this.#gateway,
      clientVersion: this.clientVersion,
    };
  }

  async open(): Promise<void> {
    valueOf(await this.host.handlers['unit.open'](this.openRequest));
  }

  signIn(password = PRACTICE_PASSWORD) {
    const { certificate } = this.#key;
    return this.host.handlers['session.signIn']({ password, online: true, certificate });
  }

  signInOffline(password = PRACTICE_PASSWORD) {
    return this.host.handlers['session.signIn']({ password, online: false });
  }

  async openAndSignIn(): Promise<void> {
    await this.open();
    valueOf(await this.signIn());
  }

  async enter(count: number): Promise<Draft[]> {
    const drafts: Draft[] = [];
    for (let i = 0; i < count; i += 1) drafts.push(await this.enterPerson(makePerson()));
    return drafts;
  }

  async enterPerson(typed: EntryTyped, id: string = randomUUID()): Promise<Draft> {
    const added = valueOf(await this.host.handlers['queue.add']({ id, typed }));
    if (!added.stored) throw new Error(JSON.stringify(added.issues));
    return added.draft;
  }

  confirm(drafts: readonly Draft[], waitForOpening = false) {
    return this.host.handlers['orders.confirm']({
      kind: drafts[0]?.kind ?? 'registration',
      waitForOpening,
      ids: drafts.map((draft) => draft.id),
      expected: {
        count: drafts.length,
        fen: drafts.reduce((sum, draft) => sum + draft.totalFen, 0),
      },
    });
  }

  async sync(): Promise<void> {
    valueOf(await this.host.handlers['roster.sync']({}));
  }

  /** People of the local roster, by account. */
  async people(status: '01' | '02' = '01', fundType: FundType = '10'): Promise<RosterRow[]> {
    const query = { text: '', sort: 'personalAccount', descending: false, offset: 0 } as const;
    const all = { ...query, limit: 500, status, fundType } as const;
    return valueOf(await this.host.handlers['roster.query'](all)).rows;
  }

  async queue(kind: EntryKind = 'registration'): Promise<Draft[]> {
    return valueOf(await this.host.handlers['queue.list']({ kind })).drafts;
  }

  async orders(kind: EntryKind = 'registration', month?: number): Promise<Order[]> {
    const status = valueOf(await this.host.handlers['unit.status']({}));
    const businessMonth = month ?? status.parameters?.businessMonth ?? 0;
    return valueOf(await this.host.handlers['orders.list']({ kind, businessMonth })).orders;
  }

  async order(oid: string, kind?: EntryKind): Promise<Order> {
    const order = (await this.orders(kind)).find((each) => each.oid === oid);
    if (!order) throw new Error(`order ${oid} is not listed`);
    return order;
  }

  /** The order once it is in this state; fails after the deadline with what it was. */
  async orderWhen(
    oid: string,
    isDue: (order: Order) => boolean,
    kind: EntryKind = 'registration',
    withinMs = 20_000,
  ) {
    const lastMs = Date.now() + withinMs;
    for (;;) {
      const order = await this.order(oid, kind);
      if (isDue(order)) return order;
      if (Date.now() > lastMs) throw new Error(`order is still ${JSON.stringify(order)}`);
      await wait(100);
    }
  }

  async items(oid: string): Promise<OrderItem[]> {
    return valueOf(await this.host.handlers['orders.items']({ oid })).items;
  }

  async evidence(oid: string) {
    return valueOf(await this.host.handlers['orders.evidence']({ oid }));
  }

  async status() {
    return valueOf(await this.host.handlers['unit.status']({}));
  }

  close(): Promise<void> {
    return this.host.close();
  }
}
