import Database from 'better-sqlite3';

/** Environment variable that names a SQLite addon built for the running program (toolchain: N-API 9). */
export const BINDING_VARIABLE = 'JIAOCUNTONG_SQLITE_BINDING';

/** Marks a file as ours, `JCT1` in ASCII. */
export const APPLICATION_ID = 0x4a_43_54_31;

const NAPI_VERSION_MIN = 10;
const BUSY_TIMEOUT_MS = 5_000;
const CACHE_KIB = 16_384;

export interface ConnectionOptions {
  readonly file: string;
  /** 64 hex digits, used as the raw key: no key derivation, opening takes no time. */
  readonly key: string;
  readonly readonly?: boolean;
}

/**
 * Opens a file encrypted in SQLCipher's format. Throws SqliteError; a wrong key shows with the first
 * read. With a Node API older than the prebuilt addon needs and no other addon named, it throws
 * before SQLite is loaded: the prebuilt one would end the process without a word.
 */
export function connect({ file, key, readonly = false }: ConnectionOptions): Database.Database {
  if (!/^[0-9a-f]{64}$/.test(key)) throw new RangeError('a database key is 64 hex digits');
  const nativeBinding = nativeBindingOf(process.env, { napi: process.versions.napi ?? '0' });
  const handle = new Database(file, {
    readonly,
    timeout: BUSY_TIMEOUT_MS,
    ...(nativeBinding === undefined ? {} : { nativeBinding }),
  });
  handle.pragma("cipher = 'sqlcipher'");
  handle.pragma(`key = "x'${key}'"`);
  return handle;
}

/** The addon to load, or undefined for the prebuilt one. Throws where that one would crash. */
export function nativeBindingOf(
  environment: Readonly<Record<string, string | undefined>>,
  versions: { readonly napi?: string },
): string | undefined {
  const named = environment[BINDING_VARIABLE];
  if (named !== undefined && named !== '') return named;
  const napi = Number(versions.napi ?? 0);
  if (napi >= NAPI_VERSION_MIN) return undefined;
  throw new Error(
    `SQLite needs Node API ${NAPI_VERSION_MIN}, this program has ${napi}: set ${BINDING_VARIABLE}`,
  );
}

/** Settings of every working connection, read back: a setting that did not take is a bug. */
export function configure(handle: Database.Database): void {
  const settings: readonly (readonly [name: string, value: string, read: unknown])[] = [
    ['journal_mode', 'WAL', 'wal'],
    // a commit is on the disk before it is answered
    ['synchronous', 'FULL', 2],
    ['foreign_keys', 'ON', 1],
    // REPLACE must not slip past the triggers that forbid DELETE
    ['recursive_triggers', 'ON', 1],
    // temporary files would hold plain text
    ['temp_store', 'MEMORY', 2],
    ['cache_size', String(-CACHE_KIB), -CACHE_KIB],
  ];
  for (const [name, value, expected] of settings) {
    handle.pragma(`${name} = ${value}`);
    const found: unknown = handle.pragma(name, { simple: true });
    if (found !== expected) throw new Error(`PRAGMA ${name} is ${String(found)}, not ${value}`);
  }
}
