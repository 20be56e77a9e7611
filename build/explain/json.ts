/** Bytes to text to a JSON value; every reason why not is in the words of who wrote the input. */
export type Opened<T> =
  ({ readonly ok: true } & T) | { readonly ok: false; readonly reason: string };

/** UTF-8, with or without a byte order mark. */
export function decodeText(bytes: Uint8Array): Opened<{ readonly text: string }> {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return { ok: false, reason: '输入是 UTF-16 编码的文本，应另存为 UTF-8' };
  }
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { ok: false, reason: '输入不是 UTF-8 编码的文本' };
  }
}

export function parseJson(text: string): Opened<{ readonly value: unknown }> {
  const bare = text.replace(/^\uFEFF/, '');
  if (bare.trim() === '') return { ok: false, reason: '输入是空的，应为一个 JSON 对象' };
  try {
    return { ok: true, value: JSON.parse(bare) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { ok: false, reason: `应为一个 JSON 对象，${tellSyntax(error.message, bare)}` };
  }
}

/** The engine says in English where it stopped: a position, a character, or the end. */
function tellSyntax(message: string, text: string): string {
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position !== undefined && Number(position) < text.trimEnd().length) {
    const lines = text.slice(0, Number(position)).split('\n');
    return `第${lines.length}行第${(lines.at(-1)?.length ?? 0) + 1}个字符处不合 JSON 的写法`;
  }
  const token = /^Unexpected token '(.+?)',/su.exec(message)?.[1];
  if (token !== undefined) return `“${token}”处不合 JSON 的写法`;
  const isShort = position !== undefined || message.includes('end of JSON input');
  return isShort ? '但没有写完' : '写法不合 JSON';
}
