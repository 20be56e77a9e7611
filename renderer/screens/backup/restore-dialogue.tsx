import { Button, Input, Modal } from 'antd';
import { useEffect, useState } from 'react';
import type { Failure, Result } from '../../../shared/errors/result.ts';
import type { BackupSource, Restored, RestorePreview } from '../../../shared/ipc/backups.ts';
import { ask } from '../../bridge.ts';
import { FailureNote } from '../../parts/failure-note.tsx';
import { Field } from '../../parts/field.tsx';
import { backup as words } from '../../text/backup.ts';
import { common } from '../../text/common.ts';
import { BackupBrings, RestorePreviewFacts } from './restore-preview.tsx';

type Step =
  | { readonly kind: 'reading' }
  | { readonly kind: 'locked'; readonly isAgain: boolean }
  | { readonly kind: 'refused'; readonly failure: Failure }
  | { readonly kind: 'asked'; readonly preview: RestorePreview }
  | { readonly kind: 'restoring'; readonly preview: RestorePreview }
  | { readonly kind: 'done'; readonly restored: Restored };

interface RestoreDialogueProps {
  readonly source: BackupSource;
  readonly onClose: () => void;
}

const hasNews = ({ drafts, ...rest }: Restored) =>
  [...Object.values(drafts), ...Object.values(rest)].some((count) => count > 0);

/** Opens the backup, shows what is in it and what it brings, and asks before anything changes. */
export function RestoreDialogue({ source, onClose }: RestoreDialogueProps) {
  const [step, setStep] = useState<Step>({ kind: 'reading' });
  const [password, setPassword] = useState('');
  /** The one that opened it; null for today's. */
  const [opener, setOpener] = useState<string | null>(null);

  useEffect(() => {
    let isGone = false;
    void ask('backups.inspect', { source, password: null }).then((answer) => {
      if (!isGone) setStep(stepOf(answer, false));
    });
    return () => {
      isGone = true;
    };
  }, [source]);

  async function inspect(by: string | null) {
    setStep({ kind: 'reading' });
    setOpener(by);
    setPassword('');
    setStep(stepOf(await ask('backups.inspect', { source, password: by }), by !== null));
  }

  async function restore(preview: RestorePreview) {
    setStep({ kind: 'restoring', preview });
    const answer = await ask('backups.restore', { source, password: opener });
    setStep(
      answer.ok ? { kind: 'done', restored: answer.value } : { kind: 'refused', failure: answer },
    );
  }

  const isBusy = step.kind === 'reading' || step.kind === 'restoring';
  return (
    <Modal
      // the window itself never scrolls, and the lock's style has no nonce
      scrollLock={false}
      open
      width={640}
      title={words.dialogue}
      closable={{ 'aria-label': common.close, disabled: isBusy }}
      mask={{ closable: false }}
      keyboard={!isBusy}
      onCancel={onClose}
      footer={<Footer step={step} onRestore={restore} onRetry={inspect} onClose={onClose} />}
    >
      {step.kind === 'reading' && <Busy text={words.reading} />}
      {step.kind === 'restoring' && <Busy text={words.restoring} />}
      {step.kind === 'locked' && (
        <form
          className="backup-unlock"
          onSubmit={(event) => {
            event.preventDefault();
            if (password !== '') void inspect(password);
          }}
        >
          <p>{words.passwordAbout}</p>
          <Field
            id="backup-password"
            label={words.password}
            tone="error"
            message={step.isAgain ? words.passwordWrong : null}
          >
            <Input
              type="password"
              autoFocus
              id="backup-password"
              autoComplete="off"
              maxLength={64}
              value={password}
              onChange={(event) => {
                setPassword(event.target.value);
              }}
            />
          </Field>
          <Button type="primary" htmlType="submit" disabled={password === ''}>
            {words.unlock}
          </Button>
        </form>
      )}
      {step.kind === 'refused' && (
        <FailureNote code={step.failure.code} detail={step.failure.detail} />
      )}
      {step.kind === 'asked' && <RestorePreviewFacts preview={step.preview} />}
      {step.kind === 'done' && <BackupBrings restored={step.restored} isDone />}
    </Modal>
  );
}

function stepOf(answer: Result<RestorePreview>, isAgain: boolean): Step {
  if (answer.ok) return { kind: 'asked', preview: answer.value };
  return answer.code === 'BACKUP_PASSWORD'
    ? { kind: 'locked', isAgain }
    : { kind: 'refused', failure: answer };
}

function Busy({ text }: { text: string }) {
  return (
    <p role="status" className="busy backup-busy">
      <span className="spinner" /> {text}
    </p>
  );
}

interface FooterProps {
  readonly step: Step;
  readonly onRestore: (preview: RestorePreview) => Promise<void>;
  readonly onRetry: (password: null) => Promise<void>;
  readonly onClose: () => void;
}

/** 是 and 否 where there is something to agree to. */
function Footer({ step, onRestore, onRetry, onClose }: FooterProps) {
  if (step.kind === 'asked' && hasNews(step.preview.brings)) {
    const { preview } = step;
    return (
      <div className="backup-question">
        <span>{words.question}</span>
        <Button onClick={onClose}>{common.no}</Button>
        <Button type="primary" autoFocus onClick={() => void onRestore(preview)}>
          {common.yes}
        </Button>
      </div>
    );
  }
  const isBusy = step.kind === 'reading' || step.kind === 'restoring';
  return (
    <div className="backup-question">
      {step.kind === 'refused' && <Button onClick={() => void onRetry(null)}>{words.retry}</Button>}
      <Button disabled={isBusy} onClick={onClose}>
        {common.close}
      </Button>
    </div>
  );
}
