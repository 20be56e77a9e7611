import { protocol } from 'electron';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileOf } from './content-file.ts';

const SCHEME = 'app';
export const WINDOW_ORIGIN = `${SCHEME}://main`;
export const WINDOW_URL = `${WINDOW_ORIGIN}/`;
/** One document on paper; what stands behind # says which. */
export const DOCUMENT_URL = `${WINDOW_ORIGIN}/document.html`;

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Must run before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/** Serves the window's files from `folder` and nothing else, under a policy that lets no other source in. */
export function serveContent(folder: string): void {
  const nonce = randomBytes(16).toString('base64');
  const policy = contentPolicy(nonce);
  protocol.handle(SCHEME, async (request) => {
    const file = fileOf(folder, new URL(request.url));
    if (!file) return new Response('not found', { status: 404 });
    let bytes: Buffer;
    try {
      bytes = await readFile(file);
    } catch {
      return new Response('not found', { status: 404 });
    }
    const body = file.endsWith('.html')
      ? bytes.toString('utf8').replaceAll('__CSP_NONCE__', nonce)
      : new Uint8Array(bytes);
    return new Response(body, {
      headers: {
        'content-type': contentTypes[path.extname(file)] ?? 'application/octet-stream',
        'content-security-policy': policy,
        'x-content-type-options': 'nosniff',
      },
    });
  });
}

function contentPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}
