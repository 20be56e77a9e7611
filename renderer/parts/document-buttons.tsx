import { Button } from 'antd';
import { printDocument, saveDocument, useIsPuttingOut } from '../state/output.ts';
import type { NamedDocument } from '../state/output.ts';
import { documents as words } from '../text/documents.ts';

interface DocumentButtonsProps extends NamedDocument {
  /** There is nothing to put on paper yet. */
  readonly disabled?: boolean;
  /** Why not, or what comes first. */
  readonly hint?: string | undefined;
  /** The first thing to do on the screen. */
  readonly primary?: boolean;
}

/** 打印 and 存为 PDF of one document. */
export function DocumentButtons(props: DocumentButtonsProps) {
  const { disabled = false, primary, hint, ...document } = props;
  const isBusy = useIsPuttingOut();
  const { title } = document;
  return (
    <>
      <Button
        type={primary ? 'primary' : 'default'}
        aria-label={words.printOf(title)}
        disabled={disabled || isBusy}
        title={hint}
        onClick={() => void printDocument(document)}
      >
        {words.printOf(title)}
      </Button>
      <Button
        aria-label={words.saveOf(title)}
        disabled={disabled || isBusy}
        title={hint}
        onClick={() => void saveDocument(document)}
      >
        {words.save}
      </Button>
    </>
  );
}
