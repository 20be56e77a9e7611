import type { ReceiptCheck } from '../../../shared/ipc/receipts.ts';
import { orderStory as words } from '../../text/order-story.ts';
import { secondText } from '../../text/time.ts';

/** The common name in a certificate's subject. */
function nameOf(subject: string): string {
  return /(?:^|, )CN=([^,]+)/.exec(subject)?.[1] ?? subject;
}

/** What came of 验证回执, in plain words. */
export function ReceiptVerdict({ check }: { check: ReceiptCheck }) {
  const { fault, detail, number, hash, issuedAt, signer } = check;
  return (
    <p role="status" className={`receipt-verdict ${fault === null ? 'good' : 'bad'}`}>
      {fault === null
        ? words.verified(number, secondText(issuedAt), nameOf(signer), hash)
        : `${words.notVerified[fault]}${words.notVerifiedNext}`}
      {fault !== null && <code className="failure-detail">{`${fault} · ${detail}`}</code>}
    </p>
  );
}
