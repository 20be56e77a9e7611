import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  closeRemoval,
  mark,
  readHand,
  removeDrafts,
  restoreDrafts,
} from '../../../renderer/screens/queue/removal.ts';
import { fail, succeed } from '../../../shared/errors/result.ts';
import { raise } from '../../../shared/rules/issue.ts';

const kind = 'registration';
const invoke = vi.fn<(op: string, request: { ids: string[] }) => Promise<unknown>>();

beforeEach(() => {
  vi.stubGlobal('window', { jiaocuntong: { invoke, on: () => () => undefined } });
  invoke.mockReset();
  invoke.mockImplementation((op, { ids }) =>
    Promise.resolve(
      succeed(
        op === 'queue.remove' ? { removed: ids.length } : { restored: ids.length, refused: [] },
      ),
    ),
  );
  mark(kind, []);
  closeRemoval(kind);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const marked = () => [...readHand(kind).marked];

describe('删除 and 撤销', () => {
  it('leave nothing ticked, so that the next 删除 has nothing to take', async () => {
    mark(kind, ['a', 'b']);
    await removeDrafts(kind, marked());
    expect(marked()).toEqual([]);
    mark(kind, ['c']);
    await restoreDrafts(kind);
    expect(invoke).toHaveBeenLastCalledWith('queue.restore', { ids: ['a', 'b'] });
    expect(marked()).toEqual([]);
  });

  it('say how many were deleted, and take each 删除 back, the last one first', async () => {
    await removeDrafts(kind, ['a', 'b', 'c']);
    await removeDrafts(kind, ['d']);
    expect(readHand(kind).removals.at(-1)?.count).toBe(1);
    await restoreDrafts(kind);
    expect(readHand(kind).removals.at(-1)?.count).toBe(3);
    await restoreDrafts(kind);
    expect(invoke).toHaveBeenLastCalledWith('queue.restore', { ids: ['a', 'b', 'c'] });
    expect(readHand(kind).removals).toEqual([]);
  });

  it('that failed change nothing', async () => {
    mark(kind, ['a']);
    invoke.mockResolvedValue(fail('DB_FULL'));
    expect(await removeDrafts(kind, ['a'])).toMatchObject({ code: 'DB_FULL' });
    expect(marked()).toEqual(['a']);
    expect(readHand(kind).removals).toEqual([]);
  });

  it('keep an earlier 删除 undoable when some could not come back', async () => {
    await removeDrafts(kind, ['a']);
    await removeDrafts(kind, ['b']);
    const found = { field: 'idNumber', value: '', rule: '' };
    const refused = [raise('error', 'DUPLICATE_IN_QUEUE', found)];
    invoke.mockResolvedValueOnce(succeed({ restored: 0, refused }));
    await restoreDrafts(kind);
    expect(readHand(kind).removals.at(-1)?.refused).toHaveLength(1);
    closeRemoval(kind);
    await restoreDrafts(kind);
    expect(invoke).toHaveBeenLastCalledWith('queue.restore', { ids: ['a'] });
  });
});
