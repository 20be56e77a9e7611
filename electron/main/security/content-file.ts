import path from 'node:path';

const HOST = 'main';

/** The file a URL names, or undefined where it leaves the folder, is malformed, or the host is not ours. */
export function fileOf(folder: string, url: URL): string | undefined {
  if (url.host !== HOST) return undefined;
  let relative: string;
  try {
    relative = decodeURIComponent(url.pathname === '/' ? '/index.html' : url.pathname);
  } catch {
    return undefined;
  }
  if (relative.includes('\0')) return undefined;
  const file = path.join(folder, path.normalize(relative));
  return file.startsWith(folder + path.sep) ? file : undefined;
}
