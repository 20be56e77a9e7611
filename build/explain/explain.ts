// `npm run -s explain -- FILE` (or `-` for standard input): the checks and amounts of one entry
// without the window. One JSON object on stdout; exit 0 no issues, 1 issues, 2 unreadable input.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { answer, exitCodes, refuse } from './answer.ts';

const USAGE = 'npm run -s explain -- FILE.json（- 表示标准输入）';

const [file, ...rest] = process.argv.slice(2);

if (file === undefined || rest.length > 0) {
  print(refuse([{ path: '', value: [file, ...rest].join(' ').trim(), reason: USAGE }]));
  process.exitCode = exitCodes.unreadable;
} else {
  const read = file === '-' ? { ok: true as const, text: await text(process.stdin) } : open(file);
  if (read.ok) {
    const given = answer(read.text, Date.now());
    print(given.answer);
    process.exitCode = given.exitCode;
  } else {
    print(refuse([{ path: '', value: file, reason: read.reason }]));
    process.exitCode = exitCodes.unreadable;
  }
}

/** npm runs its scripts at the top of the repository: a path is meant from where npm was called. */
function open(name: string): { ok: true; text: string } | { ok: false; reason: string } {
  const calledFrom = process.env.INIT_CWD ?? process.cwd();
  try {
    return { ok: true, text: readFileSync(path.resolve(calledFrom, name), 'utf8') };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { ok: false, reason: `文件打不开（${detail}）` };
  }
}

function print(object: object): void {
  process.stdout.write(`${JSON.stringify(object, null, 2)}\n`);
}
