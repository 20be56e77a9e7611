/** A bug met while passing messages: to stderr, which the parent keeps in its log. */
export function report(text: string): void {
  process.stderr.write(`[host ${process.pid}] ${text}\n`);
}

export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function traceError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
