import fs from 'node:fs/promises';
import path from 'node:path';
import { fail, type Result, succeed } from '../../shared/errors/result.ts';
import { FILE_BYTES_MAX } from '../../shared/ipc/import.ts';

/** Excel and WPS keep one beside every workbook they have open. */
const LOCK_FILE = /^(?:~\$|\.~)/;

/** The whole file, or why the clerk cannot have it. Its size is looked at before a byte is read. */
export async function readFileBytes(file: string): Promise<Result<Uint8Array>> {
  if (LOCK_FILE.test(path.basename(file)))
    return fail('FILE_NOT_TABLE', '这是 Excel 或 WPS 打开文件时的临时文件，请选择原来的文件。');
  try {
    const handle = await fs.open(file, 'r');
    try {
      const stat = await handle.stat();
      if (!stat.isFile()) return fail('FILE_NOT_TABLE', '选择的不是文件。');
      if (stat.size > FILE_BYTES_MAX) return tooLarge(stat.size);
      const bytes = await handle.readFile();
      // it may have grown since
      return bytes.length > FILE_BYTES_MAX ? tooLarge(bytes.length) : succeed(bytes);
    } finally {
      await handle.close();
    }
  } catch (error) {
    return explainUnread(error);
  }
}

function tooLarge(size: number): Result<never> {
  const megabytes = (size / (1 << 20)).toFixed(1);
  return fail('FILE_TOO_LARGE', `文件有 ${megabytes} MB，超过 ${FILE_BYTES_MAX / (1 << 20)} MB。`);
}

/** EPERM and EACCES are what Windows answers for a folder or a file without rights. */
function explainUnread(error: unknown): Result<never> {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return fail('FILE_MISSING', '文件已不在原来的位置。');
    case 'EBUSY':
      return fail('FILE_IN_USE', '文件正被占用，不能读取。');
    case 'EACCES':
    case 'EPERM':
      return fail('FILE_DENIED', '系统不允许读取这个文件。');
    case 'EISDIR':
      return fail('FILE_NOT_TABLE', '选择的是文件夹，不是文件。');
    case '':
      throw error;
    default:
      return fail('FILE_DAMAGED', `文件不能从磁盘读出（${code}）。`);
  }
}
