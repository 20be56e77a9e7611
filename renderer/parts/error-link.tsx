import { catalogue } from '../../shared/errors/catalogue.ts';
import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import { codeOfReason } from '../help/errors/reason.ts';
import { openHelpOver } from '../state/help.ts';
import { errorWords as words } from '../text/help.ts';

function open(code: ErrorCode): void {
  openHelpOver({ page: 'errors', code });
}

/** From a failure to its entry in 错误说明. */
export function ErrorLink({ code }: { code: ErrorCode }) {
  return (
    <button
      type="button"
      className="link error-link"
      onClick={() => {
        open(code);
      }}
    >
      {words.link}
    </button>
  );
}

/**
 * The same as a mark after a message beside a field. Not among the stops of the Tab key, which goes
 * from field to field; F1 and the search lead there by keyboard.
 */
export function ErrorMark({ code }: { code: ErrorCode }) {
  const name = words.linkOf(catalogue[code].text);
  return (
    <button
      type="button"
      className="error-mark"
      tabIndex={-1}
      aria-label={name}
      title={words.link}
      // the field keeps the focus, and with it what is typed
      onMouseDown={(event) => {
        event.preventDefault();
      }}
      onClick={() => {
        open(code);
      }}
    />
  );
}

interface ReasonMarkProps {
  /** As it was stored, with or without a code of its own. */
  readonly reason: string;
  /** For the centre's own words, which have no entry. */
  readonly otherwise?: ErrorCode;
}

/** The mark after a stored reason; nothing where it has no entry. */
export function ReasonMark({ reason, otherwise }: ReasonMarkProps) {
  const code = codeOfReason(reason) ?? (reason === '' ? undefined : otherwise);
  return code && <ErrorMark code={code} />;
}
