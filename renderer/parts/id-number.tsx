import { groupIdNumber } from '../../shared/rules/identity.ts';
import { idNumberWords as words } from '../text/id-number.ts';

interface IdNumberProps {
  readonly masked: string;
  /** Whose it is, for those who hear the button. */
  readonly name: string;
  /** undefined while it is covered. */
  readonly whole: string | undefined;
  readonly onReveal: () => void;
}

/** An ID number in a list: covered, with a way to see this one. */
export function IdNumber({ masked, name, whole, onReveal }: IdNumberProps) {
  if (masked === '') return '—';
  if (whole !== undefined) return <span className="id-whole">{groupIdNumber(whole)}</span>;
  return (
    <span className="id-masked">
      <span>{masked}</span>
      <button
        type="button"
        className="link"
        aria-label={words.revealOf(name)}
        title={words.recorded}
        onClick={onReveal}
      >
        {words.reveal}
      </button>
    </span>
  );
}

interface IdNumberTitleProps {
  readonly title: string;
  readonly any: boolean;
  readonly onReveal: () => void;
  readonly onCover: () => void;
}

/** The head of the column: uncovers what is in sight, or covers all again. */
export function IdNumberTitle({ title, any, onReveal, onCover }: IdNumberTitleProps) {
  return (
    <span className="id-masked">
      <span>{title}</span>
      <button
        type="button"
        className="link"
        title={any ? undefined : words.recorded}
        onClick={any ? onCover : onReveal}
      >
        {any ? words.cover : words.revealPage}
      </button>
    </span>
  );
}
