import type { TokenName, TokenPresence } from '../../shared/ipc/token.ts';

/**
 * Compares what the slots hold now with what they held before. The first look only sets the
 * starting point: a process that begins without a token has seen no removal.
 */
export class PresenceWatch {
  #tokens: readonly TokenName[] | null = null;
  #told: string | null = null;

  /** Serials that were there at the last look and are no longer. */
  notice(tokens: readonly TokenName[]): readonly string[] {
    const now = new Set(tokens.map(({ serial }) => serial));
    const gone = (this.#tokens ?? []).filter(({ serial }) => !now.has(serial));
    this.#tokens = tokens.map(({ label, serial }) => ({ label, serial }));
    return gone.map(({ serial }) => serial);
  }

  /** The presence to be told, or null when it was told already. */
  changed(presence: TokenPresence): TokenPresence | null {
    const text = JSON.stringify(presence);
    if (text === this.#told) return null;
    this.#told = text;
    return presence;
  }

  read(loggedInSerial: string | null): TokenPresence {
    const tokens = [...(this.#tokens ?? [])];
    const present =
      loggedInSerial === null
        ? tokens.length > 0
        : tokens.some(({ serial }) => serial === loggedInSerial);
    return { present, tokens };
  }
}
