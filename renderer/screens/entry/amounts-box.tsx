import { Button, Popover } from 'antd';
import { useState } from 'react';
import { copyText } from '../../parts/copy.ts';
import { amounts as words } from '../../text/entry.ts';
import type { Shown } from './shown.ts';

const NONE = '—';

interface AmountsBoxProps extends Pick<Shown, 'amounts' | 'steps' | 'headings'> {
  /** Said while there are no steps. */
  readonly whyEmpty: string;
}

/** The amounts as they come while typing, and how they come about. */
export function AmountsBox({ amounts, steps, headings, whyEmpty }: AmountsBoxProps) {
  return (
    <div className="amounts" aria-live="polite">
      {amounts.map(({ label, value, isStrong }) => (
        <div key={label} className={`amount ${isStrong ? 'amount-strong' : ''}`}>
          <span>{label}</span>
          <span>{value === '' ? NONE : value}</span>
        </div>
      ))}
      <Popover
        trigger="click"
        placement="rightBottom"
        title={words.whyTitle}
        content={
          steps.length > 0 ? (
            <Steps key={steps.join()} steps={steps} headings={headings} />
          ) : (
            <p className="why-empty">{whyEmpty}</p>
          )
        }
      >
        <button type="button" className="link">
          {words.why}
        </button>
      </Popover>
    </div>
  );
}

function Steps({ steps, headings }: Pick<Shown, 'steps' | 'headings'>) {
  const [isCopied, setCopied] = useState(false);
  return (
    <>
      <ol className="why-steps">
        {steps.map((step, at) => (
          <li key={`${at} ${step}`} className={headings.includes(step) ? 'why-heading' : ''}>
            {step}
          </li>
        ))}
      </ol>
      <Button
        onClick={() => {
          setCopied(copyText(steps.join('\n')));
        }}
      >
        {isCopied ? words.copied : words.copy}
      </Button>
    </>
  );
}
