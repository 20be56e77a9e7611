import { fail, succeed } from '../../../shared/errors/result.ts';
import type { Result } from '../../../shared/errors/result.ts';
import { readTable } from '../reader/reader.ts';
import { FileRefusal } from '../reader/refusal.ts';
import { makeReport } from './report.ts';
import { patchWorkbook } from './workbook-patch.ts';
import type { MarkRequest, MarkedWorkbook } from './mark-request.ts';

/**
 * A copy of the clerk's own workbook with the cells marked and a column 错误原因; a report where the
 * file cannot be patched (.xls, .csv, a workbook of an odd build). For bytes the reader has
 * accepted; others give the failure the reader would give. `bytes` stay as they are.
 */
export async function markWorkbook(request: MarkRequest): Promise<Result<MarkedWorkbook>> {
  try {
    const patched = await patchWorkbook(request);
    if (patched) return succeed({ bytes: patched, manner: 'marked' });
  } catch (error) {
    if (error instanceof FileRefusal) return fail(error.code, error.detail);
    throw error;
  }
  const table = await readTable(request.bytes, request.sheet.sheet);
  if (!table.ok) return table;
  return succeed({ bytes: await makeReport(request, table.value.sheet), manner: 'report' });
}
