/** A stretch of a text: plain, a word of the screen, or a link to another page. */
export type Stretch =
  | { readonly kind: 'plain'; readonly text: string }
  | { readonly kind: 'strong'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly to: string };

const MARK = /\*\*(.+?)\*\*|\[\[([a-z-]+)\|(.+?)\]\]/gu;

/** Splits a text of the help at its marks. */
export function readInline(text: string): Stretch[] {
  const stretches: Stretch[] = [];
  let at = 0;
  for (const match of text.matchAll(MARK)) {
    if (match.index > at) stretches.push({ kind: 'plain', text: text.slice(at, match.index) });
    const [whole, strong, to, label] = match;
    stretches.push(
      strong === undefined
        ? { kind: 'link', to: to ?? '', text: label ?? '' }
        : { kind: 'strong', text: strong },
    );
    at = match.index + whole.length;
  }
  if (at < text.length) stretches.push({ kind: 'plain', text: text.slice(at) });
  return stretches;
}

/** The text without its marks. */
export function plainText(text: string): string {
  return readInline(text)
    .map((stretch) => stretch.text)
    .join('');
}
