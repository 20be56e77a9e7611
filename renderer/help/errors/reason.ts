import { catalogue, errorCodes } from '../../../shared/errors/catalogue.ts';
import type { ErrorCode } from '../../../shared/errors/catalogue.ts';
import { errorOfWireCode, wireCodes } from '../../../shared/wire/codes.ts';
import type { WireCodeName } from '../../../shared/wire/codes.ts';

/** How the reasons of several findings are joined into one. */
const JOINED = '；';

const bare = (text: string) => text.trim().replace(/\p{Po}+$/u, '');

/** Sentence → code; those of the catalogue win over the centre's short ones. */
const codeOf = new Map<string, ErrorCode>([
  ...(Object.keys(wireCodes) as WireCodeName[])
    .filter((code) => wireCodes[code].cls !== 'A')
    .map((code) => [wireCodes[code].msg, errorOfWireCode(code)] as const),
  ...errorCodes.map((code) => [bare(catalogue[code].text), code] as const),
]);

/**
 * The entry that explains a stored reason: its own, or that of the first part of it that is known.
 * Undefined for words that are the centre's alone and for an empty reason.
 */
export function codeOfReason(reason: string): ErrorCode | undefined {
  const parts = [reason, ...reason.split(JOINED)].map(bare).filter((part) => part !== '');
  for (const part of parts) {
    const code = codeOf.get(part);
    if (code) return code;
  }
  return undefined;
}
