import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { CommitWatch } from './steps.ts';

/**
 * Copies database and log as they stand right before a commit is asked for (`-before`) and right
 * after it was answered (`-done`): what lies between the two is what a power cut may take.
 */
export function snapshotsInto(folder: string | undefined): CommitWatch {
  let count = 0;
  return (file, isDone, { snapshots }) => {
    if (!snapshots || folder === undefined) return;
    if (!isDone) count += 1;
    const into = join(folder, `${String(count).padStart(6, '0')}-${isDone ? 'done' : 'before'}`);
    mkdirSync(into, { recursive: true });
    for (const part of [file, `${file}-wal`]) {
      if (existsSync(part)) copyFileSync(part, join(into, basename(part)));
    }
  };
}
