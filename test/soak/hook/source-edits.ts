/**
 * What differs from the shipped program while it runs under the harness: constants that are minutes
 * in life, and, for the negative controls alone, a wrong way of sending. The edits are made to the
 * source as it is loaded, so the program itself has no switch for any of it; an edit that no longer
 * fits its file stops the run.
 */
export interface SourceEdit {
  /** The end of the file's path. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const limits = '/shared/wire/limits.ts';
const token = '/shared/ipc/token.ts';

/** Waits of minutes become waits of milliseconds; their order stays what it is. */
export const shortWaits: readonly SourceEdit[] = [
  edit(limits, 'CONNECT_DEADLINE_MS = 5_000', 'CONNECT_DEADLINE_MS = 1_000'),
  edit(limits, 'const ANSWER_DEADLINE_MS = 30_000', 'const ANSWER_DEADLINE_MS = 1_200'),
  edit(limits, 'BATCH_ANSWER_DEADLINE_MS = 120_000', 'BATCH_ANSWER_DEADLINE_MS = 1_500'),
  edit(limits, 'REQUEST_LIFE_MS = 10 * 60_000', 'REQUEST_LIFE_MS = 4_000'),
  edit(limits, '[1_000, 5_000, 15_000, 60_000, 300_000]', '[30, 80, 160, 320, 640]'),
  edit(token, 'PRESENCE_POLL_MS = 1_000', 'PRESENCE_POLL_MS = 100'),
  edit(token, 'RETIRE_DELAY_MS = 200', 'RETIRE_DELAY_MS = 20'),
  edit(token, 'login: 30_000', 'login: 4_000'),
  edit(token, 'sign: 30_000', 'sign: 1_500'),
  edit('/electron/main/supervisor/restart-budget.ts', '[100, 1_000, 5_000]', '[10, 20, 40]'),
  // signing in after each kill: the derivation is as strong as it likes, and tested elsewhere
  edit('/shared/wire/session.ts', 'N: 32_768', 'N: 1_024'),
];

/** Neither of them names its entries, so that nothing but the harness stands between it and a second filing. */
const namesNoEntry = edit(
  '/electron/data/orders/content.ts',
  'orderBodySchema.parse({ kind, origin, businessMonth, totals, items })',
  `orderBodySchema.parse({ kind, origin, businessMonth, totals,
     items: items.map((item) => ({ ...item, entry: undefined })) })`,
);
const sending = '/electron/data/orders/sending.ts';
const open = '/electron/data/orders/open.ts';
const database = '/electron/data/db/unit-database.ts';

/** The two clients that a harness worth its name must catch. */
export const wrongClients = {
  /** Takes a lost answer for a refusal and gives the drafts back: filed anew under a new oid and serial. */
  retriesAnew: [
    namesNoEntry,
    edit(
      sending,
      'if (!answered.ok) return noteUnanswered(desk, order, answered);',
      `if (!answered.ok) {
        desk.database.write(() => {
          const { handle } = desk.database;
          handle.prepare("UPDATE submission SET state = 'void' WHERE sn = ?").run(order.sn);
          handle.prepare("UPDATE orders SET state = 'void' WHERE sn = ?").run(order.sn);
          desk.queue.release(order.oid, new Map());
          return succeed(undefined);
        });
        return succeed({ kind: 'returned', failure: answered });
      }`,
    ),
    edit(
      open,
      'await this.#followUp();\n    if (!sent.ok) return sent;',
      `if (sent.ok && sent.value.kind === 'returned') return this.#place(source, mayWait);
       await this.#followUp();
       if (!sent.ok) return sent;`,
    ),
  ],
  /** Stores order, signature and state only once the answer is there. */
  storesLate: [
    namesNoEntry,
    edit(
      open,
      'const made = makeOrder(this.#desk, source, ready.value);',
      `const late = this.#desk.database.handle;
       late.exec('BEGIN IMMEDIATE');
       const made = makeOrder(this.#desk, source, ready.value);
       if (!made.ok) late.exec('COMMIT');`,
    ),
    edit(
      open,
      'const sent = await sendOpenOrder(this.#desk);\n    await this.#followUp();',
      `const sent = await sendOpenOrder(this.#desk);
       late.exec('COMMIT');
       await this.#followUp();`,
    ),
    edit(
      database,
      'const isOuter = this.#depth === 0;',
      'const isOuter = this.#depth === 0 && !this.handle.inTransaction;',
    ),
  ],
} as const satisfies Record<string, readonly SourceEdit[]>;

export type WrongClient = keyof typeof wrongClients;
export const wrongClientNames = Object.keys(wrongClients) as WrongClient[];

/** The source with every edit for this file; throws where one does not fit exactly once. */
export function applyEdits(path: string, source: string, edits: readonly SourceEdit[]): string {
  let edited = source;
  for (const { file, from, to } of edits) {
    if (!path.endsWith(file)) continue;
    if (edited.split(from).length !== 2) throw new Error(`${file} no longer holds: ${from}`);
    edited = edited.replace(from, () => to);
  }
  return edited;
}

function edit(file: string, from: string, to: string): SourceEdit {
  return { file, from, to };
}
