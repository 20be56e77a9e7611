// `npm run -s check-file -- --kind KIND --context CONTEXT.json FILE [--marked OUT.xlsx]`: the check
// of a batch file without the window, read by the same process under the same limits. One JSON
// object on stdout; exit 0 clean, 1 issues, 2 unreadable.
import { markOf } from '../../shared/batch/mark.ts';
import type { BatchRow } from '../../shared/batch/rows.ts';
import { catalogue } from '../../shared/errors/catalogue.ts';
import type { Failure } from '../../shared/errors/result.ts';
import { runImportJob } from '../../electron/host/import-job.ts';
import { startImportProcess } from '../../electron/import/run.ts';
import { saveWhole } from '../../electron/main/files/saving.ts';
import { exitCodes, judgeRows, refuse } from './answer.ts';
import type { Answer } from './answer.ts';
import { readContext } from './context.ts';
import { readRequest } from './request.ts';
import type { CheckFileRequest } from './request.ts';

const given = readRequest(process.argv.slice(2));
const answer = given.ok ? await checkFile(given.request) : refuse(given.kind, given.reason);
process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
process.exitCode = exitCodeOf(answer);

async function checkFile(request: CheckFileRequest): Promise<Answer> {
  const { kind, contextPath, filePath, markedPath } = request;
  const context = readContext(contextPath, kind, Date.now());
  if (!context.ok) return refuse(kind, context.reason);
  const rows: BatchRow[] = [];
  const read = await runImportJob(start, (job) => job['import.read']({ path: filePath, kind }), {
    onRows: (slice) => rows.push(...slice),
  });
  if (!read.ok) return refuse(kind, tell(read));
  const { sheet, bytes } = read.value;
  const judged = judgeRows(kind, sheet, rows, context.context);
  if (markedPath === undefined) return judged.answer;
  const marks = judged.faults.map((fault) => markOf(fault, sheet));
  const marked = await runImportJob(start, (job) =>
    job['import.mark']({ bytes, sheet, kind, marks }),
  );
  const saved = marked.ok ? await saveWhole(markedPath, marked.value.bytes) : marked;
  if (saved.ok) return judged.answer;
  return { ...judged.answer, reason: `标注副本没有保存：${tell(saved)}` };
}

function start() {
  return startImportProcess((text) => {
    process.stderr.write(text);
  });
}

/** What happened, what exactly, what to do next. */
function tell({ code, detail }: Failure): string {
  const { text, next } = catalogue[code];
  return `${text}${detail}${/[。！？]$/u.test(detail) || detail === '' ? '' : '。'}${next}`;
}

function exitCodeOf({ reason, issues }: Answer): number {
  if (reason !== undefined) return exitCodes.unreadable;
  return issues.length > 0 ? exitCodes.issues : exitCodes.clean;
}
