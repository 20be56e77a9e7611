import { fail, type Result, succeed } from '../../../shared/errors/result.ts';
import type { Story, StoryStep, StorySubmission } from '../../../shared/ipc/story.ts';
import type { UnitDatabase } from '../ports.ts';

/** What became of one order, step by step, from what is stored alone. */
export class OrderStories {
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(database: UnitDatabase) {
    this.#statements = prepareStatements(database);
  }

  read(oid: string): Result<Story> {
    const { head, steps, submissions, receipt, results } = this.#statements;
    const order = head.get({ oid });
    if (!order) return fail('NO_RECORD', oid);
    return succeed({
      ...order,
      steps: steps.all(oid),
      submissions: submissions.all(oid),
      receipt: receipt.get(oid) ?? null,
      results: results.all(oid),
    });
  }
}

type Head = Pick<Story, 'enteredFrom' | 'enteredTo' | 'batchName'>;

function prepareStatements({ handle }: UnitDatabase) {
  return {
    // a batch was entered when its file was read
    head: handle.prepare<[{ oid: string }], Head>(
      `SELECT coalesce(b.imported_at, (SELECT min(d.created_at) FROM order_item i
           JOIN draft d ON d.id = i.draft_id WHERE i.oid = o.oid)) AS enteredFrom,
         coalesce(b.imported_at, (SELECT max(d.created_at) FROM order_item i
           JOIN draft d ON d.id = i.draft_id WHERE i.oid = o.oid)) AS enteredTo,
         coalesce(b.name, '') AS batchName
       FROM orders o LEFT JOIN batch_order bo ON bo.oid = o.oid
         LEFT JOIN batch b ON b.number = bo.batch
       WHERE o.oid = @oid`,
    ),
    steps: handle.prepare<[string], StoryStep>(
      `SELECT number, at, event, sn, attempt, code, words FROM order_event
       WHERE oid = ? ORDER BY number`,
    ),
    submissions: handle.prepare<[string], StorySubmission>(
      `SELECT sn, state, coalesce(digest, '') AS digest, coalesce(length(signed), 0) AS bytes,
         attempts
       FROM submission WHERE oid = ? ORDER BY created_at, sn`,
    ),
    receipt: handle.prepare<[string], NonNullable<Story['receipt']>>(
      `SELECT r.rno AS number, r.hash, r.sn, length(r.bytes) AS bytes, r.issued_at AS issuedAt,
         r.received_at AS receivedAt
       FROM orders o JOIN receipt r ON r.rno = o.receipt_rno WHERE o.oid = ?`,
    ),
    results: handle.prepare<[string], Story['results'][number]>(
      `SELECT state, changed_at AS at, count(*) AS count FROM order_item
       WHERE oid = ? AND state IN ('processing', 'succeeded', 'failed') AND changed_at IS NOT NULL
       GROUP BY state, changed_at ORDER BY changed_at, state`,
    ),
  };
}
