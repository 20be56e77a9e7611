declare module '*.css';

interface ImportMeta {
  /** Of the bundler: file → address. */
  glob<T>(
    pattern: string,
    options: { readonly eager: true; readonly query: '?url'; readonly import: 'default' },
  ): Record<string, T>;
}
