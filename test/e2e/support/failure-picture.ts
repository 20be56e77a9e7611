import fs from 'node:fs';
import path from 'node:path';
import { onTestFailed } from 'vitest';
import type { Clerk } from '../../../build/tour/clerk.ts';

const folder = path.resolve(import.meta.dirname, '../../../out/e2e-failures');

/** Called inside a test: when it fails, what the window showed then is kept as a picture. */
export function pictureOnFailure(clerk: () => Clerk | undefined): void {
  onTestFailed(async ({ task }) => {
    const page = clerk()?.page;
    if (!page || page.isClosed()) return;
    fs.mkdirSync(folder, { recursive: true });
    const file = path.join(folder, `${task.id}.png`);
    await page.screenshot({ path: file });
    console.log(`the window as the test failed: ${file}`);
  });
}
