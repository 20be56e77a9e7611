import { succeed } from '../../../shared/errors/result.ts';
import type { NoticeMark } from '../../../shared/ipc/notices.ts';
import type { DataHandlers, UnitContext } from '../ports.ts';

/** Which of the centre's notices were read here. A mark outlives its notice, which may come again. */
export class NoticeMarks {
  readonly #context: UnitContext;
  readonly #all;
  readonly #add;

  constructor(context: UnitContext) {
    this.#context = context;
    const { handle } = context.database;
    this.#all = handle.prepare<[], NoticeMark>(
      'SELECT id, read_at AS at FROM notice_read ORDER BY read_at, id',
    );
    this.#add = handle.prepare<[string, string]>(
      'INSERT INTO notice_read (id, read_at) VALUES (?, ?) ON CONFLICT (id) DO NOTHING',
    );
  }

  readonly list: DataHandlers['notices.marks'] = () => succeed({ marks: this.#all.all() });

  readonly mark: DataHandlers['notices.markRead'] = ({ ids }) => {
    const { database, clock, changed } = this.#context;
    const marked = database.write(() => {
      const at = clock.now();
      return succeed(ids.filter((id) => this.#add.run(id, at).changes > 0).length);
    });
    if (!marked.ok) return marked;
    if (marked.value > 0) changed('status');
    return succeed({});
  };
}
