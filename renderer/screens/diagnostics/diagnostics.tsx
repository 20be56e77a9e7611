import { Button } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import type { Result } from '../../../shared/errors/result.ts';
import type { Diagnostics as Facts } from '../../../shared/ipc/diagnostics.ts';
import { ask } from '../../bridge.ts';
import { copyText } from '../../parts/copy.ts';
import { FailureNote } from '../../parts/failure-note.tsx';
import { diagnostics as words } from '../../text/diagnostics.ts';
import { reportOf, reportText } from './report.ts';

/** 帮助 → 诊断信息: what a help desk asks for, shown as it is copied. */
export function Diagnostics() {
  const [answer, setAnswer] = useState<Result<Facts>>();
  const [isReading, setReading] = useState(true);
  const [copied, setCopied] = useState<boolean>();
  const read = useCallback(async () => {
    setReading(true);
    setCopied(undefined);
    setAnswer(await ask('diagnostics.read', {}));
    setReading(false);
  }, []);
  useEffect(() => {
    queueMicrotask(() => void read());
  }, [read]);
  const report = answer?.ok ? reportOf(answer.value) : undefined;
  return (
    <section className="page diagnostics" aria-label={words.title} aria-busy={isReading}>
      <h1>{words.title}</h1>
      <p className="muted">{words.about}</p>
      <div className="buttons">
        <Button
          type="primary"
          disabled={!report}
          onClick={() => {
            if (report) setCopied(copyText(reportText(report)));
          }}
        >
          {words.copy}
        </Button>
        <Button loading={isReading} onClick={() => void read()}>
          {words.refresh}
        </Button>
        {copied !== undefined && (
          <span role="status" className={copied ? 'good' : 'warn'}>
            {copied ? words.copied : words.notCopied}
          </span>
        )}
      </div>
      {answer?.ok === false && <FailureNote code={answer.code} detail={answer.detail} />}
      {!answer && <p className="muted">{words.reading}</p>}
      {report?.map(({ title, lines }) => (
        <section key={title} aria-label={title}>
          <h2>{title}</h2>
          <dl className="facts">
            {lines.map(([label, value], at) => (
              <div key={`${label} ${at}`}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </section>
  );
}
