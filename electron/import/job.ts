import { fail, type Result, succeed } from '../../shared/errors/result.ts';
import type { Handlers } from '../../shared/ipc/contract.ts';
import {
  IMPORT_SLICE_ROWS,
  type importContract,
  type importEvents,
} from '../../shared/ipc/import.ts';
import type { Emit } from '../host/contract.ts';
import { report, traceError } from '../host/report.ts';
import { readBatchFile } from './reading.ts';
import type { ListWriter } from './writing/list-writer.ts';

/**
 * What one import process does. Reading loads nothing that writes, and the other way round. A file
 * that brings out a bug of the reading is FILE_DAMAGED to the clerk, with the trace on stderr.
 */
export function importJob(emit: Emit<typeof importEvents>): Handlers<typeof importContract> {
  let list: ListWriter | undefined;
  const listOf = () => {
    if (!list) throw new Error('no list was begun');
    return list;
  };
  return {
    'import.read': ({ path, kind }) =>
      guardReading(async () => {
        const read = await readBatchFile(path, kind);
        if (!read.ok) return read;
        const { rows, sheet, bytes } = read.value;
        for (let at = 0; at < rows.length; at += IMPORT_SLICE_ROWS)
          emit('rows', { rows: rows.slice(at, at + IMPORT_SLICE_ROWS) });
        return succeed({ sheet, rowCount: rows.length, bytes });
      }),
    'import.mark': (request) =>
      guardReading(async () => {
        const { markWorkbook } = await import('./writing/marked.ts');
        return markWorkbook(request);
      }),
    'import.template': async (terms) => {
      const { makeTemplate } = await import('./writing/template.ts');
      return succeed({ bytes: await makeTemplate(terms) });
    },
    'export.begin': async (head) => {
      const { ListWriter } = await import('./writing/list-writer.ts');
      list = await ListWriter.begin(head);
      return succeed({});
    },
    'export.rows': ({ rows }) => {
      listOf().add(rows);
      return succeed({});
    },
    'export.finish': async () => succeed({ bytes: await listOf().finish() }),
  };
}

async function guardReading<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    report(traceError(error));
    return fail('FILE_DAMAGED', '文件的内容不合常规，不能读取。');
  }
}
