import fs from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';

const folder = path.resolve(import.meta.dirname, '../../../out/e2e-pictures');
const REST_MS = 300;

/** Keeps what the window shows at a step, for people to look at. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  fs.mkdirSync(folder, { recursive: true });
  await page.waitForTimeout(REST_MS); // what moves comes to rest
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}
