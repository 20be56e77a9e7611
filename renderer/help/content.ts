/**
 * What a page of the help is made of. Within a text `**…**` is a word of the screen and
 * `[[topic|…]]` leads to another page (renderer/help/inline.ts).
 */
export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'steps'; readonly items: readonly string[] }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    }
  | {
      readonly kind: 'picture';
      /** A file of renderer/help/pictures, without `.png`. */
      readonly name: string;
      readonly caption: string;
      /** What is to be seen, for those who do not see it. */
      readonly alternative: string;
    };

export interface TopicContent {
  readonly title: string;
  readonly blocks: readonly Block[];
}

export const heading = (text: string): Block => ({ kind: 'heading', text });
export const text = (words: string): Block => ({ kind: 'text', text: words });
export const note = (words: string): Block => ({ kind: 'note', text: words });
export const steps = (...items: string[]): Block => ({ kind: 'steps', items });
export const list = (...items: string[]): Block => ({ kind: 'list', items });
export const table = (head: readonly string[], ...rows: string[][]): Block => ({
  kind: 'table',
  head,
  rows,
});
export const picture = (name: string, caption: string, alternative: string): Block => ({
  kind: 'picture',
  name,
  caption,
  alternative,
});
