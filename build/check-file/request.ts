import path from 'node:path';
import { parseArgs } from 'node:util';
import { entryKindSchema } from '../../shared/wire/primitives.ts';
import type { EntryKind } from '../../shared/wire/primitives.ts';

const KINDS = entryKindSchema.options.join('|');
const USAGE = `用法：npm run -s check-file -- --kind <${KINDS}> --context CONTEXT.json FILE [--marked OUT.xlsx]`;

/** What the command was asked; the paths are absolute. */
export interface CheckFileRequest {
  readonly kind: EntryKind;
  readonly contextPath: string;
  readonly filePath: string;
  readonly markedPath?: string;
}

export type ReadRequest =
  | { readonly ok: true; readonly request: CheckFileRequest }
  | { readonly ok: false; readonly kind: string; readonly reason: string };

/** npm runs its scripts at the top of the repository: a path is meant from where npm was called. */
function placeOf(name: string): string {
  return path.resolve(process.env.INIT_CWD ?? process.cwd(), name);
}

export function readRequest(args: readonly string[]): ReadRequest {
  const given = parse(args);
  if (given === undefined) return { ok: false, kind: '', reason: USAGE };
  const { kind: asked = '', context, marked } = given.values;
  const kind = entryKindSchema.safeParse(asked);
  const [file, ...rest] = given.positionals;
  if (!kind.success || context === undefined || file === undefined || rest.length > 0) {
    return { ok: false, kind: asked, reason: USAGE };
  }
  const request = { kind: kind.data, contextPath: placeOf(context), filePath: placeOf(file) };
  if (marked === undefined) return { ok: true, request };
  const markedPath = placeOf(marked);
  if ([request.filePath, request.contextPath].includes(markedPath)) {
    const reason = '--marked 不能与要检查的文件或 CONTEXT 相同，原文件保持不变';
    return { ok: false, kind: asked, reason };
  }
  return { ok: true, request: { ...request, markedPath } };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        kind: { type: 'string' },
        context: { type: 'string' },
        marked: { type: 'string' },
      },
    });
  } catch (error) {
    const isUsage = error instanceof Error && 'code' in error;
    if (isUsage && String(error.code).startsWith('ERR_PARSE_ARGS')) return undefined;
    throw error;
  }
}
