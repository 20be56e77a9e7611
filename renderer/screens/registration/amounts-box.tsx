import { Popover } from 'antd';
import { formatFen } from '../../../shared/rules/money.ts';
import type { Fen } from '../../../shared/rules/money.ts';
import type { RegistrationPreview } from '../../../shared/rules/registration.ts';
import { registration as words } from '../../text/registration.ts';

const NONE = '—';

/** The amounts as they come while typing, and how they come about. */
export function AmountsBox({ amounts, steps }: Pick<RegistrationPreview, 'amounts' | 'steps'>) {
  return (
    <div className="amounts" aria-live="polite">
      <Amount label={words.unitMonthly} ratio={amounts?.unitRatio} fen={amounts?.unitFen} />
      <Amount
        label={words.personalMonthly}
        ratio={amounts?.personalRatio}
        fen={amounts?.personalFen}
      />
      <Amount label={words.monthly} fen={amounts?.totalFen} strong />
      <Popover
        trigger="click"
        placement="rightTop"
        title={words.whyTitle}
        content={
          steps.length > 0 ? (
            <ol className="why-steps">
              {steps.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
          ) : (
            words.whyEmpty
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

interface AmountProps {
  readonly label: string;
  readonly ratio?: number | undefined;
  readonly fen: Fen | undefined;
  readonly strong?: boolean;
}

function Amount({ label, ratio, fen, strong }: AmountProps) {
  return (
    <div className={`amount ${strong ? 'amount-strong' : ''}`}>
      <span>
        {label} {ratio === undefined ? '' : `${ratio}%`}
      </span>
      <span>{fen === undefined ? NONE : formatFen(fen)}</span>
    </div>
  );
}
