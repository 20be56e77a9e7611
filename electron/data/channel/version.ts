/** `1.10.0` is newer than `1.9.3`; what follows a hyphen does not count; an empty minimum asks nothing. */
export function isOlderVersion(version: string, minimum: string): boolean {
  const [ours, theirs] = [numbersOf(version), numbersOf(minimum)];
  for (let i = 0; i < Math.max(ours.length, theirs.length); i += 1) {
    const difference = (ours[i] ?? 0) - (theirs[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

function numbersOf(version: string): number[] {
  const [release = ''] = version.split('-', 1);
  return release.split('.').map((part) => Number.parseInt(part, 10) || 0);
}
