import { Button } from 'antd';
import { useCallback, useState } from 'react';
import type { Failure } from '../../../shared/errors/result.ts';
import type { Order } from '../../../shared/ipc/data.ts';
import type { ReceiptCheck } from '../../../shared/ipc/receipts.ts';
import type { Story } from '../../../shared/ipc/story.ts';
import { formatFen, toFen } from '../../../shared/rules/money.ts';
import { ask } from '../../bridge.ts';
import { copyText } from '../../parts/copy.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { DocumentButtons } from '../../parts/document-buttons.tsx';
import { FailureNote } from '../../parts/failure-note.tsx';
import { StateWord } from '../../parts/state-word.tsx';
import { hasVoucher, voucherOf } from '../../state/documents.ts';
import { openScreen } from '../../state/navigation.ts';
import { useReading } from '../../state/reading.ts';
import { ReasonMark } from '../../parts/error-link.tsx';
import { common } from '../../text/common.ts';
import { countOf } from '../../text/kinds.ts';
import { countText } from '../../text/numbers.ts';
import { orderStory as words } from '../../text/order-story.ts';
import { secondText } from '../../text/time.ts';
import { ReceiptVerdict } from './receipt-verdict.tsx';
import { useShownStory } from './shown.ts';
import { storyLines, storyText } from './story-lines.ts';

interface Told {
  readonly order: Order;
  readonly story: Story;
}

/** The story of one order, opened from 今日, the results and the outcome of a confirmation. */
export function OrderStory() {
  const shown = useShownStory();
  if (!shown) {
    return (
      <section className="page" aria-label={words.title}>
        <EmptyNote title={words.none} next={words.noneNext} />
      </section>
    );
  }
  return (
    <StoryPage
      key={shown.oid}
      oid={shown.oid}
      onBack={() => {
        openScreen(shown.from);
      }}
    />
  );
}

function StoryPage({ oid, onBack }: { oid: string; onBack: () => void }) {
  const read = useCallback(() => ask('story.order', { oid }), [oid]);
  const { value, failure } = useReading(read, 'orders');
  const [said, setSaid] = useState<Said>();
  return (
    <section className="page story" aria-label={words.title}>
      <div className="full-head">
        <h1>{words.title}</h1>
        {value && <StoryHead order={value.order} />}
        <div className="buttons push">
          {value && <StoryActions {...value} onSaid={setSaid} />}
          <Button onClick={onBack}>{words.back}</Button>
        </div>
      </div>
      <p role="status" className="story-note muted">
        {said?.text}
      </p>
      {said?.check && <ReceiptVerdict check={said.check} />}
      {said?.failure && <FailureNote code={said.failure.code} detail={said.failure.detail} />}
      {failure && <FailureNote code={failure.code} detail={failure.detail} />}
      {value && <StoryBody {...value} />}
    </section>
  );
}

function StoryHead({ order: { kind, origin, count, fen } }: { order: Order }) {
  return (
    <span>
      {words.of(kind, origin, countOf(kind, count))}，{formatFen(toFen(fen))} {common.yuan}
    </span>
  );
}

/** What came of 复制, 保存证据 or 验证回执. */
interface Said {
  readonly text?: string;
  readonly failure?: Failure;
  readonly check?: ReceiptCheck;
}

interface StoryActionsProps extends Told {
  readonly onSaid: (said: Said | undefined) => void;
}

function StoryActions({ order, story, onSaid }: StoryActionsProps) {
  const [busy, setBusy] = useState(false);
  const [verifying, setVerifying] = useState(false);
  const canSave = story.submissions.some(({ digest }) => digest !== '') || story.receipt !== null;
  async function verify() {
    setVerifying(true);
    const answer = await ask('receipts.verify', { oid: order.oid });
    setVerifying(false);
    onSaid(answer.ok ? { check: answer.value } : { failure: answer });
  }
  async function save() {
    setBusy(true);
    const answer = await ask('story.saveEvidence', { oid: order.oid });
    setBusy(false);
    if (!answer.ok) onSaid({ failure: answer });
    else if (answer.value.paths === null) onSaid(undefined);
    else onSaid({ text: words.saved(answer.value.paths.join('，')) });
  }
  return (
    <>
      <Button
        onClick={() => {
          const isCopied = copyText(storyText(order, story));
          onSaid({ text: isCopied ? words.copied : words.notCopied });
        }}
      >
        {words.copy}
      </Button>
      {story.receipt && (
        <Button title={words.verifyHint} loading={verifying} onClick={() => void verify()}>
          {verifying ? words.verifying : words.verify}
        </Button>
      )}
      <DocumentButtons {...voucherOf(order)} disabled={!hasVoucher(order)} />
      <Button title={words.saveHint} disabled={!canSave} loading={busy} onClick={() => void save()}>
        {busy ? words.saving : words.save}
      </Button>
    </>
  );
}

function StoryBody({ order, story }: Told) {
  return (
    <>
      <table className="story-steps" aria-label={words.steps}>
        <thead>
          <tr>
            <th scope="col">{words.time}</th>
            <th scope="col">{words.step}</th>
            <th scope="col">{words.outcome}</th>
          </tr>
        </thead>
        <tbody>
          {storyLines(order, story).map(({ key, at, tone, title, text, reason }) => (
            <tr key={key}>
              <td>{secondText(at)}</td>
              <td>
                <StateWord tone={tone}>{title}</StateWord>
              </td>
              <td>
                {text}
                <ReasonMark reason={reason ?? ''} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2>{words.sent}</h2>
      <Sent story={story} />
      <h2>{words.received}</h2>
      <Received order={order} story={story} />
    </>
  );
}

function Sent({ story: { submissions } }: { story: Story }) {
  const signed = submissions.filter(({ digest }) => digest !== '');
  if (signed.length === 0) return <p className="muted">{words.sentNone}</p>;
  return signed.map(({ sn, digest, bytes, attempts, state }) => (
    <dl key={sn} className="story-facts">
      <Fact label={words.sn} text={sn} />
      <Fact label={words.digest} text={digest} />
      <Fact label={words.size} text={words.bytes(countText(bytes))} />
      <Fact label={words.attempts} text={words.times(attempts)} />
      <Fact label={words.state} text={words.submissionState[state]} />
    </dl>
  ));
}

function Received({ order, story: { receipt } }: Told) {
  if (!receipt) return <p className="muted">{words.receivedNone}</p>;
  return (
    <dl className="story-facts">
      <Fact label={words.receiptNumber} text={String(receipt.number)} />
      {order.serialNumber !== '' && <Fact label={words.serialNumber} text={order.serialNumber} />}
      <Fact label={words.sn} text={receipt.sn} />
      <Fact label={words.receiptHash} text={receipt.hash} />
      <Fact label={words.size} text={words.bytes(countText(receipt.bytes))} />
      <Fact label={words.issuedAt} text={secondText(receipt.issuedAt)} />
      <Fact label={words.receivedAt} text={secondText(receipt.receivedAt)} />
      <Fact label={words.oid} text={order.oid} />
    </dl>
  );
}

function Fact({ label, text }: { label: string; text: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{text}</dd>
    </>
  );
}
