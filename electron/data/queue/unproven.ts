import { z } from 'zod';
import { raise, WHOLE_ENTRY, type Issue } from '../../../shared/rules/issue.ts';
import { uuidSchema } from '../../../shared/wire/primitives.ts';
import type { UnitDatabase } from '../ports.ts';

const META_KEY = 'restore.unproven';

const storedSchema = z.strictObject({
  /** The last receipt the backup knew: what was filed after it could not be in there. */
  afterRno: z.int().min(0),
  ids: z.array(uuidSchema),
});

/**
 * Entries that came from a backup and may have been filed after it was made, of the kind the centre
 * takes a second time without a word (少缴补缴). They cannot be confirmed until the centre's receipts
 * show that nothing of the kind was filed since, or the clerk has entered them again.
 */
export class UnprovenDrafts {
  readonly #database: UnitDatabase;

  constructor(database: UnitDatabase) {
    this.#database = database;
  }

  read(): z.output<typeof storedSchema> | undefined {
    const text = this.#database.meta.get(META_KEY);
    return text === undefined ? undefined : storedSchema.parse(JSON.parse(text));
  }

  /** What stands against a draft; none for all others. */
  issuesOf(id: string): Issue[] {
    if (this.read()?.ids.includes(id) !== true) return [];
    const rule = '从备份恢复的少缴补缴，先核对再确认';
    return [raise('error', 'DRAFT_MAYBE_FILED', { field: WHOLE_ENTRY, value: '', rule })];
  }

  /** Inside a `write`. */
  add(ids: readonly string[], afterRno: number): void {
    if (ids.length === 0) return;
    const before = this.read();
    this.#store({
      afterRno: Math.min(afterRno, before?.afterRno ?? afterRno),
      ids: [...new Set([...(before?.ids ?? []), ...ids])],
    });
  }

  /** The clerk has looked. Inside a `write`. */
  drop(id: string): void {
    const before = this.read();
    if (before?.ids.includes(id) !== true) return;
    const ids = before.ids.filter((each) => each !== id);
    if (ids.length === 0) this.clear();
    else this.#store({ ...before, ids });
  }

  /** Inside a `write`. */
  clear(): void {
    this.#database.meta.delete(META_KEY);
  }

  #store(stored: z.output<typeof storedSchema>): void {
    this.#database.meta.set(META_KEY, JSON.stringify(stored));
  }
}
