import type { Page } from 'playwright-core';

/** From now on the window notes how long it goes without a frame. */
export async function watchFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    const watch = window as unknown as { longestGap: number };
    watch.longestGap = 0;
    let last = performance.now();
    const tick = () => {
      const now = performance.now();
      watch.longestGap = Math.max(watch.longestGap, now - last);
      last = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
}

/** The longest time without a frame since `watchFrames`, or since this was asked last, ms. */
export async function longestFrameGap(page: Page): Promise<number> {
  return page.evaluate(() => {
    const watch = window as unknown as { longestGap: number };
    const gap = watch.longestGap;
    watch.longestGap = 0;
    return gap;
  });
}
