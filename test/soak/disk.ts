import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statfsSync } from 'node:fs';

/**
 * A disk that can be made full. Where a small filesystem may be mounted it is one of its own, else
 * SQLite is given a limit of pages (hook/steps.ts), which it meets with the same error.
 */
export class Disk {
  readonly folder: string;
  readonly kind: 'filesystem' | 'page limit';

  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
    this.kind = this.#mount('size=64g', []) ? 'filesystem' : 'page limit';
  }

  /** As much room is left as `bytes`; false where it is for the page limit to say so. */
  leave(bytes: number): boolean {
    if (this.kind !== 'filesystem') return false;
    const { blocks, bfree, bsize } = statfsSync(this.folder);
    const size = (blocks - bfree) * bsize + Math.ceil(bytes / bsize) * bsize;
    return this.#mount(`remount,size=${size}`, []);
  }

  free(): void {
    if (this.kind === 'filesystem') this.#mount('remount,size=64g', []);
  }

  remove(): void {
    if (this.kind !== 'filesystem') return;
    execFileSync('umount', ['-l', this.folder], { stdio: 'ignore' });
  }

  #mount(options: string, more: readonly string[]): boolean {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', options, ...more, 'tmpfs', this.folder], {
        stdio: 'ignore',
      });
      return true;
    } catch {
      return false;
    }
  }
}

/** Gives back what a world that was ended in the middle has left mounted. */
export function unmountBelow(folder: string): void {
  if (!existsSync('/proc/mounts')) return;
  const places = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '')
    .filter((place) => place.startsWith(`${folder}/`));
  for (const place of places) execFileSync('umount', ['-l', place], { stdio: 'ignore' });
}
