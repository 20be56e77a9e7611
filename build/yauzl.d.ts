// The part of yauzl that is used here; the package brings no types.
declare module 'yauzl' {
  import type { Readable } from 'node:stream';

  interface Entry {
    fileName: string;
    externalFileAttributes: number;
  }
  interface ZipFile {
    eachEntry(): AsyncIterable<Entry>;
    openReadStreamPromise(entry: Entry): Promise<Readable>;
  }
  const yauzl: {
    openPromise(file: string, options: { lazyEntries: true }): Promise<ZipFile>;
  };
  export default yauzl;
}
