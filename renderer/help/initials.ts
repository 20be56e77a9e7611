import type { Initials } from './search.ts';

/** Loads the table of readings, which only a search by letters needs. */
export async function loadInitials(): Promise<Initials> {
  const { pinyin } = await import('pinyin-pro');
  const known = new Map<string, string>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const letters = pinyin(text, { pattern: 'first', toneType: 'none', type: 'array' });
    const initials = letters.join('').toLowerCase();
    known.set(text, initials);
    return initials;
  };
}
