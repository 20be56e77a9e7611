// `npm run -s explain -- FILE` (or `-` for standard input): the checks and amounts of one entry
// without the window. One JSON object on stdout; exit 0 no issues, 1 issues, 2 unreadable input.
import { createReadStream } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { answer, exitCodes, refuse } from './answer.ts';
import { decodeText } from './json.ts';
import type { Opened } from './json.ts';

const USAGE = '用法：npm run -s explain -- FILE.json（- 表示标准输入）';
const INPUT_MAX_BYTES = 64 * 1024 * 1024;

const fileReasons: Readonly<Record<string, string>> = {
  ENOENT: '文件不存在',
  ENOTDIR: '文件不存在',
  EISDIR: '这是一个文件夹',
  EACCES: '没有读取这个文件的权限',
  EPERM: '没有读取这个文件的权限',
  ENAMETOOLONG: '文件名过长',
};

const [file, ...rest] = process.argv.slice(2);

if (file === undefined || rest.length > 0) {
  print(refuse([{ path: '', value: [file, ...rest].join(' ').trim(), reason: USAGE }]));
  process.exitCode = exitCodes.unreadable;
} else {
  const read = await readText(file);
  if (read.ok) {
    const given = answer(read.text, Date.now());
    print(given.answer);
    process.exitCode = given.exitCode;
  } else {
    print(refuse([{ path: '', value: file, reason: read.reason }]));
    process.exitCode = exitCodes.unreadable;
  }
}

async function readText(name: string): Promise<Opened<{ readonly text: string }>> {
  try {
    const bytes = await collect(name === '-' ? process.stdin : openFile(name));
    if (bytes === undefined) {
      return { ok: false, reason: `输入超过 ${INPUT_MAX_BYTES / 1024 / 1024} MB` };
    }
    return decodeText(bytes);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    if (code === undefined) throw error;
    return { ok: false, reason: fileReasons[code] ?? `文件打不开（${code}）` };
  }
}

/** npm runs its scripts at the top of the repository: a path is meant from where npm was called. */
function openFile(name: string): Readable {
  return createReadStream(path.resolve(process.env.INIT_CWD ?? process.cwd(), name));
}

/** All bytes of a stream; undefined when there are more than an input may have. */
async function collect(stream: Readable): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > INPUT_MAX_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function print(object: object): void {
  process.stdout.write(`${JSON.stringify(object, null, 2)}\n`);
}
